// A text that is no file yet has regions and findings too.
import assert from "node:assert/strict";
import { RISKY } from "../../pages.mjs";

export default async function (editor) {
  await editor.ask("openUntitled", { language: "python" });
  editor.uri = await editor.ask("uri");
  assert.match(editor.uri, /^untitled:/);
  await editor.ask("command", { id: "workbench.action.focusActiveEditorGroup" });
  await editor.accept(`import requests\n\n\n${RISKY}`);
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 1, "one region");
  await editor.ask("untilFinding", { rule: "tls-verify-off" });
}
