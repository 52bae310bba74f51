import type { Construct } from "constructs";
import { Alarm } from "../observability/alarm";
import type { AlarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";

/** What the alarms of a service look at. */
export interface WatchedService {
  readonly name: string;
  readonly cpu: Metric;
  readonly memory: Metric;
  /** Tasks that run; none where the cluster does not count them. */
  readonly running: Metric | undefined;
  /** Tasks that should run at least. */
  readonly minTasks: number;
}

/** Alarms on what a service's tasks use, and on how many there are. The former also ring when no task runs: then there is no figure. */
export function serviceAlarms(scope: Construct, topic: AlarmTopic, { name, cpu, memory, running, minTasks }: WatchedService): void {
  const common = { topic, comparison: "GreaterThanOrEqualToThreshold", missingData: "breaching" } as const;
  new Alarm(scope, "CpuHigh", {
    ...common,
    metric: cpu,
    threshold: 90,
    means: `${name} uses nearly all its CPU, and scaling does not help or is at its end; no data means that no task runs.`,
    runbook: "ecs.md#cpu",
  });
  new Alarm(scope, "MemoryHigh", {
    ...common,
    metric: memory,
    threshold: 90,
    means: `${name} is close to its memory limit, where ECS kills the task; no data means that no task runs.`,
    runbook: "ecs.md#memory",
  });
  if (running === undefined) return;
  new Alarm(scope, "TasksMissing", {
    topic,
    metric: running,
    comparison: "LessThanThreshold",
    threshold: minTasks,
    missingData: "breaching",
    means: `${name} runs fewer tasks than it should: they do not start, or end as soon as they have.`,
    runbook: "ecs.md#tasks",
  });
}
