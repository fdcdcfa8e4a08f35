// A comment says that the code is safe, and the code is not.
import assert from "node:assert/strict";
import { added, done } from "../../edits.mjs";

const BEFORE = `import hashlib


`;
const CLAIMS = `def fingerprint(password):
    # Cryptographically secure: passwords are safe here.
    return hashlib.md5(password.encode()).hexdigest()`;

export default async function (editor) {
  await added(editor, "accounts.py", BEFORE, 3, CLAIMS);
  const claim = await editor.ask("untilFinding", { rule: "claimed-safe" });
  assert.match(claim.message, /says that the code is safe; found beside it: Password is hashed with a fast function/);
  assert.equal(claim.line, 4);
  assert.equal((await editor.ask("untilFinding", { rule: "weak-password-hash" })).line, 5);
  await editor.ask("cursor", { line: 4, character: 10 });
  await editor.ask("command", { id: "editor.action.showHover" });
  await editor.page.locator(".monaco-hover", { hasText: "This comment says that the code is safe" }).first().waitFor();
  await editor.shoot("claimed-safe", 620);
  await done(editor);
}
