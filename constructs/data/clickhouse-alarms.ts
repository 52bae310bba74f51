import { Construct } from "constructs";
import type { Instance } from "../compute/instance";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";

export interface ClickHouseAlarmsProps {
  /** What the machine calls itself in metrics. */
  readonly name: string;
  readonly instance: Instance;
  readonly alarms: Alarms;
}

/** Where the data volume is mounted. */
const DATA_PATH = "/var/lib/clickhouse";

/** File systems that are watched: kind, by path. Amazon Linux makes its root with XFS, we make the data volume with ext4. */
const FILE_SYSTEMS = { DataDiskHigh: { path: DATA_PATH, fstype: "ext4" }, RootDiskHigh: { path: "/", fstype: "xfs" } };

/**
 * Configuration of the CloudWatch agent: how full the disks and the memory are, by the machine's name alone, so that a
 * replaced instance goes on where the old one stopped.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
 */
export function agentConfig(machine: string, namespace: string): string {
  const common = { measurement: ["used_percent"], append_dimensions: { Machine: machine } };
  const config = {
    agent: { metrics_collection_interval: 60, omit_hostname: true },
    metrics: {
      namespace,
      metrics_collected: {
        disk: { ...common, resources: Object.values(FILE_SYSTEMS).map(({ path }) => path), drop_device: true },
        mem: common,
      },
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** Alarms of a ClickHouse server: it does not answer, a disk fills up, memory runs out. Silence counts as failure. */
export class ClickHouseAlarms extends Construct {
  constructor(scope: Construct, id: string, { name, instance, alarms }: ClickHouseAlarmsProps) {
    super(scope, id);
    instance.expectHeartbeat("ClickhouseAnswers", {
      means: `ClickHouse on ${name} does not answer: events queue up, and the back office has no figures.`,
      runbook: "clickhouse.md#no-answer",
    });
    const topic = alarmTopic(this, alarms, `ClickHouse on ${name}`);
    if (topic === undefined) return;
    const common = { topic, comparison: "GreaterThanOrEqualToThreshold", missingData: "breaching" } as const;
    for (const [alarm, dimensions] of Object.entries(FILE_SYSTEMS)) {
      new Alarm(this, alarm, {
        ...common,
        metric: instance.metric("disk_used_percent", "Maximum", dimensions),
        threshold: 80,
        means: `${dimensions.path} of ${name} is four fifths full; ClickHouse stops writing when it is full.`,
        runbook: "clickhouse.md#disk",
      });
    }
    new Alarm(this, "MemoryHigh", {
      ...common,
      metric: instance.metric("mem_used_percent", "Average"),
      threshold: 90,
      means: `${name} has hardly any memory left; ClickHouse refuses queries, and is stopped when it goes on.`,
      runbook: "clickhouse.md#memory",
    });
  }
}
