import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import type { AlarmTopic } from "./alarm-topic";
import type { Metric } from "./metric";

export interface AlarmProps {
  readonly topic: AlarmTopic;
  readonly metric: Metric;
  readonly comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";
  readonly threshold: number;
  /** Length of one period, in seconds. @default 60 */
  readonly periodSeconds?: number;
  /** How many periods are looked at, and how many of them must be bad. @default 5 of 5 */
  readonly periods?: { readonly of: number; readonly bad: number };
  /**
   * What silence means. `breaching` for things that always report when they live, `notBreaching` for counts of bad
   * events, which are reported only when there are some.
   */
  readonly missingData: "breaching" | "notBreaching" | "ignore" | "missing";
  /** What it means when it rings, in one sentence for whoever is woken up. */
  readonly means: string;
  /** Page and heading below docs/runbooks that says what to do, for example `ecs.md#cpu`. */
  readonly runbook: `${string}.md#${string}`;
}

/** An alarm that says what it means, what silence means, and where to read on. It tells the topic when it rings and when it stops. */
export class Alarm extends Construct {
  /** Name in CloudWatch; a deployment can watch it. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { topic, metric, comparison, threshold, periodSeconds = 60, periods = { of: 5, bad: 5 }, missingData, means, runbook } = props;
    if (periods.bad < 1 || periods.bad > periods.of) throw new PropsError(this, "periods", "must have 1 to `of` bad ones", periods);
    const name = physicalName(this, NAME_LIMIT.alarm);
    this.name = new CloudwatchMetricAlarm(this, "Default", {
      provider: topic.provider,
      alarmName: name,
      alarmDescription: `${means} Runbook: docs/runbooks/${runbook}`,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: metric.dimensions,
      ...(/^p\d/.test(metric.statistic) ? { extendedStatistic: metric.statistic } : { statistic: metric.statistic }),
      period: periodSeconds,
      evaluationPeriods: periods.of,
      datapointsToAlarm: periods.bad,
      comparisonOperator: comparison,
      threshold,
      treatMissingData: missingData,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    }).alarmName;
    SystemStack.of(this).inventory.add({ kind: "alarm", id: name, name, region: topic.region, means, missingData, runbook });
  }
}
