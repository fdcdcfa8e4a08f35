// A rule of the user's own: its mistakes are shown while it is written, its words completed and explained, and it finds.
import assert from "node:assert/strict";

const RULE = `format = 1
id = "acme-legacy"
cwe = [319]
severity = "medium"
confidence = "high"
title = "Acme's legacy client is used"
message = "{callee} talks to the legacy gateway."
why = "It speaks without encryption."
instead = """
Use the new client:

    acme.client.connect()  # Python
    acme.client.connect()  // JavaScript, as everywhere else
"""

[[match]]
language = ["pyhton"]
call = ["acme.legacy.connect"]

[[test]]
language = "python"
bad = "import acme.legacy as l\\nl.connect()\\n"
`;
const LINE = RULE.split("\n").indexOf('language = ["pyhton"]');

export default async function (editor) {
  await editor.open(".gifthorse/rules/acme-legacy.toml", RULE, LINE, 1);
  const wrong = await editor.ask("untilFinding", { rule: "rule-file" });
  assert.match(wrong.message, /'pyhton' is not known/);
  assert.equal(wrong.line, LINE);
  assert.match(await editor.ask("hover", { line: LINE + 1, character: 1 }), /resolved names of what is called/);

  await editor.cursor(LINE, 13, LINE, 19);
  await editor.page.keyboard.press("Delete");
  await editor.ask("command", { id: "editor.action.triggerSuggest" });
  const row = editor.page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "csharp" }).first();
  await row.waitFor({ timeout: 20000 });
  await editor.shoot("own-rule", 620);
  await editor.page.keyboard.type("python");
  await editor.page.keyboard.press("Escape");
  await editor.ask("untilText", { text: 'language = ["python"]' });
  await editor.ask("save");
  await editor.page.locator(".codelens-decoration", { hasText: "1 of 1 tests pass" }).waitFor({ timeout: 60000 });

  await editor.open("uses.py", "from acme.legacy import connect\n\nconnect()\n", 2);
  await editor.ask("untilFinding", { rule: "acme-legacy" });
  const said = await editor.ask("hover", { line: 2, character: 3 });
  assert.match(said, /It speaks without encryption.*```python\nacme\.client\.connect\(\) {2}# Python\n```/s);
  assert.doesNotMatch(said, /JavaScript/);
  await editor.page.keyboard.press("ArrowRight");
  await editor.ask("command", { id: "editor.action.showHover" });
  await editor.page.locator(".monaco-hover:visible", { hasText: "It speaks without encryption" }).first().waitFor({ timeout: 20000 });
  await editor.shoot("own-rule-found", 620);
  await editor.ask("command", { id: "workbench.action.closeAllEditors" });
}
