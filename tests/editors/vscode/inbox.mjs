// The Records that a proxy has left, as the next server will find them.
import fs from "node:fs";
import path from "node:path";

/** All Records about a file, oldest first. */
export function records(editor, file) {
  const folder = editor.plan.environment.GIFTHORSE_STATE_DIR;
  const names = fs.readdirSync(folder, { recursive: true }).filter((name) => /inbox[\\/][^.][^\\/]*\.json$/.test(name));
  return names.sort().map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"))).filter((one) => one.path === file);
}

/** The Records about a file, once there are `count` of them. */
export function untilRecords(editor, file, count, seconds = 20) {
  return new Promise((resolve, reject) => {
    const watcher = fs.watch(editor.plan.environment.GIFTHORSE_STATE_DIR, { recursive: true }, () => look());
    const timer = setTimeout(() => end(reject, new Error(`waited in vain for ${count} records; there are ${JSON.stringify(records(editor, file))}`)), seconds * 1000);
    const end = (finish, value) => { clearTimeout(timer); watcher.close(); finish(value); };
    const look = () => { const found = records(editor, file); if (found.length >= count) end(resolve, found); };
    look();
  });
}

/** Have the assistant's server asked at the cursor, and wait until its ghost stands in the editor. */
export async function ghost(editor) {
  await editor.ask("command", { id: "editor.action.inlineSuggest.trigger" });
  await editor.page.waitForSelector(".editor-instance [class*='ghost-text']");
}
