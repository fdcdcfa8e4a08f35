// Edits that an assistant makes in text that is there already, and what the light bulb says of them.

/** Open a file and accept what the assistant writes in place of the lines from `first` up to before `last` (0-based). */
export async function rewritten(editor, file, before, [first, last], text) {
  const end = before.split("\n")[last - 1].length;
  await editor.open(file, before);
  await editor.cursor(first, before.split("\n")[first].length);
  await editor.ask("offer", { text, replace: [first, 0, last - 1, end] });
  await editor.ask("command", { id: "editor.action.inlineSuggest.trigger" });
  await editor.page.locator(".inline-edits-view-gutter-indicator :visible").first().waitFor();
  await editor.page.keyboard.press("Tab");
  await editor.ask("untilText", { text });
  await editor.ask("offer");
  await editor.ask("command", { id: "editor.action.inlineSuggest.hide" });
  await editor.log.untilRegions(editor.uri, (regions) => regions.length > 0, "a region");
}

/** Open a file and accept what the assistant writes at a line (0-based). */
export async function added(editor, file, before, line, text, character = 0) {
  await editor.open(file, before, line, character);
  await editor.accept(text);
  await editor.log.untilRegions(editor.uri, (regions) => regions.length > 0, "a region");
}

/** The entry of this title in the menu of the light bulb at a place. An answer on its way closes the menu: then again. */
export async function bulb(editor, line, character, title) {
  await editor.ask("cursor", { line, character });
  const entry = editor.page.locator(".action-widget .monaco-list-row", { hasText: title });
  for (let left = 5; left > 0; left--) {
    await editor.page.locator(".editor-instance [class*='bulb']").first().waitFor();
    await editor.page.keyboard.press("Control+.");
    if (await entry.waitFor({ timeout: left > 1 ? 4000 : 20000 }).then(() => true, () => false)) return entry;
    await editor.page.keyboard.press("Escape");
  }
  throw new Error(`the light bulb does not offer ${JSON.stringify(title)}`);
}

/** Save the text, so that the next scenario is not asked whether to. */
export async function done(editor) {
  await editor.ask("save");
  await editor.ask("command", { id: "workbench.action.closeActiveEditor" });
}
