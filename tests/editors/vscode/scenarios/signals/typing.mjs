// Typing, undoing, redoing, completing a word and indenting are reported by nobody.
import assert from "node:assert/strict";
import { kindsSoFar } from "../../barrier.mjs";

export default async function (editor) {
  await editor.open("typing.py", "\n", 0);
  const { keyboard } = editor.page;
  await keyboard.type("k = print(");
  await editor.ask("untilText", { text: "k = print(" });
  await keyboard.press("Control+z");
  await editor.ask("untilText", { absent: "print(" });
  await keyboard.press("Control+y");
  await editor.ask("untilText", { text: "print(" });
  await keyboard.press("Control+End");
  await keyboard.type("zz_p");
  await keyboard.press("Control+Space");
  await editor.page.waitForSelector(".suggest-widget.visible .monaco-list-row.focused");
  await keyboard.press("Tab");
  await editor.ask("untilText", { text: "zz_plain_completion" });
  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await editor.ask("untilText", { text: "(first, second)\n    " });
  assert.deepEqual(await kindsSoFar(editor), []);
}
