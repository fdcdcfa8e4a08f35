// What a person types inside an AI region is not AI: the region splits around it.
import assert from "node:assert/strict";
import { ROOM, accepted } from "../../pages.mjs";

export default async function (editor) {
  await accepted(editor, "split.py");
  await editor.cursor(ROOM + 3, 11);
  await editor.page.keyboard.type("my_");
  await editor.ask("untilText", { text: "return my_reply" });
  const [region] = await editor.log.untilRegions(editor.uri, ([one]) => one?.ranges[1]?.start.character === 14, "a region of two ranges");
  assert.deepEqual(region.ranges.map((range) => [range.start, range.end]), [
    [{ line: ROOM, character: 0 }, { line: ROOM + 3, character: 11 }],
    [{ line: ROOM + 3, character: 14 }, { line: ROOM + 3, character: 26 }],
  ]);
  await editor.lens("unreviewed").waitFor();
  await editor.shoot("split");
}
