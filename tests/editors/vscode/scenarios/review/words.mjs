// A suggestion taken word by word is AI text, word by word.
import assert from "node:assert/strict";

export default async function (editor) {
  await editor.open("words.py", "\n", 0);
  await editor.ghost("alpha = beta + gamma");
  for (const text of ["alpha", "alpha ", "alpha ="]) {
    await editor.page.waitForSelector(".editor-instance [class*='ghost-text']");
    await editor.page.keyboard.press("Control+ArrowRight");
    await editor.ask("untilText", { text });
  }
  const covers = (regions) => regions.flatMap((region) => region.ranges).reduce((sum, range) => sum + range.end.character - range.start.character, 0);
  const regions = await editor.log.untilRegions(editor.uri, (found) => covers(found) === "alpha =".length, "all that was taken");
  assert.ok(regions.every((region) => region.origin.kind === "partial" && region.evidence === "reported"));
}
