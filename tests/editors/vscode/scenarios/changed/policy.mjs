// Text of an assistant where a policy allows none is an error at once, with the reason and the line that says so.
import assert from "node:assert/strict";
import { added, done } from "../../edits.mjs";

const BEFORE = `def same(first: bytes, second: bytes) -> bool:
    return first == second


`;

export default async function (editor) {
  await added(editor, "vault/keys.py", BEFORE, 4, "def key(name: str) -> bytes:\n    return name.encode()");
  const denied = await editor.ask("untilFinding", { rule: "denied-by-policy" });
  assert.match(denied.message, /Keys are handled by people/);
  assert.deepEqual([denied.line, denied.severity], [4, 0]);
  await editor.ask("cursor", { line: 4, character: 6 });
  await editor.ask("command", { id: "editor.action.showHover" });
  await editor.page.locator(".monaco-hover", { hasText: "Keys are handled by people" }).first().waitFor();
  await editor.shoot("denied-by-policy", 620);
  await done(editor);
}
