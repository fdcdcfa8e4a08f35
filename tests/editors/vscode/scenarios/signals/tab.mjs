// Ghost text accepted with Tab is reported as an inline completion, of the right version and the right range.
import assert from "node:assert/strict";

export default async function (editor) {
  await editor.open("tab.py", "import os\n\n", 2);
  await editor.accept("def ai(cmd):\n    return eval(cmd)");
  const [report] = await editor.log.insertions(editor.uri);
  assert.equal(report.origin.kind, "inline-completion");
  assert.equal(report.evidence, "reported");
  assert.deepEqual(report.ranges, [{ start: { line: 2, character: 0 }, end: { line: 3, character: 20 } }]);
  const messages = editor.log.all().map(({ message }) => message);
  const change = messages.findIndex((one) => one.method === "textDocument/didChange" && one.params.textDocument.uri === editor.uri && one.params.textDocument.version === report.textDocument.version);
  const insert = messages.findIndex((one) => one.method === "gifthorse/didInsert" && one.params.textDocument.uri === editor.uri);
  assert.ok(change >= 0 && change < insert, "the report comes after the change that it is about");
  assert.equal(messages[change].params.contentChanges[0].text, "def ai(cmd):\n    return eval(cmd)");
}
