// A notebook: text accepted in one cell is a Region there, and what it does is judged with the cells above it.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

const cell = (id, source) => ({ cell_type: "code", execution_count: null, id, metadata: {}, outputs: [], source });
const BOOK = {
  cells: [cell("first", "%matplotlib inline\nimport requests\nurl = 'https://legacy.example/'"), cell("second", "# the prices\n")],
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
};
const RISKY = `def prices(name):
    return requests.get(url + name, verify=False, timeout=5).json()`;

export default async function (editor) {
  const file = path.join(editor.workspace, "book.ipynb");
  fs.writeFileSync(file, JSON.stringify(BOOK));
  await editor.ask("openNotebook", { file });
  editor.uri = await editor.ask("editCell", { index: 1 });
  await editor.page.waitForSelector(".notebookOverlay .cell-editor-focus, .notebookOverlay .monaco-editor.focused");
  await editor.accept(RISKY);
  const [region] = await editor.log.untilRegions(editor.uri, (regions) => regions.length === 1, "one region in the cell");
  assert.deepEqual([region.uri, region.evidence, region.ranges[0].start], [editor.uri, "reported", { line: 1, character: 0 }]);
  const finding = await editor.ask("untilFinding", { rule: "tls-verify-off" });
  assert.deepEqual([finding.severity, finding.line], [0, 2]);
  assert.match(await editor.ask("hover", { line: 1, character: 5 }), /unknown assistant.*reported by the editor/s);
  await editor.page.waitForSelector(".notebookOverlay .squiggly-error");
  const edges = () => editor.page.evaluate(() => [...document.querySelectorAll(".notebookOverlay .view-overlays .cdr")]
    .filter((one) => getComputedStyle(one).borderLeftWidth === "2px").map((one) => getComputedStyle(one).borderLeftStyle));
  await editor.page.waitForFunction('[...document.querySelectorAll(".notebookOverlay .view-overlays .cdr")].some((one) => getComputedStyle(one).borderLeftWidth === "2px")');
  assert.deepEqual([...new Set(await edges())], ["solid"]);
  await editor.shoot("notebook", 520);
  await editor.ask("command", { id: "workbench.action.files.save" });
  await editor.ask("command", { id: "workbench.action.closeActiveEditor" });
  await editor.ask("openNotebook", { file });
  editor.uri = await editor.ask("editCell", { index: 1 });
  await editor.log.untilRegions(editor.uri, ([one]) => one?.id === region.id, "the same region after opening again");
}
