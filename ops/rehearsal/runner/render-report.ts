import Table from "cli-table3";
import type { ProviderReport } from "../provider/provider-report";
import type { RehearsalReport, RootReport, StepReport } from "./report";

/**
 * One line of progress, the same on a terminal and in a log.
 *
 * @param width characters of the longest root's name.
 */
export function stepLine(root: string, width: number, { step, passed, seconds, summary }: StepReport): string {
  return `${root.padEnd(width)}  ${step.padEnd("second plan".length)}  ${passed ? "passed" : "FAILED"}  ${seconds.toFixed(1)} s  ${summary}`.trimEnd();
}

/** The report as an operator reads it: a table of roots, then what the rehearsal met and what it cannot know. */
export function renderReport(report: RehearsalReport): string {
  const table = new Table({
    head: ["root", "resources", "added", "seconds", "result"],
    colAligns: ["left", "right", "right", "right", "left"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const root of report.roots) table.push([root.root, root.resources, root.added, root.seconds.toFixed(1), resultOf(root)]);
  const kept = report.roots.flatMap(({ root, folder }) => (folder === undefined ? [] : [`${root}: state and plan are in ${folder}`]));
  const deletionProtected = report.roots.reduce((sum, root) => sum + root.deletionProtected.length, 0);
  return [
    table.toString(),
    ...kept,
    ...providerNotes(report.provider),
    ...(deletionProtected === 0
      ? []
      : [`${deletionProtected} resources have deletion protection, which AWS enforces and a rehearsal does not`]),
    "What a rehearsal cannot know:",
    ...report.cannotKnow.map((sentence) => `  - ${sentence}`),
  ].join("\n");
}

function resultOf({ passed, steps, protected: refused }: RootReport): string {
  if (!passed) return `failed at ${steps.at(-1)?.step ?? "the start"}`;
  return refused.length === 0 ? "passed" : `passed, protected: ${refused.length} resources refused to be destroyed`;
}

/** What an operator should read of the provider's findings; the long lists stand in the JSON report in full. */
export function providerNotes(found: ProviderReport): readonly string[] {
  const named: readonly (readonly [string, readonly string[]])[] = [
    ["Types in use that the facts table lacks", found.typesWithoutFacts],
    ["Data sources in use that are not answered", found.unsupportedDataSources],
    ["Ephemeral resources in use that are not opened", found.unsupportedEphemerals],
    ["Names asked for twice", found.duplicateNames],
    ["Blocks that are checked only against what the roots write", found.inferredShapes],
    ["Taken to exist in the account", found.assumedToExist],
  ];
  const counted: readonly (readonly [string, readonly string[]])[] = [
    ["attributes were guessed to be computed or sensitive", found.guesses],
    ["computed attributes got a value of no known format", found.placeholders],
    ["facts have no attribute in the bindings", found.unmatchedFacts],
    ["patterns could not be checked", found.skippedPatterns],
  ];
  const counts = counted.filter(([, list]) => list.length > 0).map(([what, list]) => `${list.length} ${what}`);
  return [
    ...named.filter(([, list]) => list.length > 0).map(([what, list]) => `${what}: ${list.join(", ")}`),
    ...(counts.length === 0 ? [] : [`${counts.join("; ")} (--json names them)`]),
  ];
}
