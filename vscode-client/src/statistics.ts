/**
 * How much is whose, as a table in Markdown: numbers from the server, words from here. Pure.
 */

import type { Statistics, StatisticsResult } from "./protocol";

/** A person has no more use for than so many tools in a hover. */
const MOST_TOOLS = 6;

/** The table: the workspace's column, and one of the active document where it is open. */
export function table(result: StatisticsResult): string {
  const { document, workspace } = result;
  const columns = document === undefined ? [workspace] : [document, workspace];
  const place = workspace.files === 1 ? "1 file" : `${workspace.files} files`;
  const heads = [...(document === undefined ? [] : ["This file"]), `Workspace (${place})`];
  const rows: [string, (one: Statistics) => string][] = [
    ["AI lines", (one) => lines(one, "ai")],
    ["Mixed lines", (one) => lines(one, "mixed")],
    ["Lines known to be a person's", (one) => lines(one, "human")],
    ["Unknown lines", (one) => lines(one, "unknown")],
    ["AI regions", (one) => String(one.regions)],
    ...tools(workspace).map((tool): [string, (one: Statistics) => string] => [`by ${plain(tool)}`, (one) => regionsOf(one, tool)]),
    ["Findings in them: high, medium, low", ({ findings }) => `${findings.high}, ${findings.medium}, ${findings.low}`],
    ["Reviewed", ({ reviewed }) => (reviewed === undefined ? "–" : share(reviewed, 1))],
  ];
  return [
    `| | ${heads.join(" | ")} |`,
    `|:--|${heads.map(() => "--:|").join("")}`,
    ...rows.map(([name, cell]) => `| ${name} | ${columns.map(cell).join(" | ")} |`),
  ].join("\n");
}

/** What was only said and cannot be proven. */
export function unproven(result: StatisticsResult): string {
  const { calledHuman, regions } = result.workspace;
  const said = calledHuman === 0 ? [] : [`${calledHuman === 1 ? "One region was" : `${calledHuman} regions were`} called a person's by hand.`];
  return [...said, ...(regions + calledHuman === 0 ? [] : ["Reviews and marks by hand are recorded as clicks that nobody proved."])].join(" ");
}

function tools(workspace: Statistics): string[] {
  return workspace.tools.slice(0, MOST_TOOLS).map(({ tool }) => tool);
}

function regionsOf(one: Statistics, tool: string): string {
  return String(one.tools.find((known) => known.tool === tool)?.regions ?? 0);
}

function lines(one: Statistics, kind: "ai" | "human" | "mixed" | "unknown"): string {
  const { ai, human, mixed, unknown } = one.lines;
  const count = one.lines[kind];
  const all = ai + human + mixed + unknown;
  return all === 0 ? String(count) : `${count} (${share(count, all)})`;
}

/** In whole per cent; all and nothing are said of nothing less. */
export function share(part: number, whole: number): string {
  const percent = Math.round((100 * part) / whole);
  return `${part === 0 || part === whole ? percent : Math.min(99, Math.max(1, percent))} %`;
}

/** Text that came from elsewhere, shown as it is and not as Markdown. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()#+.!|<>&~-]/g, "\\$&");
}
