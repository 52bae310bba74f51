import { Construct } from "constructs";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";

export interface AuroraAlarmsProps {
  /** Identifier of the cluster. */
  readonly cluster: string;
  readonly maxAcu: number;
  readonly alarms: Alarms;
}

/**
 * Connections that Aurora MySQL takes by default, by the largest capacity in ACU. Between two steps the lower one holds at least.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 */
const CONNECTIONS_BY_ACU: readonly (readonly [maxAcu: number, connections: number])[] = [
  [192, 6000],
  [128, 5000],
  [64, 4000],
  [32, 3000],
  [16, 2000],
  [8, 1000],
  [4, 135],
];
const FEWEST_CONNECTIONS = 90;

/** Alarms of a Serverless v2 cluster: no room to grow, and no room for connections. */
export class AuroraAlarms extends Construct {
  constructor(scope: Construct, id: string, { cluster, maxAcu, alarms }: AuroraAlarmsProps) {
    super(scope, id);
    const topic = alarmTopic(this, alarms, `database ${cluster}`);
    if (topic === undefined) return;
    const metric = (name: string, statistic: string): Metric => ({
      namespace: "AWS/RDS",
      name,
      dimensions: { DBClusterIdentifier: cluster },
      statistic,
    });
    // A paused cluster reports nothing, so silence is no fault.
    const common = {
      topic,
      comparison: "GreaterThanOrEqualToThreshold",
      missingData: "notBreaching",
      periodSeconds: 300,
      periods: { of: 3, bad: 3 },
    } as const;
    new Alarm(this, "CapacityHigh", {
      ...common,
      metric: metric("ACUUtilization", "Average"),
      threshold: 90,
      means: `${cluster} runs at the most capacity it may take.`,
      runbook: "aurora.md#capacity",
    });
    const [, connections = FEWEST_CONNECTIONS] = CONNECTIONS_BY_ACU.find(([acu]) => acu <= maxAcu) ?? [];
    new Alarm(this, "ConnectionsHigh", {
      ...common,
      metric: metric("DatabaseConnections", "Maximum"),
      threshold: Math.floor(connections * 0.8),
      means: `${cluster} has four fifths of the connections it can take at its largest.`,
      runbook: "aurora.md#connections",
    });
  }
}
