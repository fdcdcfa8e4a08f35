// Reject puts back the text that was there before, and keeps nothing of the region.
import assert from "node:assert/strict";
import { PERSON, ROOM, accepted } from "../../pages.mjs";

export default async function (editor) {
  await accepted(editor, "reject.py");
  await editor.lens("Reject").locator("a", { hasText: "Reject" }).click();
  await editor.ask("untilText", { absent: "def prices" });
  assert.equal(await editor.ask("text"), PERSON);
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 0, "none after the rejection");
  await editor.untilMarks("count === 0", "no marks after the rejection");
}
