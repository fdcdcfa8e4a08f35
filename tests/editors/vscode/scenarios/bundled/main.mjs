// The extension that `make vscode` builds brings its server along: it works without any setting.
import { PERSON, ROOM, RISKY } from "../../pages.mjs";

export default async function (editor) {
  await editor.open("bundled.py", PERSON, ROOM);
  await editor.accept(RISKY);
  await editor.ask("untilFinding", { rule: "tls-verify-off" });
  await editor.lens("AI: example.test-assistant").waitFor();
  await editor.untilStatus("1 unreviewed");
}
