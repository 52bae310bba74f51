import type { Construct } from "constructs";
import { Alarm } from "../observability/alarm";
import type { AlarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";

/** Alarms on what a service's tasks use. They also ring when no task runs, because then there is no figure. */
export function serviceAlarms(
  scope: Construct,
  topic: AlarmTopic,
  { name, cpu, memory }: { name: string; cpu: Metric; memory: Metric },
): void {
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
}
