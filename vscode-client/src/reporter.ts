/**
 * Watches edits and reports where their text came from: what the editor says of them, and weaker signals.
 *
 * Three sources, best first: the editor's own account of a change (where it gives one to extensions), our mark after an
 * accepted suggestion (see the keybindings in package.json), and the circumstances of the change. It judges nothing.
 */

import * as vscode from "vscode";
import type { Deliveries } from "./deliveries";
import type { DidInsertParams, Kind } from "./protocol";
import { type Change, type Detail, type Signal, fromCircumstances, fromDetail, insertedRanges, looksTyped, signal } from "./signals";

/** The mark follows the change within 3 ms, unless other extensions hold things up: then it is late, and still ours. */
const MARK_WITHIN = 2000;
/** A single character is taken for the suggestion only at once: otherwise it could have been typed. */
const MARK_TYPED_WITHIN = 100;
/** By then the editor has said whether the document became dirty, and a mark has come if one comes. */
const SETTLED_AFTER = 150;
/** A paste is announced before it happens; a slow one waits for other extensions' paste providers. */
const PASTE_WITHIN = 3000;

interface Seen {
  readonly document: vscode.TextDocument;
  readonly uri: string;
  readonly version: number;
  readonly at: number;
  readonly changes: readonly Change[];
  readonly cursors: readonly vscode.Position[];
  /** "told": the editor or the mark said where it came from. "guessed": its circumstances did; a late mark knows better. */
  known: "not yet" | "guessed" | "told";
}

interface Pasted {
  readonly uri: string;
  readonly at: number;
  readonly text: string;
}

export class Reporter implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private last: Seen | undefined;
  private pasted: Pasted[] = [];
  private readonly savedAt = new WeakMap<vscode.TextDocument, number>();

  constructor(
    private readonly selector: vscode.DocumentSelector,
    private readonly deliveries: Deliveries,
    private readonly send: (params: DidInsertParams) => Promise<void>,
    private readonly warn: (message: string) => void,
  ) {
    this.subscriptions.push(
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidSaveTextDocument((document) => this.savedAt.set(document, Date.now())),
      vscode.commands.registerCommand("gifthorse.mark", (kind: Kind) => this.mark(kind)),
      this.watchPaste(),
      this.watchDrop(),
    );
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
  }

  private changed(event: vscode.TextDocumentChangeEvent): void {
    const { document, contentChanges, reason } = event;
    if (contentChanges.length === 0 || vscode.languages.match(this.selector, document) === 0) return;
    const seen: Seen = {
      document,
      uri: document.uri.toString(),
      version: document.version,
      at: Date.now(),
      changes: contentChanges,
      cursors: cursorsIn(document),
      known: reason === undefined ? "not yet" : "told", // undo and redo bring back what the server has seen before
    };
    this.last = seen;
    if (seen.known === "told") return;
    const detail = (event as { readonly detailedReason?: Detail }).detailedReason;
    const told = detail === undefined ? undefined : fromDetail(detail);
    if (told === undefined) setTimeout(() => this.settle(seen), SETTLED_AFTER);
    else this.report(seen, told, "told");
  }

  /** Runs right after the editor's own command that accepts a suggestion: the latest change was that suggestion. */
  private mark(kind: Kind): void {
    const seen = this.last;
    if (seen === undefined || seen.known === "told" || seen.document !== vscode.window.activeTextEditor?.document) return;
    const within = looksTyped(seen.changes) ? MARK_TYPED_WITHIN : MARK_WITHIN;
    if (Date.now() - seen.at <= within) this.report(seen, signal(kind), "told");
  }

  private settle(seen: Seen): void {
    if (seen.known !== "not yet") return;
    const pasted = this.pasted.filter((one) => one.uri === seen.uri && one.at <= seen.at && seen.at - one.at < PASTE_WITHIN);
    const saved = (this.savedAt.get(seen.document) ?? 0) >= seen.at;
    const reloaded = !seen.document.isDirty && !saved && !seen.document.isUntitled;
    const circumstances = { cursors: seen.cursors, pasted: pasted.map((one) => one.text), reloaded };
    this.report(seen, fromCircumstances(seen.changes, circumstances), "guessed");
  }

  private report(seen: Seen, told: Signal | "silent", known: "guessed" | "told"): void {
    seen.known = known;
    const ranges = insertedRanges(seen.changes);
    if (told !== "silent" && ranges.length > 0) void this.deliver(seen, { ...told, ranges });
  }

  /** Only after the server has the version that the ranges are about. */
  private async deliver(seen: Seen, told: Signal & Pick<DidInsertParams, "ranges">): Promise<void> {
    const { uri, version } = seen;
    if (await this.deliveries.after(uri, version)) await this.send({ textDocument: { uri, version }, ...told });
    else this.warn(`an insertion (${told.origin.kind}) of before the server knew its document was not reported: ${uri}`);
  }

  /** The provider offers nothing: it is asked before each paste, and so learns the pasted text exactly. */
  private watchPaste(): vscode.Disposable {
    const provideDocumentPasteEdits = async (
      document: vscode.TextDocument,
      _ranges: readonly vscode.Range[],
      transfer: vscode.DataTransfer,
    ): Promise<undefined> => this.remember(document, transfer);
    const kinds = { providedPasteEditKinds: [KIND], pasteMimeTypes: ["text/plain"] };
    return vscode.languages.registerDocumentPasteEditProvider(this.selector, { provideDocumentPasteEdits }, kinds);
  }

  private watchDrop(): vscode.Disposable {
    const provideDocumentDropEdits = async (
      document: vscode.TextDocument,
      _position: vscode.Position,
      transfer: vscode.DataTransfer,
    ): Promise<undefined> => this.remember(document, transfer);
    const kinds = { providedDropEditKinds: [KIND], dropMimeTypes: ["text/plain"] };
    return vscode.languages.registerDocumentDropEditProvider(this.selector, { provideDocumentDropEdits }, kinds);
  }

  private async remember(document: vscode.TextDocument, transfer: vscode.DataTransfer): Promise<undefined> {
    const at = Date.now();
    const text = await transfer.get("text/plain")?.asString();
    const recent = this.pasted.filter((one) => at - one.at < PASTE_WITHIN);
    this.pasted = text ? [...recent, { uri: document.uri.toString(), at, text }] : recent;
  }
}

const KIND = vscode.DocumentDropOrPasteEditKind.Empty.append("gifthorse");

/** The cursors in a document's editor: still those from before the change while its event is handled. */
function cursorsIn(document: vscode.TextDocument): readonly vscode.Position[] {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document ? editor.selections.map((one) => one.active) : [];
}
