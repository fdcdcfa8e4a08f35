import assert from "node:assert/strict";
import { test } from "node:test";
import type { Statistics } from "../src/protocol";
import { plain, share, table, unproven } from "../src/statistics";

const FILE: Statistics = {
  files: 1,
  lines: { ai: 4, human: 0, mixed: 1, unknown: 15, blank: 3 },
  share: 0.25,
  regions: 2,
  tools: [{ tool: "copilot", regions: 2 }],
  findings: { high: 1, medium: 0, low: 0 },
  reviewed: 0.5,
};
const EMPTY: Statistics = { files: 0, lines: { ai: 0, human: 0, mixed: 0, unknown: 0, blank: 0 }, share: 0, regions: 0, tools: [], findings: { high: 0, medium: 0, low: 0 } };

test("both columns stand in every row", () => {
  const rows = table({ document: FILE, workspace: { ...FILE, files: 3, calledHuman: 0, tools: [...FILE.tools, { tool: "a|b", regions: 1 }] } }).split("\n");
  assert.ok(rows.every((row) => row.replaceAll("\\|", "").split("|").length === 5), rows.join("\n"));
  assert.ok(rows.includes("| AI lines | 4 (20 %) | 4 (20 %) |"));
  assert.ok(rows.includes("| by a\\|b | 0 | 1 |"));
  assert.ok(rows.includes("| Reviewed | 50 % | 50 % |"));
  assert.match(rows[0] ?? "", /Workspace \(3 files\)/);
});

test("without a document there is one column, and nothing is divided by nothing", () => {
  const shown = table({ workspace: { ...EMPTY, calledHuman: 0 } });
  assert.doesNotMatch(shown, /This file|NaN|undefined/);
  assert.match(shown, /\| Reviewed \| – \|/);
});

test("all and nothing are said of nothing less", () => {
  assert.deepEqual([share(0, 9), share(1, 1000), share(999, 1000), share(9, 9)], ["0 %", "1 %", "99 %", "100 %"]);
});

test("what was only said is called that", () => {
  assert.match(unproven({ workspace: { ...FILE, calledHuman: 2 } }), /2 regions were called a person's by hand\. .*nobody proved/);
  assert.equal(unproven({ workspace: { ...EMPTY, calledHuman: 0 } }), "");
});

test("a tool's name brings no markup", () => {
  assert.equal(plain("[x](y)\n<b>"), "\\[x\\]\\(y\\) \\<b\\>");
});
