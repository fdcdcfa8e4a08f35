// A suggestion taken word by word is reported word by word.
import assert from "node:assert/strict";

export default async function (editor) {
  await editor.open("words.py", "\n", 0);
  await editor.ghost("alpha = beta + gamma");
  await editor.page.keyboard.press("Control+ArrowRight");
  await editor.ask("untilText", { text: "alpha" });
  await editor.page.waitForSelector(".editor-instance [class*='ghost-text']");
  await editor.page.keyboard.press("Control+ArrowRight");
  await editor.ask("untilText", { text: "alpha " });
  const reports = await editor.log.insertions(editor.uri, 2);
  assert.deepEqual(reports.map((one) => one.origin.kind), ["partial", "partial"]);
  assert.deepEqual(reports[0].ranges, [{ start: { line: 0, character: 0 }, end: { line: 0, character: 5 } }]);
  assert.equal(reports[1].ranges[0].start.character, 5);
}
