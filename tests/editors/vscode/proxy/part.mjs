// Of a suggestion whose first word is taken alone, which this client does not tell its server, the rest is a Record.
import assert from "node:assert/strict";
import { ghost, untilRecords } from "../inbox.mjs";

const WORDS = "sum(one for one in values if one > 0)\nprint(total)";

export default async function (editor) {
  await editor.open("part.py", "values = [1]\ntotal = ", 1, 8);
  await ghost(editor);
  await editor.ask("command", { id: "editor.action.inlineSuggest.acceptNextWord" });
  await editor.ask("untilText", { text: "total = sum" });
  await ghost(editor);
  await editor.page.keyboard.press("Tab");
  await editor.ask("untilText", { text: WORDS });
  const found = await untilRecords(editor, editor.file, 1);
  assert.equal(found.length, 1);
  const [{ edits: [{ new: rest }], text }] = found;
  assert.ok(WORDS.endsWith(rest) && rest.includes("one for one in values"), rest);
  assert.ok(text.endsWith(WORDS));
}
