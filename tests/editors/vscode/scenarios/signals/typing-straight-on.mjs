// Typing straight on after Tab loses neither the acceptance nor a typed character, and claims nothing of what was typed.
import assert from "node:assert/strict";
import { kindsSoFar } from "../../barrier.mjs";

export default async function (editor) {
  await editor.open("straight.py", "\n", 0);
  await editor.ghost("import subprocess");
  await editor.page.keyboard.press("Tab");
  await editor.page.keyboard.type("xyz");
  await editor.ask("untilText", { text: "import subprocessxyz" });
  await editor.ask("offer");
  const [report] = await editor.log.insertions(editor.uri);
  assert.deepEqual(report.ranges, [{ start: { line: 0, character: 0 }, end: { line: 0, character: 17 } }]);
  assert.deepEqual(await kindsSoFar(editor), ["inline-completion"]);
}
