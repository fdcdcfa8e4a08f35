// A person says which text is an assistant's, and takes it back for themselves.
import assert from "node:assert/strict";
import { PERSON, ROOM } from "../../pages.mjs";

/** Text that no other file of this workspace has: of a copy it would be known where it comes from. */
const RISKY = `def weights(crate):
    reply = requests.get("https://scales.example/crate/" + crate, verify=False, timeout=9)
    found = reply.json()
    return [found["net"], 4]`;

export default async function (editor) {
  await editor.open("hand.py", PERSON + RISKY, ROOM);
  await editor.ask("untilFinding", { rule: "tls-verify-off" });
  await editor.cursor(ROOM, 0, ROOM + 3, 28);
  await editor.palette("Gifthorse: This Was AI");
  const [region] = await editor.log.untilRegions(editor.uri, (regions) => regions.length === 1, "the marked region");
  assert.equal(region.origin.kind, "marked");
  await editor.palette("Gifthorse: This Is Not AI");
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 0, "no region any more");
}
