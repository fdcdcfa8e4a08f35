/**
 * What one change event says about where its text came from. Pure: values in, values out, nothing of the editor.
 *
 * It names what was seen and never concludes "an assistant wrote this" from the shape of an edit: that is the server's.
 */

import type { DidInsertParams, Kind, Position, Range } from "./protocol";

/** The tool's name where the editor does not say which extension offered the text. */
export const UNKNOWN_ASSISTANT = "unknown assistant";

export interface Change {
  readonly range: Range;
  readonly rangeLength: number;
  readonly text: string;
}

/** The editor's own account of a change, in editors that give one to extensions. */
export interface Detail {
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Signal {
  readonly origin: DidInsertParams["origin"];
  readonly evidence: DidInsertParams["evidence"];
}

/** What is known about a change shortly after it. `cursors` are the positions before it, none where nobody looks at the text. */
export interface Circumstances {
  readonly cursors: readonly Position[];
  readonly pasted: readonly string[];
  readonly reloaded: boolean;
}

/**
 * A signal that claims nothing, or claims for an assistant of unknown name. "bulk" claims nothing, but the server may be
 * told to infer from it: then nobody knows the name either.
 */
export function signal(kind: Kind, evidence: Signal["evidence"] = "reported"): Signal {
  const nameless: readonly Kind[] = ["inline-completion", "partial", "next-edit", "chat", "agent", "bulk"];
  return { origin: { tool: nameless.includes(kind) ? UNKNOWN_ASSISTANT : "editor", kind }, evidence };
}

/**
 * The signal in the editor's own account. "silent": it was a person's gesture, such as typing or a rename.
 * undefined: the account does not settle it, so the circumstances must.
 */
export function fromDetail(detail: Detail): Signal | "silent" | undefined {
  switch (detail.source) {
    case "inlineCompletionAccept":
      return claim(detail, detail.metadata["$nes"] === true ? "next-edit" : "inline-completion");
    case "inlineCompletionPartialAccept":
      return claim(detail, "partial");
    case "inlineChat.applyEdits":
      return claim(detail, "chat");
    case "Chat.applyEdits":
      return claim(detail, detail.metadata["$$mode"] === "agent" ? "agent" : "chat");
    case "reloadFromDisk":
      return signal("disk");
    case "cursor":
      return detail.metadata["kind"] === "paste" ? signal("paste") : "silent";
    case "suggest":
    case "snippet":
    case "rename":
    case "codeAction":
      return "silent";
    default:
      return undefined;
  }
}

/** The weaker signal in a change's circumstances, or "silent" for typing, deleting and other small gestures. */
export function fromCircumstances(changes: readonly Change[], seen: Circumstances): Signal | "silent" {
  const insertions = changes.filter((change) => change.text.length > 0);
  if (insertions.length === 0) return "silent";
  if (seen.pasted.some((text) => sameText(insertions, text))) return signal("paste");
  if (seen.reloaded) return signal("disk", "inferred");
  if (looksTyped(changes)) return "silent";
  if (changes.length > 1 || !atCursor(changes[0], seen.cursors)) return signal("programmatic", "inferred");
  if (insertions.some((change) => change.rangeLength > 0 && !change.text.includes("\n"))) return "silent"; // a completed word
  return signal("bulk", "inferred");
}

/** Whether everything that was inserted is what a person types in one go. */
export function looksTyped(changes: readonly Change[]): boolean {
  return changes.every((change) => change.text.length === 0 || TYPED.test(change.text));
}

/** Where the inserted texts are after the event. The event's own ranges are places in the text before it. */
export function insertedRanges(changes: readonly Change[]): Range[] {
  const ranges: Range[] = [];
  let lines = 0; // how far lines have moved by the changes above
  let last: { line: number; shift: number } = { line: -1, shift: 0 }; // how far characters on that old line have moved
  for (const { range, text } of [...changes].sort((a, b) => compare(a.range.start, b.range.start))) {
    const shift = range.start.line === last.line ? last.shift : 0;
    const start = { line: range.start.line + lines, character: range.start.character + shift };
    const end = endOf(start, text);
    if (text.length > 0) ranges.push({ start, end });
    lines += end.line - start.line - (range.end.line - range.start.line);
    last = { line: range.end.line, shift: end.character - range.end.character };
  }
  return ranges;
}

/** What a person types in one go: a character, a line break with its indentation, a closed pair. */
const TYPED = /^(?:.|\r?\n[ \t]*|[ \t]+|\(\)|\[\]|\{\}|<>|""|''|``|"""|'''|```)$/su;

function claim(detail: Detail, kind: Kind): Signal {
  const model = text(detail.metadata["$modelId"]);
  const session = text(detail.metadata["$$sessionId"]);
  return {
    origin: {
      tool: text(detail.metadata["$extensionId"]) ?? UNKNOWN_ASSISTANT,
      kind,
      ...(model === undefined ? {} : { model }),
      ...(session === undefined ? {} : { session }),
    },
    evidence: "reported",
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether the insertions are the pasted text; the editor adapts indentation and line ends while it pastes. */
function sameText(insertions: readonly Change[], pasted: string): boolean {
  const plain = (value: string): string => value.split(/\r\n|\r|\n/).map((line) => line.trim()).join("\n").trim();
  const wanted = plain(pasted);
  return insertions.every((change) => plain(change.text) === wanted) || plain(insertions.map((change) => change.text).join("\n")) === wanted;
}

function atCursor(change: Change | undefined, cursors: readonly Position[]): boolean {
  const [cursor] = cursors;
  if (change === undefined || cursor === undefined || cursors.length > 1) return false;
  return compare(change.range.start, cursor) <= 0 && compare(cursor, change.range.end) <= 0;
}

function endOf(start: Position, inserted: string): Position {
  const lines = inserted.split(/\r\n|\r|\n/);
  const length = lines[lines.length - 1]?.length ?? 0;
  return { line: start.line + lines.length - 1, character: lines.length === 1 ? start.character + length : length };
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
