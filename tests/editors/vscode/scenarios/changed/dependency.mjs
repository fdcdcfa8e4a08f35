// Imports that nothing declares: one is nearly the name of a package that everybody knows.
import assert from "node:assert/strict";
import { added, bulb, done } from "../../edits.mjs";

const BEFORE = `from flask import Flask

app = Flask(__name__)
`;

export default async function (editor) {
  await added(editor, "mail.py", BEFORE, 0, "import reqeusts\nimport invoice_wizard\n");
  const near = await editor.ask("untilFinding", { rule: "near-miss-dependency" });
  assert.match(near.message, /did you mean requests\?/);
  assert.deepEqual([near.line, near.severity], [0, 0]);
  const unknown = await editor.ask("untilFinding", { rule: "unknown-dependency" });
  assert.match(unknown.message, /requirements\.txt does not declare invoice_wizard/);
  assert.equal(unknown.line, 1);
  const fix = await bulb(editor, 0, 9, "Did you mean requests?");
  await editor.shoot("unknown-dependency", 620);
  await fix.click();
  await editor.ask("untilNoFinding", { rule: "near-miss-dependency" });
  assert.equal(await editor.ask("text"), `import requests\nimport invoice_wizard\n${BEFORE}`);
  await done(editor);
}
