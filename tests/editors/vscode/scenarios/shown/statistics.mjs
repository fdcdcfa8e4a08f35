// The status bar's hover tells how much of this file and of the workspace is whose.
import assert from "node:assert/strict";
import { accepted } from "../../pages.mjs";

export default async function (editor) {
  await accepted(editor, "counted.py");
  const told = await editor.log.until((log) => {
    const answer = log.answer("gifthorse/statistics", ({ textDocument }) => textDocument?.uri === editor.uri);
    return answer?.document?.regions === 1 && answer;
  }, "statistics of this file");
  assert.deepEqual(told.document.lines, { ai: 4, human: 0, mixed: 0, unknown: 3, blank: 4 });
  await editor.status().hover();
  const hover = editor.page.locator(".monaco-hover", { hasText: "This file" });
  await hover.waitFor();
  await hover.getByText("4 (57 %)").first().waitFor();
  await editor.shoot("statistics");
  await editor.page.mouse.move(640, 300);
  await editor.cursor(8, 4);
  await editor.palette("Gifthorse: This Is Not AI");
  await editor.log.untilRegions(editor.uri, (regions) => regions.length === 0, "no region any more");
  const after = await editor.log.until((log) => {
    const answer = log.answer("gifthorse/statistics", ({ textDocument }) => textDocument?.uri === editor.uri);
    return answer?.workspace.calledHuman === 1 && answer;
  }, "the trace of it");
  assert.equal(after.document.regions, 0);
}
