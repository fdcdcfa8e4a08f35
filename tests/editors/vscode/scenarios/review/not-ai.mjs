// Pasted text and a change on disk are found risky, a step quieter, and are no AI regions.
import assert from "node:assert/strict";
import fs from "node:fs";
import { PERSON, ROOM } from "../../pages.mjs";

/** Text that is nowhere known as an assistant's: a copy of such text would be one. */
const RISKY = `def tariff(country):
    answer = requests.get("https://customs.example/tariff/" + country, verify=False, timeout=7)
    return answer.json()["percent"]`;

export default async function (editor) {
  await editor.open("pasted.py", PERSON, ROOM);
  await editor.page.evaluate((text) => navigator.clipboard.writeText(text), RISKY);
  await editor.page.keyboard.press("Control+v");
  assert.equal((await editor.ask("untilFinding", { rule: "tls-verify-off" })).severity, 1, "a warning, not an error");
  assert.equal((await editor.log.insertions(editor.uri))[0].origin.kind, "paste");
  await editor.open("disk.py", PERSON, ROOM);
  fs.writeFileSync(editor.file, PERSON + RISKY);
  assert.equal((await editor.ask("untilFinding", { rule: "tls-verify-off" })).severity, 1, "a warning, not an error");
  assert.equal((await editor.log.insertions(editor.uri))[0].origin.kind, "disk");
  await editor.palette("Gifthorse: List AI Regions");
  const shown = await editor.log.until((log) => log.answer("gifthorse/regions", (params) => !params.textDocument), "the list of all regions");
  assert.ok(shown.regions.every(({ uri }) => !uri.endsWith("pasted.py") && !uri.endsWith("disk.py")), JSON.stringify(shown));
}
