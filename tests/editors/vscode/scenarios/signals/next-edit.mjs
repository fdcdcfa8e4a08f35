// A suggested edit elsewhere in the line, accepted with Tab, is reported as a next edit with what it put in.
import assert from "node:assert/strict";

export default async function (editor) {
  await editor.open("next.py", "import os\n", 0, 9);
  await editor.ask("offer", { text: "import sys", replace: [0, 0, 0, 9] });
  await editor.ask("command", { id: "editor.action.inlineSuggest.trigger" });
  await editor.page.locator(".inline-edits-view-gutter-indicator :visible").first().waitFor();
  await editor.shoot("next-edit");
  await editor.page.keyboard.press("Tab");
  await editor.ask("untilText", { text: "import sys" });
  const [report] = await editor.log.insertions(editor.uri);
  assert.ok(["next-edit", "inline-completion"].includes(report.origin.kind), report.origin.kind);
  assert.equal(report.evidence, "reported");
}
