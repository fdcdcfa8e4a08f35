// An edit that is saved at once is no change on disk.
import assert from "node:assert/strict";
import { kindsSoFar } from "../../barrier.mjs";

export default async function (editor) {
  await editor.open("saved.py", "first = 1\n", 1);
  await editor.accept("second = eval(input())");
  await editor.ask("save");
  await editor.ask("untilSaved");
  assert.deepEqual(await kindsSoFar(editor), ["inline-completion"]);
}
