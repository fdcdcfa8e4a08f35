// There, an acceptance by a command is seen as well.
import assert from "node:assert/strict";

export default async function (editor) {
  await editor.open("command.py", "\n", 0);
  await editor.ghost("palette = eval(input())");
  await editor.ask("command", { id: "editor.action.inlineSuggest.commit" });
  const [report] = await editor.log.insertions(editor.uri);
  assert.equal(report.origin.tool, "example.test-assistant");
  assert.equal(report.origin.kind, "inline-completion");
}
