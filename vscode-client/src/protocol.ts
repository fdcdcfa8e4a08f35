/**
 * The names and shapes of what Gifthorse adds to the Language Server Protocol, as docs/protocol.md describes them.
 *
 * Shapes only. What a message means is decided in the server.
 */

export const DID_INSERT = "gifthorse/didInsert";
export const DID_CHANGE_TRUST = "gifthorse/didChangeTrust";
export const REGIONS = "gifthorse/regions";
export const STATISTICS = "gifthorse/statistics";
export const REGIONS_CHANGED = "gifthorse/regionsChanged";
export const STATUS = "gifthorse/status";

/** Commands that the server carries out (workspace/executeCommand). */
export const MARK_INSERTED = "gifthorse.markInserted";
export const MARK_HUMAN = "gifthorse.markHuman";
export const APPROVE = "gifthorse.approve";
export const DISPUTE = "gifthorse.dispute";
export const REJECT = "gifthorse.reject";
export const SUPPRESS = "gifthorse.suppress";
export const RESCAN = "gifthorse.rescan";

/** Commands that the server leaves to this client, because it can ask the person. */
export const CLIENT_SUPPRESS = "gifthorse.client.suppress";
export const CLIENT_DISPUTE = "gifthorse.client.dispute";

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** How text arrived. The last four are signals, from which the server concludes what it thinks right. */
export type Kind =
  | "inline-completion"
  | "partial"
  | "next-edit"
  | "chat"
  | "agent"
  | "paste"
  | "programmatic"
  | "bulk"
  | "disk";

export interface Origin {
  readonly tool: string;
  readonly kind: string;
  readonly model?: string;
  readonly session?: string;
}

export interface DidInsertParams {
  readonly textDocument: { readonly uri: string; readonly version: number };
  readonly ranges: readonly Range[];
  readonly origin: Origin & { readonly kind: Kind };
  readonly evidence: "reported" | "inferred";
}

export type Standing = "unreviewed" | "approved" | "disputed" | "reopened";

export type Evidence = "reported" | "hooked" | "recorded" | "declared" | "copied" | "inferred";

export interface Region {
  readonly id: string;
  readonly uri: string;
  readonly ranges: readonly Range[];
  readonly origin: Origin;
  readonly evidence: Evidence;
  readonly copiedFrom?: string;
  readonly insertedAt: string;
  readonly retained: number;
  readonly standing: Standing;
  readonly reviewBy?: readonly (readonly string[])[];
  readonly findings: { readonly high: number; readonly medium: number; readonly low: number };
}

export interface RegionsParams {
  readonly textDocument?: { readonly uri: string };
}

export interface RegionsResult {
  readonly regions: readonly Region[];
}

export interface StatisticsParams {
  readonly textDocument?: { readonly uri: string };
}

export interface Statistics {
  readonly files: number;
  readonly lines: { readonly ai: number; readonly human: number; readonly mixed: number; readonly unknown: number; readonly blank: number };
  readonly share: number;
  readonly regions: number;
  readonly tools: readonly { readonly tool: string; readonly regions: number }[];
  readonly findings: { readonly high: number; readonly medium: number; readonly low: number };
  readonly reviewed?: number;
}

export interface StatisticsResult {
  readonly workspace: Statistics & { readonly calledHuman: number };
  readonly document?: Statistics;
}

export interface RegionsChangedParams {
  readonly uri: string;
  readonly version: number;
}

export interface StatusParams {
  readonly state: "ready" | "busy" | "degraded";
  readonly message?: string;
  readonly unreviewed: number;
  readonly notAnalysed: readonly string[];
}
