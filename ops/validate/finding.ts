import type { Heading } from "./headings";

/** Groups of a report, in its order. */
export const PARTS = [
  "databases",
  "caches",
  "buckets",
  "secrets",
  "services",
  "load balancers",
  "certificates",
  "distributions",
  "names",
  "security groups",
  "tables",
  "Kafka clusters",
  "functions",
  "user pools",
  "instances",
  "alarms",
  "log groups",
  "errors in logs",
] as const;

export type Part = (typeof PARTS)[number];

/** What one check found out. It never holds a secret's value. */
export interface Finding {
  /** `unknown` when AWS did not answer, or did not allow the question: that is not well either. */
  readonly verdict: "ok" | "wrong" | "unknown";
  /** What was looked at, for example `database shop: public address`. */
  readonly what: string;
  readonly found: string;
  /** What to do, for an operator; empty when all is well. */
  readonly todo: string;
  /** Heading of docs/runbooks/validate.md that says more. */
  readonly heading: Heading;
  /** The thing does not exist at all. What else could be asked of it is left out. */
  readonly absent?: true;
}

/** A finding in the group that it is listed in. */
export interface GroupedFinding extends Finding {
  readonly part: Part;
}

/** @param todo what to do about it. @default - nothing, because it is well */
export function finding(heading: Heading, what: string, found: string, todo?: string): Finding {
  return { verdict: todo === undefined ? "ok" : "wrong", what, found, todo: todo ?? "", heading };
}

export function absent(heading: Heading, what: string, todo: string): Finding {
  return { ...finding(heading, what, "does not exist", todo), absent: true };
}
