// What the keys do not see is told as a weaker signal: accepted by a command, or put in by another extension.
import assert from "node:assert/strict";
import { kindsSoFar } from "../../barrier.mjs";

export default async function (editor) {
  await editor.open("other.py", "\n\n\n", 2);
  await editor.ghost("palette = eval(input())\nmore = 1");
  await editor.ask("command", { id: "editor.action.inlineSuggest.commit" });
  await editor.ask("untilText", { text: "palette" });
  await editor.ask("offer");
  await editor.log.insertions(editor.uri, 1);
  await editor.ask("insert", { line: 0, text: "from os import system\n" });
  const reports = await editor.log.insertions(editor.uri, 2);
  assert.deepEqual(reports.map((one) => [one.origin.kind, one.evidence]), [["bulk", "inferred"], ["programmatic", "inferred"]]);
  assert.deepEqual(await kindsSoFar(editor), ["bulk", "programmatic"]);
}
