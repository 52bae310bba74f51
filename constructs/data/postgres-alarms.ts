import { Construct } from "constructs";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { PostgresClass } from "./postgres-class";
import type { PostgresMetrics } from "./postgres-metrics";

export interface PostgresAlarmsProps {
  readonly identifier: string;
  readonly metrics: PostgresMetrics;
  readonly capacity: PostgresClass;
  readonly storageGib: number;
  readonly alarms: Alarms;
}

const GIB = 1024 ** 3;
/** RDS grows the storage at this share of free space. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html */
const FREE_STORAGE_SHARE = 0.1;
/** Little enough that the smallest class does not ring at rest, and still before the database is killed. Arbitrary. */
const FREE_MEMORY_SHARE = 0.05;

/**
 * Alarms of an RDS instance: its processor, storage, memory and connections. Replicas and burst balances have none: there
 * is no replica, gp3 has no balance, and the t families of RDS go on at full speed for money.
 */
export class PostgresAlarms extends Construct {
  constructor(scope: Construct, id: string, props: PostgresAlarmsProps) {
    super(scope, id);
    const { identifier, metrics, capacity, storageGib, alarms } = props;
    const topic = alarmTopic(this, alarms, `database ${identifier}`);
    if (topic === undefined) return;
    new Alarm(this, "CpuHigh", {
      topic,
      metric: metrics.cpu,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 80,
      periodSeconds: 300,
      periods: { of: 3, bad: 3 },
      missingData: "breaching",
      means: `${identifier}'s processors have been four fifths busy for fifteen minutes; no data means that it is down.`,
      runbook: "postgres.md#cpu",
    });
    // An instance that is down says nothing at all: one alarm for that is enough.
    const common = { topic, periodSeconds: 300, missingData: "notBreaching" } as const;
    new Alarm(this, "StorageLow", {
      ...common,
      metric: metrics.freeStorage,
      comparison: "LessThanOrEqualToThreshold",
      threshold: Math.floor(storageGib * GIB * FREE_STORAGE_SHARE),
      // RDS waits five minutes, then grows the storage in a few: what lasts longer it cannot help.
      periods: { of: 6, bad: 6 },
      means: `${identifier} has hardly any storage left and has not grown; it refuses writes when it is full.`,
      runbook: "postgres.md#storage",
    });
    new Alarm(this, "MemoryLow", {
      ...common,
      metric: metrics.freeableMemory,
      comparison: "LessThanOrEqualToThreshold",
      threshold: Math.floor(capacity.memoryGib * GIB * FREE_MEMORY_SHARE),
      periods: { of: 3, bad: 3 },
      means: `${identifier} has hardly any memory left; the next large query may end every connection.`,
      runbook: "postgres.md#memory",
    });
    new Alarm(this, "ConnectionsHigh", {
      ...common,
      metric: metrics.connections,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: Math.floor(capacity.maxConnections * 0.8),
      periods: { of: 3, bad: 3 },
      means: `${identifier} has four fifths of the ${capacity.maxConnections} connections that it takes.`,
      runbook: "postgres.md#connections",
    });
  }
}
