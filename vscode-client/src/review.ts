/**
 * What a person does with Regions: list them, go from one to the next, approve, dispute, reject, mark by hand.
 *
 * The deciding is the server's: these commands find out which Regions are meant and ask for what only a person can say.
 */

import * as vscode from "vscode";
import * as protocol from "./protocol";
import type { Region } from "./protocol";
import { type Regions, editorRange, summary } from "./regions";

export type Execute = (command: string, argument: object) => Promise<unknown>;

/** The commands of the palette and of code actions, by their ids. */
export function reviewCommands(regions: Regions, execute: Execute): Readonly<Record<string, (argument?: never) => Promise<void>>> {
  return {
    "gifthorse.region.list": async () => list(await regions.all()),
    "gifthorse.region.next": async () => go(regions, 1),
    "gifthorse.region.previous": async () => go(regions, -1),
    "gifthorse.region.approve": async () => {
      const ids = here(regions).map((region) => region.id);
      if (ids.length > 0) await execute(protocol.APPROVE, { regions: ids });
    },
    "gifthorse.region.dispute": async () => {
      const region = await choose(here(regions), "Which region do you dispute?");
      if (region !== undefined) await dispute(execute, { region: region.id });
    },
    "gifthorse.region.reject": async () => {
      const region = await choose(here(regions), "Which region shall be taken out again?");
      if (region !== undefined) await execute(protocol.REJECT, { region: region.id });
    },
    "gifthorse.selection.ai": async () => onSelection((place) => execute(protocol.MARK_INSERTED, place)),
    "gifthorse.selection.human": async () => notAI(regions, execute),
    "gifthorse.workspace.rescan": async () => {
      await execute(protocol.RESCAN, {});
    },
    [protocol.CLIENT_SUPPRESS]: async (argument?: object) => suppress(execute, argument ?? {}),
    [protocol.CLIENT_DISPUTE]: async (argument?: object) => dispute(execute, argument ?? {}),
  };
}

async function suppress(execute: Execute, argument: { readonly rule?: string }): Promise<void> {
  const { rule, ...place } = argument;
  const reason = await ask({
    title: rule === undefined ? "Suppress with a reason" : `Suppress ${rule} with a reason`,
    prompt: "Why is this right here? The reason is written into a comment beside the code.",
    placeHolder: "for example: the certificate is checked by the proxy in front",
  });
  if (reason !== undefined) await execute(protocol.SUPPRESS, { ...place, reason });
}

async function dispute(execute: Execute, argument: object): Promise<void> {
  const comment = await ask({ title: "Dispute this AI region", prompt: "What is wrong with it?", placeHolder: "for example: who checks that the path stays in the folder?" });
  if (comment !== undefined) await execute(protocol.DISPUTE, { ...argument, comment });
}

/** One line from the person; undefined when they changed their mind. */
async function ask(options: { title: string; prompt: string; placeHolder: string }): Promise<string | undefined> {
  const validateInput = (value: string): string | undefined => (value.trim() === "" ? "Some words are needed." : undefined);
  return (await vscode.window.showInputBox({ ...options, validateInput, ignoreFocusOut: true }))?.trim();
}

/** What is selected is a person's; where nothing is, one of the Regions at the cursor. */
async function notAI(regions: Regions, execute: Execute): Promise<void> {
  if (vscode.window.activeTextEditor?.selection.isEmpty === false) {
    await onSelection((place) => execute(protocol.MARK_HUMAN, place));
    return;
  }
  const region = await choose(here(regions), "Which region did a person write?");
  if (region !== undefined) await execute(protocol.MARK_HUMAN, { region: region.id });
}

async function onSelection(act: (place: object) => Promise<unknown>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) {
    void vscode.window.showInformationMessage("Gifthorse: select the text first.");
    return;
  }
  const { start, end } = editor.selection;
  const position = (at: vscode.Position): protocol.Position => ({ line: at.line, character: at.character });
  await act({ uri: editor.document.uri.toString(), range: { start: position(start), end: position(end) } });
}

/** The Regions that the selection touches; where there are none, that is said. */
function here(regions: Regions): readonly Region[] {
  const editor = vscode.window.activeTextEditor;
  const found = editor === undefined ? [] : regions.of(editor.document.uri).filter((region) => touches(region, editor.selection));
  if (found.length === 0) vscode.window.setStatusBarMessage("Gifthorse: there is no AI region at the cursor.", 4000);
  return found;
}

function touches(region: Region, selection: vscode.Selection): boolean {
  return region.ranges.some((range) => editorRange(range).intersection(selection) !== undefined);
}

async function choose(regions: readonly Region[], title: string): Promise<Region | undefined> {
  if (regions.length < 2) return regions[0];
  const items = regions.map((region) => ({ label: summary(region), description: region.standing, region }));
  return (await vscode.window.showQuickPick(items, { title }))?.region;
}

async function go(regions: Regions, step: 1 | -1): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const starts = (editor === undefined ? [] : regions.of(editor.document.uri)).flatMap((region) => region.ranges.slice(0, 1).map((range) => editorRange(range).start));
  starts.sort((a, b) => a.compareTo(b));
  if (editor === undefined || starts.length === 0) {
    vscode.window.setStatusBarMessage("Gifthorse: there is no AI region in this file.", 4000);
    return;
  }
  const cursor = editor.selection.active;
  const next = step === 1 ? starts.find((at) => at.isAfter(cursor)) : starts.findLast((at) => at.isBefore(cursor));
  reveal(editor, next ?? (step === 1 ? starts[0] : starts[starts.length - 1]) ?? cursor);
}

interface Item extends vscode.QuickPickItem {
  readonly region?: Region;
}

/** Pick one of all Regions, those that wait for review first, and go there. */
async function list(regions: readonly Region[]): Promise<void> {
  const waiting = regions.filter((region) => region.standing !== "approved");
  const reviewed = regions.filter((region) => region.standing === "approved");
  const group = (label: string, members: readonly Region[]): Item[] =>
    members.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...members.map(item)];
  const items = [...group("to review", waiting), ...group("approved", reviewed)];
  if (items.length === 0) {
    void vscode.window.showInformationMessage("Gifthorse: there are no AI regions in this workspace.");
    return;
  }
  const title = `AI regions: ${waiting.length} to review, ${reviewed.length} approved`;
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: "Type to filter, Enter to go there", matchOnDescription: true });
  if (chosen?.region !== undefined) await open(chosen.region);
}

const ICONS: Readonly<Record<Region["standing"], string>> = {
  unreviewed: "circle-outline",
  reopened: "color-mode",
  disputed: "warning",
  approved: "check",
};

function item(region: Region): Item {
  const line = (region.ranges[0]?.start.line ?? 0) + 1;
  const place = `${vscode.workspace.asRelativePath(vscode.Uri.parse(region.uri))}:${line}`;
  return { label: `$(${ICONS[region.standing]}) ${place}`, description: `${summary(region)} · ${region.standing}`, region };
}

async function open(region: Region): Promise<void> {
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(region.uri));
  const [first] = region.ranges;
  if (first !== undefined) reveal(editor, editorRange(first).start);
}

function reveal(editor: vscode.TextEditor, at: vscode.Position): void {
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
