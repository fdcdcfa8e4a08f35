// A suggestion that is shown and typed by hand is no Record; of one that is typed in part, the rest is.
import assert from "node:assert/strict";
import { ghost, untilRecords } from "../inbox.mjs";

const WORDS = "sum(one for one in values if one > 0)";

export default async function (editor) {
  await editor.open("typed.py", "values = [1]\ntotal = ", 1, 8);
  await ghost(editor);
  await editor.page.keyboard.type(`${WORDS}\nprint(total)`, { delay: 20 });
  await editor.ask("untilText", { text: `${WORDS}\nprint(total)` });
  await editor.page.keyboard.type("\ntotal = sum", { delay: 20 });
  await editor.ask("untilText", { text: "\ntotal = sum" });
  await ghost(editor);
  await editor.page.keyboard.press("Tab");
  await editor.ask("untilText", { text: `${WORDS}\nprint(total)\ntotal = ${WORDS}\nprint(total)` });
  const found = await untilRecords(editor, editor.file, 1);
  assert.deepEqual(found.map((one) => one.edits[0].new), [`${WORDS.slice(3)}\nprint(total)`]);
}
