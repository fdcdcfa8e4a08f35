/**
 * Quiet marks of AI regions in the gutter and in the overview ruler of the editors that are open.
 */

import * as vscode from "vscode";
import { PATTERNS, type Part, type Theme, drawing } from "./drawing";
import type { Evidence, Region, Standing } from "./protocol";
import { type Regions, editorRange } from "./regions";
import { CELL } from "./server";

/** The ruler is told apart by place as well: what was disputed stands across it. What was approved needs no mark. */
const RULER: Readonly<Record<Standing, vscode.OverviewRulerLane | undefined>> = {
  unreviewed: vscode.OverviewRulerLane.Left,
  reopened: vscode.OverviewRulerLane.Center,
  disputed: vscode.OverviewRulerLane.Full,
  approved: undefined,
};

export class Marks implements vscode.Disposable {
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly regions: Regions) {
    this.subscriptions = [
      regions.onDidChange((uri) => this.draw((editor) => editor.document.uri.toString() === uri)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("gifthorse.marks")) this.draw();
      }),
    ];
  }

  dispose(): void {
    for (const one of [...this.subscriptions, ...this.types.values()]) one.dispose();
  }

  private draw(which: (editor: vscode.TextEditor) => boolean = () => true): void {
    const wanted = vscode.workspace.getConfiguration().get<boolean>("gifthorse.marks", true);
    for (const editor of vscode.window.visibleTextEditors.filter(which)) {
      this.drawIn(editor, wanted ? this.regions.of(editor.document.uri) : []);
    }
  }

  private drawIn(editor: vscode.TextEditor, regions: readonly Region[]): void {
    const places = new Map<vscode.TextEditorDecorationType, vscode.Range[]>();
    const inCell = editor.document.uri.scheme === CELL;
    for (const region of regions) {
      for (const [part, range] of partsOf(region)) {
        const type = this.type(region.standing, region.evidence, inCell ? "edge" : part);
        places.set(type, [...(places.get(type) ?? []), range]);
      }
    }
    for (const type of this.types.values()) editor.setDecorations(type, places.get(type) ?? []);
  }

  private type(standing: Standing, evidence: Evidence, part: Part | "edge"): vscode.TextEditorDecorationType {
    const key = `${standing} ${evidence} ${part}`;
    const made = this.types.get(key) ?? vscode.window.createTextEditorDecorationType(part === "edge" ? edge(standing, evidence) : look(standing, evidence, part));
    this.types.set(key, made);
    return made;
  }
}

function look(standing: Standing, evidence: Evidence, part: Part): vscode.DecorationRenderOptions {
  const gutterIconSize = "100% 100%"; // belongs beside its icon: a theme's icon resets it
  const icon = (theme: Theme): vscode.ThemableDecorationRenderOptions => {
    const svg = Buffer.from(drawing(standing, evidence, part, theme)).toString("base64");
    return { gutterIconPath: vscode.Uri.parse(`data:image/svg+xml;base64,${svg}`), gutterIconSize };
  };
  const lane = RULER[standing];
  return {
    light: icon("light"),
    dark: icon("dark"),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    ...(lane === undefined ? {} : { overviewRulerColor: new vscode.ThemeColor(`gifthorse.${standing}`), overviewRulerLane: lane }),
  };
}

/** A notebook's cell has no room beside its line numbers: the bar stands at the edge of the text. */
function edge(standing: Standing, evidence: Evidence): vscode.DecorationRenderOptions {
  return {
    isWholeLine: true,
    borderWidth: "0 0 0 2px",
    borderStyle: PATTERNS[evidence],
    borderColor: new vscode.ThemeColor(`gifthorse.${standing}`),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

/** The first line of each of a Region's ranges, and the lines after it. */
function partsOf(region: Region): [Part, vscode.Range][] {
  const parts: [Part, vscode.Range][] = [];
  let marked = -1; // two ranges of one line share one mark
  for (const range of region.ranges.map(editorRange)) {
    const { start, end } = range;
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    if (parts.length === 0) {
      parts.push(["head", new vscode.Range(start.line, 0, start.line, 0)]);
      marked = start.line;
    }
    const first = Math.max(start.line, marked + 1);
    if (first <= last) parts.push(["body", new vscode.Range(first, 0, last, 0)]);
    marked = Math.max(marked, last);
  }
  return parts;
}
