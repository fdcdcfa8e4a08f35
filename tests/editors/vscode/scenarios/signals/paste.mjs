// Pasted text is reported as a paste and as nothing else.
import assert from "node:assert/strict";
import { kindsSoFar } from "../../barrier.mjs";

export default async function (editor) {
  await editor.open("paste.py", "\n", 0);
  await editor.page.evaluate(() => navigator.clipboard.writeText("one = 1\nresult = eval(input())\n"));
  await editor.page.keyboard.press("Control+v");
  await editor.ask("untilText", { text: "eval(input())" });
  const [report] = await editor.log.insertions(editor.uri);
  assert.equal(report.origin.kind, "paste");
  assert.deepEqual(await kindsSoFar(editor), ["paste"]);
}
