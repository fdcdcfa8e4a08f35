// A person says which text is an assistant's, and takes it back for themselves.
import assert from "node:assert/strict";
import { PERSON, ROOM, RISKY } from "../../pages.mjs";

export default async function (editor) {
  await editor.open("hand.py", PERSON + RISKY, ROOM);
  await editor.ask("untilFinding", { rule: "tls-verify-off" });
  await editor.cursor(ROOM, 0, ROOM + 3, 23);
  await editor.palette("Gifthorse: This Was AI");
  const [region] = await editor.log.untilRegions(editor.uri, (regions) => regions.length === 1, "the marked region");
  assert.equal(region.origin.kind, "marked");
  await editor.palette("Gifthorse: This Is Not AI");
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 0, "no region any more");
}
