// A reviewer objects, then approves, then the text is changed: the standing follows.
import { ROOM, accepted } from "../../pages.mjs";

export default async function (editor) {
  const is = (standing) => editor.log.untilRegions(editor.uri, ([one]) => one?.standing === standing, standing);
  await accepted(editor, "dispute.py");
  await editor.cursor(ROOM, 2);
  await editor.palette("Gifthorse: Dispute AI Region");
  await editor.page.waitForSelector(".quick-input-widget:not([style*='display: none']) input[placeholder*='for example']");
  await editor.page.keyboard.type("why is the certificate not checked?");
  await editor.page.keyboard.press("Enter");
  await is("disputed");
  await editor.lens("disputed").waitFor();
  await editor.shoot("disputed");
  await editor.palette("Gifthorse: Approve AI Region");
  await is("approved");
  await editor.cursor(ROOM + 1, 26);
  await editor.page.keyboard.press("Delete");
  await is("reopened");
  await editor.lens("reopened").waitFor();
  await editor.shoot("reopened");
}
