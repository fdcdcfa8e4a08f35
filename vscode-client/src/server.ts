/**
 * The server: which program it is, starting it, and one clear message where it cannot be started.
 *
 * It looks for one program in one place and hunts for no interpreters.
 */

import { constants, promises as files } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type NotebookDocumentMiddleware,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";
import type { Deliveries } from "./deliveries";
import { describeMissing } from "./missing";

/** The scheme of the cells of notebooks: each is a document. */
export const CELL = "vscode-notebook-cell";

export const SELECTOR: { readonly scheme: string }[] = [{ scheme: "file" }, { scheme: "untitled" }, { scheme: CELL }];

const SETTING = "gifthorse.server.command";
const DEFAULT = "gifthorse";
const RESTARTS = 4;

/** What the setting says now. */
export function chosenCommand(): string {
  return vscode.workspace.getConfiguration().get<string>(SETTING, DEFAULT).trim() || DEFAULT;
}

/** The program to start: the setting, else the one that was built into the extension, else the one on the PATH. */
export async function serverCommand(context: vscode.ExtensionContext): Promise<string | undefined> {
  const chosen = chosenCommand();
  const bundled = path.join(context.extensionPath, "bundled", DEFAULT);
  return (chosen === DEFAULT ? await executable(bundled) : undefined) ?? (await find(chosen));
}

/** Say once that there is no server and what to do; resolves with true when the person wants another try. */
export async function explainMissing(): Promise<boolean> {
  const chosen = chosenCommand();
  const choice = await vscode.window.showErrorMessage(describeMissing(chosen), "Open Setting", "Try Again");
  if (choice === "Open Setting") await vscode.commands.executeCommand("workbench.action.openSettings", SETTING);
  return choice === "Try Again";
}

/** A client for this program. It notes in `deliveries` what has been sent of each document. */
export function createClient(
  command: string,
  deliveries: Deliveries,
  output: vscode.LogOutputChannel,
  gone: (message: string) => void,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => ({ trusted: vscode.workspace.isTrusted, asksReason: true, asksComment: true }),
    initializationFailedHandler: () => false,
    errorHandler: errorHandler(gone),
    middleware: {
      didOpen: async (document, next) => {
        const { version } = document; // read before waiting: it is the version that is being sent
        await next(document);
        deliveries.opened(document.uri.toString(), version);
      },
      didChange: async (event, next) => {
        const { version } = event.document;
        await next(event);
        deliveries.changed(event.document.uri.toString(), version);
      },
      didClose: async (document, next) => {
        deliveries.forget(document.uri.toString());
        await next(document);
      },
      notebooks: cellsIn(deliveries),
    },
  };
  return new LanguageClient("gifthorse", "Gifthorse", { command, args: ["lsp"] }, options);
}

/** Cells are sent with their notebook; what has been sent of them is noted as for any document. */
function cellsIn(deliveries: Deliveries): NonNullable<NotebookDocumentMiddleware["notebooks"]> {
  const opened = (cells: readonly vscode.TextDocument[]): [string, number][] => cells.map((cell) => [cell.uri.toString(), cell.version]);
  return {
    didOpen: async (notebook, cells, next) => {
      const versions = opened(cells.map((cell) => cell.document));
      await next(notebook, cells);
      for (const [uri, version] of versions) deliveries.opened(uri, version);
    },
    didChange: async (event, next) => {
      const { structure, textContent } = event.cells ?? {};
      const added = opened((structure?.didOpen ?? []).map((cell) => cell.document));
      const changed = opened((textContent ?? []).map((change) => change.document));
      await next(event);
      for (const [uri, version] of added) deliveries.opened(uri, version);
      for (const [uri, version] of changed) deliveries.changed(uri, version);
      for (const cell of structure?.didClose ?? []) deliveries.forget(cell.document.uri.toString());
    },
    didClose: async (notebook, cells, next) => {
      for (const cell of cells) deliveries.forget(cell.document.uri.toString());
      await next(notebook, cells);
    },
  };
}

export { State };

/** Restart a server that ends by itself, a few times; then say once that it keeps ending. */
function errorHandler(gone: (message: string) => void): ErrorHandler {
  let ends: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      const now = Date.now();
      ends = [...ends.filter((at) => now - at < 3 * 60_000), now];
      if (ends.length <= RESTARTS) return { action: CloseAction.Restart, handled: true };
      gone(`The Gifthorse server ended ${ends.length} times within three minutes and is not started again.`);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

/** An absolute path as it is; a name is looked up on the PATH. */
async function find(command: string): Promise<string | undefined> {
  if (path.isAbsolute(command)) return executable(command);
  if (command.includes("/") || command.includes("\\")) return undefined; // relative to what? A workspace must not answer that.
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter).filter((one) => path.isAbsolute(one))) {
    const found = await executable(path.join(folder, command));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function executable(file: string): Promise<string | undefined> {
  const names = process.platform === "win32" ? [file, `${file}.exe`] : [file];
  for (const name of names) {
    const usable = await files.access(name, constants.X_OK).then(() => true, () => false);
    if (usable && (await files.stat(name)).isFile()) return name;
  }
  return undefined;
}
