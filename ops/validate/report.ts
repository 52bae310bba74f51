import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { GroupedFinding } from "./finding";
import { runbookOf } from "./headings";

/** How many findings are what. */
export interface Summary {
  readonly ok: number;
  readonly wrong: number;
  readonly unknown: number;
}

export function summaryOf(findings: readonly GroupedFinding[]): Summary {
  const count = (verdict: GroupedFinding["verdict"]): number => findings.filter((finding) => finding.verdict === verdict).length;
  return { ok: count("ok"), wrong: count("wrong"), unknown: count("unknown") };
}

/** The report as people read it: a heading for each part, a line for each finding, a sum at the end. */
export function reportLines(root: string, findings: readonly GroupedFinding[]): readonly string[] {
  const parts = [...new Set(findings.map(({ part }) => part))];
  const { ok, wrong, unknown } = summaryOf(findings);
  return [
    ...parts.flatMap((part) => [part, ...findings.filter((finding) => finding.part === part).map(findingLine), ""]),
    `${root}: ${ok} ok, ${wrong} wrong, ${unknown} unknown`,
  ];
}

/** `verdict  what  what was found  what to do`, with two spaces between. */
function findingLine({ verdict, what, found, todo, heading }: GroupedFinding): string {
  const columns = [verdict.padEnd("unknown".length), what, found];
  return `  ${[...columns, ...(verdict === "ok" ? [] : [`${todo}; ${runbookOf(heading)}`])].join("  ").trimEnd()}`;
}

/** The report as scripts read it. */
export function reportDocument({ root, accountId, region }: InventoryDocument, findings: readonly GroupedFinding[]): object {
  return {
    version: 1,
    root,
    accountId,
    region,
    summary: summaryOf(findings),
    findings: findings.map(({ part, verdict, what, found, todo, heading }) => ({
      part,
      verdict,
      what,
      found,
      todo,
      runbook: runbookOf(heading),
    })),
  };
}
