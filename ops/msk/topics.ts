import type { Context } from "../cli/context";
import { EXIT, OperatorError } from "../cli/operator-error";
import type { TopicsAnswer } from "./topics-answer";
import { askTopicsFunction, type TopicsDesk } from "./topics-function";
import { doneLines, planTable } from "./topics-table";

/** What a command of `ops msk topics` may touch of the operator's world. */
export type TopicsWorld = Pick<Context, "print" | "printError" | "confirm" | "setExitCode">;

export interface PlanOptions {
  /** Plan the deletion of topics that are not in config/. */
  readonly allowDelete: boolean;
  /** Print one JSON document and nothing else. */
  readonly json: boolean;
}

export interface ApplyOptions extends PlanOptions {
  /** Do not ask before topics are deleted. */
  readonly yes: boolean;
}

/**
 * Shows what a root's cluster lacks of what config/ says, and changes nothing. Exit status 2 when config/ asks for something
 * that Kafka cannot do.
 *
 * @throws {OperatorError} when the function cannot be asked, or cannot reach Kafka.
 */
export async function planTopics(desk: TopicsDesk, world: TopicsWorld, { allowDelete, json }: PlanOptions): Promise<void> {
  const answer = await askTopicsFunction(desk, { action: "plan", allowDelete });
  if (json) printDocument(desk, answer, world);
  else world.print(planTable(answer.plan));
  refuse(answer, world);
}

/**
 * Shows the plan, asks before it deletes, and then applies that plan and no other. Exit status 1 when a step failed, 2 when
 * nothing was done.
 *
 * @throws {OperatorError} as {@link planTopics} does; and when the operator says no, or the topics have changed since the plan.
 */
export async function applyTopics(desk: TopicsDesk, world: TopicsWorld, { allowDelete, json, yes }: ApplyOptions): Promise<void> {
  const { fact } = desk;
  const planned = await askTopicsFunction(desk, { action: "plan", allowDelete });
  if (!json) world.print(planTable(planned.plan));
  if (planned.plan.refusals.length > 0) {
    if (json) printDocument(desk, planned, world);
    refuse(planned, world);
    return;
  }
  const deleted = planned.plan.steps.flatMap(({ kind, topic }) => (kind === "delete" ? [topic] : []));
  if (deleted.length > 0 && !yes && !(await world.confirm(`Delete ${deleted.join(", ")} from ${fact.cluster}, with all messages?`)))
    throw new OperatorError("nothing was changed", EXIT.refused);

  const applied = await askTopicsFunction(desk, { action: "apply", allowDelete, plan: planned.plan.id });
  if (applied.outcome === "outdated")
    throw new OperatorError(
      `the topics of ${fact.cluster} have changed since the plan was made, so nothing was done; run again`,
      EXIT.refused,
    );
  if (json) printDocument(desk, applied, world);
  else for (const line of doneLines(applied)) world.print(line);
  refuse(applied, world);
  const failures = applied.results.flatMap((result) => (result.done ? [] : [result.because]));
  for (const sentence of failures) world.printError(sentence);
  if (failures.length > 0) world.setExitCode(EXIT.failed);
}

/** Says what cannot be, one sentence a line. */
function refuse({ plan }: TopicsAnswer, world: TopicsWorld): void {
  for (const sentence of plan.refusals) world.printError(sentence);
  if (plan.refusals.length > 0) world.setExitCode(EXIT.refused);
}

function printDocument({ inventory, fact }: TopicsDesk, answer: TopicsAnswer, world: TopicsWorld): void {
  world.print(JSON.stringify({ ...answer, root: inventory.root, cluster: fact.cluster }, null, 2));
}
