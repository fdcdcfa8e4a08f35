// The status bar leads to the list of regions, the list leads to the text; next and previous go from one to the other.
import { ROOM, accepted } from "../../pages.mjs";

export default async function (editor) {
  await accepted(editor, "list.py");
  await editor.page.keyboard.press("Enter");
  await editor.page.keyboard.press("Enter");
  await editor.accept("token = eval(input())");
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 2, "two regions");
  await editor.cursor(0, 0);
  const at = (line) => editor.page.locator("[id='status.editor.selection']", { hasText: `Ln ${line + 1}, ` }).waitFor();
  await editor.palette("Gifthorse: Go to Next AI Region");
  await editor.page.waitForSelector(".quick-input-widget[style*='display: none']", { state: "attached" });
  await at(ROOM);
  await editor.ask("command", { id: "gifthorse.region.previous" });
  await at(ROOM + 5); // before the first comes the last
  await editor.status().click();
  const row = editor.page.locator(".quick-input-list .monaco-list-row", { hasText: `list.py:${ROOM + 1}` });
  await row.waitFor();
  await editor.shoot("list");
  await row.click();
  await editor.page.waitForSelector(".quick-input-widget[style*='display: none']", { state: "attached" });
  await at(ROOM);
}
