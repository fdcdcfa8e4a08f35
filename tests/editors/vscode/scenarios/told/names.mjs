// Where the editor gives its own account of a change, the report names the extension, and there is one report, not two.
import assert from "node:assert/strict";
import { kindsSoFar } from "../../barrier.mjs";

export default async function (editor) {
  await editor.open("names.py", "\n", 0);
  await editor.accept("def ai(cmd):\n    return eval(cmd)");
  const [report] = await editor.log.insertions(editor.uri);
  assert.equal(report.origin.tool, "example.test-assistant");
  assert.equal(report.origin.kind, "inline-completion");
  assert.deepEqual(await kindsSoFar(editor), ["inline-completion"]);
}
