// A suggestion of a language server that is taken with Tab is a Record of exactly its text.
import assert from "node:assert/strict";
import { ghost, untilRecords } from "../inbox.mjs";

const BEFORE = "values = [1]\ntotal = ";
const WORDS = "sum(one for one in values if one > 0)\nprint(total)";

export default async function (editor) {
  await editor.open("taken.py", BEFORE, 1, 8);
  await ghost(editor);
  await editor.page.keyboard.press("Tab");
  await editor.ask("untilText", { text: WORDS });
  const [record] = await untilRecords(editor, editor.file, 1);
  assert.deepEqual([record.source, record.tool, record.model, record.kind], ["proxy", "Scripted Assistant", "scripted-1", "inline-completion"]);
  assert.deepEqual(record.edits, [{ old: "", new: WORDS, start: BEFORE.length }]);
  assert.equal(record.text, BEFORE + WORDS);
}
