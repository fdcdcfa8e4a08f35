/**
 * The Regions of documents as the server last told them. It asks again when the server says that they changed.
 */

import * as vscode from "vscode";
import type { RegionsParams, RegionsResult, Region } from "./protocol";

export class Regions implements vscode.Disposable {
  private readonly known = new Map<string, readonly Region[]>();
  private readonly asking = new Map<string, { again: boolean }>();
  private readonly changed = new vscode.EventEmitter<string>();
  /** Fires with the URI of a document whose Regions were told anew. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly ask: (params: RegionsParams) => Promise<RegionsResult>) {}

  dispose(): void {
    this.changed.dispose();
  }

  /** What is known of a document now; empty where nothing was told yet. */
  of(uri: vscode.Uri): readonly Region[] {
    return this.known.get(uri.toString()) ?? [];
  }

  /** All Regions of the workspace, asked for now. */
  async all(): Promise<readonly Region[]> {
    return (await this.ask({})).regions;
  }

  /** Ask for a document's Regions. Several wishes while an answer is under way make one further question. */
  async refresh(uri: string): Promise<void> {
    const underWay = this.asking.get(uri);
    if (underWay !== undefined) {
      underWay.again = true;
      return;
    }
    const mine = { again: true };
    this.asking.set(uri, mine);
    try {
      while (mine.again) {
        mine.again = false;
        this.told(uri, (await this.ask({ textDocument: { uri } })).regions);
      }
    } finally {
      this.asking.delete(uri);
    }
  }

  /** The document is closed, or the server is gone: forget what was told. */
  forget(uri: string): void {
    this.told(uri, []);
    this.known.delete(uri);
  }

  /** The server is gone. */
  forgetAll(): void {
    for (const uri of [...this.known.keys()]) this.forget(uri);
  }

  private told(uri: string, regions: readonly Region[]): void {
    this.known.set(uri, regions);
    this.changed.fire(uri);
  }
}

/** The editor's range for one of the protocol's. */
export function editorRange(range: Region["ranges"][number]): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** A Region in few words: "copilot, gpt-5 · 2 findings". */
export function summary(region: Region): string {
  const { high, medium, low } = region.findings;
  const count = high + medium + low;
  const who = region.origin.model ? `${region.origin.tool}, ${region.origin.model}` : region.origin.tool;
  return `${who} · ${count === 0 ? "no findings" : count === 1 ? "1 finding" : `${count} findings`}`;
}
