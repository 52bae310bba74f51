import { Construct } from "constructs";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";

export interface MskAlarmsProps {
  readonly clusterName: string;
  /** MSK numbers them from 1. */
  readonly brokers: number;
  readonly alarms: Alarms;
}

/**
 * Alarms of an MSK cluster: nobody leads it, partitions are offline or refuse writes, a broker's disk or CPU is nearly used up.
 *
 * A broker that restarts, as each does when MSK patches it, reports nothing for some minutes: that rings no alarm of its own.
 * A cluster that reports nothing does.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class MskAlarms extends Construct {
  constructor(scope: Construct, id: string, { clusterName, brokers, alarms }: MskAlarmsProps) {
    super(scope, id);
    const topic = alarmTopic(this, alarms, `Kafka cluster ${clusterName}`);
    if (topic === undefined) return;
    const metric = (name: string, statistic: string, broker?: number): Metric => ({
      namespace: "AWS/Kafka",
      name,
      dimensions: { "Cluster Name": clusterName, ...(broker !== undefined && { "Broker ID": String(broker) }) },
      statistic,
    });
    new Alarm(this, "NoController", {
      topic,
      // Every controller reports whether it is the active one.
      metric: metric("ActiveControllerCount", "Maximum"),
      comparison: "LessThanThreshold",
      threshold: 1,
      missingData: "breaching",
      means: `${clusterName} has no active controller, so no topic changes and no broker takes over from another; no data means that it is down.`,
      runbook: "kafka.md#controller",
    });
    new Alarm(this, "OfflinePartitions", {
      topic,
      metric: metric("OfflinePartitionsCount", "Maximum"),
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      missingData: "breaching",
      means: `${clusterName} has partitions that no broker serves: they can be neither read nor written; no data means that it is down.`,
      runbook: "kafka.md#offline-partitions",
    });
    // A broker's number is its name in MSK, and stays the same when others come.
    for (let broker = 1; broker <= brokers; broker++) {
      const ofBroker = { topic, comparison: "GreaterThanOrEqualToThreshold", missingData: "notBreaching" } as const;
      new Alarm(this, `Broker${broker}UnderMinInsync`, {
        ...ofBroker,
        metric: metric("UnderMinIsrPartitionCount", "Maximum", broker),
        threshold: 1,
        means: `Broker ${broker} of ${clusterName} leads partitions with too few replicas in step: producers that ask for all of them are refused.`,
        runbook: "kafka.md#too-few-replicas",
      });
      new Alarm(this, `Broker${broker}DiskFull`, {
        ...ofBroker,
        metric: metric("KafkaDataLogsDiskUsed", "Maximum", broker),
        // @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#bestpractices-monitor-disk-space
        threshold: 85,
        means: `Broker ${broker} of ${clusterName} has used 85 % of its disk, though storage grows at 60 %: it may be at its most.`,
        runbook: "kafka.md#disk",
      });
      new Alarm(this, `Broker${broker}CpuHigh`, {
        ...ofBroker,
        metric: metric("CpuIdle", "Average", broker),
        comparison: "LessThanOrEqualToThreshold",
        // Sixty in use leave room for the broker's share when another one fails.
        // @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#bestpractices-monitor-cpu
        threshold: 40,
        periodSeconds: 300,
        periods: { of: 3, bad: 3 },
        means: `Broker ${broker} of ${clusterName} has had 60 % of its CPU in use for a quarter of an hour, and cannot stand in for another one.`,
        runbook: "kafka.md#cpu",
      });
    }
  }
}
