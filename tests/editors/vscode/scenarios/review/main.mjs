// The main job: ghost text, Tab, a marked region, a squiggle, the light bulb's fix, a saved file.
import assert from "node:assert/strict";
import { PERSON, ROOM, RISKY, accepted } from "../../pages.mjs";

export default async function (editor) {
  await editor.open("main.py", PERSON, ROOM);
  await editor.ghost(RISKY);
  await editor.shoot("1-ghost-text");
  const region = await accepted(editor, "main.py");
  assert.deepEqual([region.origin.kind, region.evidence, region.standing], ["inline-completion", "reported", "unreviewed"]);
  assert.deepEqual(region.ranges, [{ start: { line: ROOM, character: 0 }, end: { line: ROOM + 3, character: 23 } }]);

  const finding = await editor.ask("untilFinding", { rule: "tls-verify-off" });
  assert.equal(finding.severity, 0, "a finding of high severity is an error in an AI region");
  assert.equal(finding.line, ROOM + 2);
  await editor.page.waitForSelector(".squiggly-error");
  await editor.lens("AI: unknown assistant · 1 finding · unreviewed").waitFor();
  await editor.untilMarks("count >= 4", "a mark beside each of the four lines");
  await editor.untilStatus("1 unreviewed");
  await editor.shoot("2-region");

  assert.match(await editor.ask("hover", { line: ROOM, character: 5 }), /unknown assistant.*reported by the editor/s);

  await editor.cursor(ROOM + 2, 75);
  await editor.page.locator(".editor-instance [class*='bulb-auto']").first().click(); // the bulb that knows of a fix
  const fix = editor.page.locator(".action-widget .monaco-list-row", { hasText: "Remove verify=" });
  await fix.waitFor();
  await editor.shoot("3-light-bulb");
  await fix.click();
  await editor.ask("untilText", { absent: "verify=False" });
  await editor.ask("untilNoFinding", { rule: "tls-verify-off" });
  await editor.lens("no findings · unreviewed").or(editor.lens("0 findings · unreviewed")).waitFor();
  await editor.page.keyboard.press("Control+s");
  await editor.ask("untilSaved");
  assert.ok(editor.onDisk().startsWith(PERSON + "def prices(name):"));
  assert.ok(!editor.onDisk().includes("verify=False"));

  await editor.lens("Approve").locator("a", { hasText: "Approve" }).click();
  await editor.log.untilRegions(editor.uri, ([one]) => one?.standing === "approved", "an approved region");
  await editor.lens("approved").waitFor();
  await editor.untilStatus("Gifthorse");
  await editor.shoot("4-approved");
}
