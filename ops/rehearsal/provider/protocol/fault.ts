import { SEVERITY, type WireDiagnostic } from "./rpc";
import type { ValuePath } from "./value-path";

/** Something that an operator must put right. */
export interface Fault {
  /** A few words, as a heading. */
  readonly summary: string;
  /** One sentence: where, what rule, what was given, what to do. */
  readonly detail: string;
  readonly path?: ValuePath;
  /** @default "error" */
  readonly severity?: "error" | "warning";
}

/** Ends a call with a fault instead of an answer. */
export class FaultError extends Error {
  constructor(readonly fault: Fault) {
    super(fault.detail);
    this.name = "FaultError";
  }
}

export function isError(fault: Fault): boolean {
  return fault.severity !== "warning";
}

export function toDiagnostic({ summary, detail, path, severity = "error" }: Fault): WireDiagnostic {
  return { severity: SEVERITY[severity], summary, detail, ...(path === undefined ? {} : { attribute: path.toWire() }) };
}
