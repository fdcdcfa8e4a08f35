/**
 * The status bar item: how many Regions nobody has reviewed, and whether the server is well; its hover tells how much is
 * whose.
 */

import * as path from "node:path";
import * as vscode from "vscode";
import type { StatisticsResult, StatusParams } from "./protocol";
import { plain, table, unproven } from "./statistics";

export class Status implements vscode.Disposable {
  private said: StatusParams | undefined;
  private counted: StatisticsResult | undefined;
  private readonly item = vscode.window.createStatusBarItem("gifthorse.status", vscode.StatusBarAlignment.Left, 10);

  constructor() {
    this.item.name = "Gifthorse";
    this.starting();
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  starting(): void {
    this.said = this.counted = undefined;
    this.say("$(sync~spin) Gifthorse", "Gifthorse is starting.", "gifthorse.output");
  }

  /** There is no server; the tooltip says why, a click tries again. */
  stopped(why: string): void {
    this.said = this.counted = undefined;
    this.say("$(warning) Gifthorse", `${why}\n\nClick to try again.`, "gifthorse.restart", true);
  }

  /** What the server last said of itself. */
  show(status: StatusParams): void {
    this.said = status;
    const { state, unreviewed, notAnalysed } = status;
    const icon = state === "busy" ? "$(sync~spin)" : state === "degraded" || notAnalysed.length > 0 ? "$(warning)" : "$(eye)";
    const count = unreviewed > 0 ? `${icon} ${unreviewed} unreviewed` : `${icon} Gifthorse`;
    this.say(count, tooltip(status, this.counted), "gifthorse.region.list", state === "degraded");
    this.item.accessibilityInformation = { label: `Gifthorse: ${regionsToReview(unreviewed)}`, role: "button" };
  }

  /** How much of the active document and of the workspace is whose. */
  count(result: StatisticsResult): void {
    this.counted = result;
    if (this.said !== undefined) this.item.tooltip = new vscode.MarkdownString(tooltip(this.said, result));
  }

  private say(text: string, tip: string, command: string, warn = false): void {
    this.item.text = text;
    this.item.tooltip = new vscode.MarkdownString(tip);
    this.item.command = command;
    this.item.backgroundColor = warn ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.accessibilityInformation = undefined;
  }
}

function regionsToReview(count: number): string {
  if (count === 0) return "no AI region waits for review";
  return count === 1 ? "1 AI region waits for review" : `${count} AI regions wait for review`;
}

function tooltip(status: StatusParams, counted: StatisticsResult | undefined): string {
  const review = regionsToReview(status.unreviewed);
  const parts = [`**Gifthorse**: ${review}.`];
  if (status.message) parts.push(plain(status.message));
  if (status.notAnalysed.length > 0) {
    const names = status.notAnalysed.map((uri) => path.posix.basename(vscode.Uri.parse(uri).path)).map(plain);
    parts.push(`Not analysed (nothing may be concluded from their silence): ${names.slice(0, 10).join(", ")}${names.length > 10 ? " …" : ""}`);
  }
  if (!vscode.workspace.isTrusted) parts.push("Restricted Mode: the workspace's own settings can only make Gifthorse stricter.");
  if (counted !== undefined) parts.push(table(counted), unproven(counted));
  parts.push("Click to list the regions.");
  return parts.filter((part) => part !== "").join("\n\n");
}
