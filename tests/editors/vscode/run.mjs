// Runs scenarios one after the other in one VS Code: node run.mjs PLAN. Each result is written as soon as it is there.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Editor } from "./editor.mjs";

const plan = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const results = {};
const write = () => fs.writeFileSync(plan.results, JSON.stringify(results, null, 2));

const editor = await Editor.start(plan);
try {
  for (const file of plan.scenarios) {
    const name = path.basename(file, ".mjs");
    const began = Date.now();
    try {
      const { default: scenario } = await import(pathToFileURL(file));
      await scenario(editor);
      results[name] = { ok: true, seconds: (Date.now() - began) / 1000 };
    } catch (error) {
      await editor.shoot(`failed-${plan.session}-${name}`).catch(() => {});
      results[name] = { ok: false, error: String(error.stack ?? error) };
    }
    write();
    await editor.ask("offer").catch(() => {});
    for (const key of ["Escape", "Escape"]) await editor.page.keyboard.press(key).catch(() => {});
  }
} finally {
  write();
  await editor.stop();
}
