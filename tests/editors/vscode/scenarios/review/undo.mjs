// Undo takes the region away with its text, redo brings both back.
import { RISKY, accepted } from "../../pages.mjs";

export default async function (editor) {
  await accepted(editor, "undo.py");
  await editor.untilMarks("count >= 4", "the marks");
  await editor.page.keyboard.press("Control+z");
  await editor.ask("untilText", { absent: "def prices" });
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 0, "none after undo");
  await editor.untilMarks("count === 0", "no marks after undo");
  await editor.page.keyboard.press("Control+y");
  await editor.ask("untilText", { text: RISKY });
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 1, "the same again after redo");
  await editor.untilMarks("count >= 4", "the marks again after redo");
}
