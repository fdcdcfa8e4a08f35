// The light bulb asks for a reason and writes it beside the code.
import { ROOM, PERSON } from "../../pages.mjs";

export default async function (editor) {
  await editor.open("suppress.py", `${PERSON}requests.get("https://localhost", verify=False, timeout=5)\n`, ROOM, 5);
  await editor.ask("untilFinding", { rule: "tls-verify-off" });
  await editor.page.waitForSelector(".lightBulbWidget"); // before that an answer on its way would close the menu again
  await editor.page.keyboard.press("Control+.");
  await editor.page.locator(".action-widget .monaco-list-row", { hasText: "Suppress tls-verify-off with a reason" }).click();
  await editor.page.waitForSelector(".quick-input-widget:not([style*='display: none']) input");
  await editor.shoot("reason");
  await editor.page.keyboard.type("only this machine talks to itself");
  await editor.page.keyboard.press("Enter");
  await editor.ask("untilText", { text: "gifthorse: allow tls-verify-off -- only this machine talks to itself" });
  await editor.ask("untilNoFinding", { rule: "tls-verify-off" });
}
