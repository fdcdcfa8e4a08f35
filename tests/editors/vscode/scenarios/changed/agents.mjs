// What an assistant may do by itself is changed by an assistant: a server from the network, and no more questions.
import assert from "node:assert/strict";
import { added, done } from "../../edits.mjs";

const BEFORE = `{
  "editor.formatOnSave": true,
  
}
`;

export default async function (editor) {
  await added(editor, ".vscode/settings.json", BEFORE, 2, '"chat.tools.autoApprove": true', 2);
  const alone = await editor.ask("untilFinding", { rule: "agent-unattended" });
  assert.deepEqual([alone.line, alone.severity], [2, 0]);
  await editor.ask("cursor", { line: 2, character: 6 });
  await editor.ask("command", { id: "editor.action.showHover" });
  await editor.page.locator(".monaco-hover", { hasText: "agent-unattended" }).first().waitFor();
  await editor.shoot("agent-unattended", 620);
  await done(editor);
}
