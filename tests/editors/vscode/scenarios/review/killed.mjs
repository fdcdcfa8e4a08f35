// A server that is killed is started again, and what it had acknowledged is still there.
import { accepted } from "../../pages.mjs";

export default async function (editor) {
  const region = await accepted(editor, "killed.py");
  await editor.ask("save");
  const starts = () => editor.log.all().filter(({ from }) => from === "tee");
  const before = starts().length;
  process.kill(starts().at(-1).message.server, "SIGKILL");
  await editor.log.until(() => starts().length > before, "the next server");
  await editor.untilMarks("count >= 4", "the marks again");
  await editor.lens("unreviewed").waitFor();
  await editor.log.untilRegions(editor.uri, ([one]) => one?.id === region.id, "the same region");
}
