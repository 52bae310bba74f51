import { setTimeout as sleep } from "node:timers/promises";
import type { StepResult, TopicCluster, TopicPlan, TopicStep } from "./topic-model";
import { planTopics } from "./topics";
import { TopicsError } from "./topics-error";
import type { TopicsRequest } from "./topics-request";

/** What became of a request. */
export type TopicsOutcome =
  /** The plan was made and nothing else. */
  | "planned"
  /** The plan was carried out, and the cluster says so. */
  | "applied"
  /** Some steps failed; the results say which and why. */
  | "failed"
  /** The plan holds a refusal, so nothing was done. */
  | "refused"
  /** The cluster has changed since the plan that was to be applied, so nothing was done. */
  | "outdated";

export interface TopicsAnswer {
  readonly version: 1;
  readonly outcome: TopicsOutcome;
  readonly plan: TopicPlan;
  /** One for each step that was tried. */
  readonly results: readonly StepResult[];
}

/** How long the cluster is left alone before it is asked again whether a change has come to it. Arbitrary. */
const PAUSE_MS = 200;

/**
 * Plans, and where it is asked to, applies: exactly the plan that it answers with, one step after the other. A step that
 * fails keeps no other from being done. Safe to run again: what is done is in no later plan.
 *
 * @param log is told of each change when it is made.
 * @param signal goes off when time is up; its reason is thrown.
 */
export async function runTopics(
  request: TopicsRequest,
  cluster: TopicCluster,
  log: (result: StepResult) => void,
  signal: AbortSignal,
): Promise<TopicsAnswer> {
  const { action, allowDelete, plan: expected, topics: wanted } = request;
  const makePlan = async (): Promise<TopicPlan> => planTopics({ wanted, found: await cluster.list(), allowDelete });
  const plan = await makePlan();
  const answer = (outcome: TopicsOutcome, results: readonly StepResult[] = []): TopicsAnswer => ({ version: 1, outcome, plan, results });
  if (plan.refusals.length > 0) return answer("refused");
  if (action === "plan") return answer("planned");
  if (expected !== undefined && expected !== plan.id) return answer("outdated");

  const results: StepResult[] = [];
  for (const step of plan.steps) {
    signal.throwIfAborted();
    const result = await tried(step, cluster);
    log(result);
    results.push(result);
  }
  const failed = new Set(results.filter(({ done }) => !done).map(({ topic }) => topic));
  // A broker answers from what it has heard of the change so far, which may be nothing yet.
  while ((await makePlan()).steps.some(({ topic }) => !failed.has(topic))) await sleep(PAUSE_MS, undefined, { signal });
  return answer(failed.size > 0 ? "failed" : "applied", results);
}

async function tried(step: TopicStep, cluster: TopicCluster): Promise<StepResult> {
  const { topic, kind } = step;
  try {
    await make(step, cluster);
    return { topic, kind, done: true };
  } catch (error) {
    if (!(error instanceof TopicsError)) throw error;
    return { topic, kind, done: false, because: error.message };
  }
}

function make(step: TopicStep, cluster: TopicCluster): Promise<void> {
  switch (step.kind) {
    case "create":
      return cluster.create({ name: step.topic, partitions: step.partitions, replicas: step.replicas, settings: step.settings });
    case "addPartitions":
      return cluster.addPartitions(step.topic, step.to);
    case "alterSettings":
      return cluster.alterSettings(step.topic, step.changes);
    case "delete":
      return cluster.delete(step.topic);
  }
}
