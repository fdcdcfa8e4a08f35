// In Restricted Mode everything works, and the server knows that the workspace is not trusted.
import assert from "node:assert/strict";
import { ROOM, accepted } from "../../pages.mjs";

export default async function (editor) {
  assert.equal(await editor.ask("isTrusted"), false);
  const initialize = await editor.log.until((log) => log.all().find(({ message }) => message.method === "initialize"), "initialize");
  assert.equal(initialize.message.params.initializationOptions.trusted, false);
  const region = await accepted(editor, "restricted.py");
  assert.equal(region.evidence, "reported");
  assert.equal((await editor.ask("untilFinding", { rule: "tls-verify-off" })).line, ROOM + 2);
  await editor.lens("unreviewed").waitFor();
  await editor.untilStatus("1 unreviewed");
  await editor.shoot("restricted");
  await editor.palette("Workspaces: Manage Workspace Trust");
  await editor.page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
  await editor.log.until((log) => log.all().find(({ message }) => message.method === "gifthorse/didChangeTrust" && message.params.trusted === true), "the granted trust");
}
