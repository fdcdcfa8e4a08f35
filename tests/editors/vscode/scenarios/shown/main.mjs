// Text that was reported, copied and only possibly an assistant's: each is marked in its own way, in every theme.
import assert from "node:assert/strict";
import { PERSON, RISKY, accepted } from "../../pages.mjs";

const THEMES = [
  ["Default Dark Modern", "vs-dark"],
  ["Default High Contrast", "hc-black"],
  ["Default High Contrast Light", "hc-light"],
  ["Default Light Modern", "vs"],
];
const POSSIBLY = `def shelf(number):
    reply = requests.get("https://supplier.example/shelf/%d" % number, timeout=5)
    return reply.json()`;

/** The bars in the gutter, as the pictures say it: a solid one has no dashes. */
const bars = (editor) => editor.page.evaluate(() => [...document.querySelectorAll(".editor-instance .glyph-margin-widgets *")]
  .map((one) => getComputedStyle(one).backgroundImage).filter((image) => image.includes("data:image/svg+xml"))
  .map((image) => atob(image.split("base64,")[1].split('"')[0]).match(/stroke-dasharray="([\d.]+)/)?.[1] ?? "solid"));

export default async function (editor) {
  await accepted(editor, "evidence.py");
  await editor.ask("insert", { line: 11, text: "\n\n\n" });
  await editor.ghost(POSSIBLY);
  await editor.ask("command", { id: "editor.action.inlineSuggest.commit" }); // by no key of ours: nobody says what it was
  await editor.ask("untilText", { text: POSSIBLY });
  await editor.ask("offer");
  const both = await editor.log.untilRegions(editor.uri, (regions) => regions.length === 2, "a reported and an inferred one");
  assert.deepEqual(both.map(({ evidence }) => evidence).sort(), ["inferred", "reported"]);
  assert.match(await editor.ask("hover", { line: 13, character: 5 }), /Possibly AI: unknown assistant.*Why:.*shape of the edit.*100%.*nobody has reviewed it/s);
  assert.match(await editor.ask("hover", { line: 7, character: 5 }), /AI: unknown assistant.*an accepted suggestion.*Why:.*reported by the editor/s);

  await editor.ask("insert", { line: 16, text: "\n\n" });
  await editor.page.evaluate((text) => navigator.clipboard.writeText(text), RISKY);
  await editor.page.keyboard.press("Control+v");
  const all = await editor.log.untilRegions(editor.uri, (regions) => regions.length === 3, "the copy too");
  assert.equal(all.find(({ evidence }) => evidence === "copied")?.copiedFrom, both.find(({ evidence }) => evidence === "reported").id);

  await editor.ask("command", { id: "workbench.action.closeSidebar" });
  for (const [name, look] of THEMES) {
    await editor.ask("theme", { name });
    await editor.page.waitForSelector(`.monaco-workbench.${look}`);
    await editor.untilMarks("count >= 11", "a mark beside each line of the three");
    assert.deepEqual([...new Set(await bars(editor))].sort(), ["0.01", "5", "solid"]);
    await editor.shoot(`evidence-${look}`, 620);
  }
  await editor.ask("save");
}
