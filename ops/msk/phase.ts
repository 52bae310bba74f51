import Table from "cli-table3";
import type { Fact } from "../../constructs/base/inventory-facts";
import type { KafkaFact } from "../../constructs/base/inventory-parts";
import type { Context } from "../cli/context";
import { EXIT } from "../cli/operator-error";
import { type LiveCluster, PHASE_WORDS, type PhaseAdvice, phaseAdvice, type Verdict } from "./phase-advice";
import { liveCluster, type PhaseDesk } from "./phase-live";

/** What the command may touch of the operator's world. */
export type PhaseWorld = Pick<Context, "print" | "setExitCode">;

/** 0 when config/ may be applied as it is, 1 when something must come to its end first, 2 when config/ must change first. */
const EXITS: Readonly<Record<Verdict, 0 | 1 | 2>> = {
  matches: EXIT.done,
  apply: EXIT.done,
  wait: EXIT.failed,
  failed: EXIT.failed,
  refused: EXIT.refused,
};

export function isKafka(fact: Fact): fact is KafkaFact {
  return fact.kind === "kafka";
}

/**
 * Says which phase a root's live cluster is in, which one config/ asks for, and what to apply next. It changes nothing.
 *
 * @throws {OperatorError} when AWS does not say, or the credentials are another account's.
 */
export async function showPhase(desk: PhaseDesk, world: PhaseWorld, { json }: { readonly json: boolean }): Promise<void> {
  const { inventory, fact } = desk;
  const live = await liveCluster(desk);
  const advice = phaseAdvice(inventory.root, fact.phase, live);
  world.print(json ? phaseDocument(desk, live, advice) : phaseTable(fact, live, advice));
  world.setExitCode(EXITS[advice.verdict]);
}

function phaseTable(fact: KafkaFact, live: LiveCluster | undefined, { next }: PhaseAdvice): string {
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ["cluster", fact.name],
    ["state", live?.state ?? "not there"],
    ["has", live === undefined ? "nothing yet" : waysIn(live)],
    ["config/ asks for", PHASE_WORDS[fact.phase]],
    ["next", next],
  );
  return table.toString();
}

function waysIn({ isPublic, isMultiVpc }: LiveCluster): string {
  const ways = [...(isPublic ? [PHASE_WORDS.public] : []), ...(isMultiVpc ? [PHASE_WORDS.multiVpc] : [])];
  return ways.length === 0 ? PHASE_WORDS.create : ways.join(" and ");
}

function phaseDocument({ inventory, fact }: PhaseDesk, live: LiveCluster | undefined, advice: PhaseAdvice): string {
  const { root } = inventory;
  return JSON.stringify({ version: 1, root, cluster: fact.name, wanted: fact.phase, live: live ?? null, ...advice }, null, 2);
}
