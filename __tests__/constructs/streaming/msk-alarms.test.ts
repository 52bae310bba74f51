import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { synthesizeTestStack } from "../../support/synthesized";
import { addTopic } from "../parts";
import { exception, facts, once } from "../readings";
import { addCluster, synthCluster } from "./clusters";

const watched = once(() => synthesizeTestStack((stack) => addCluster(stack, { alarms: addTopic(stack) })));
const ofCluster = { namespace: "AWS/Kafka", dimensions: { "Cluster Name": "shop-events" }, statistic: "Maximum" };
const ofBroker = (broker: string) => ({
  namespace: "AWS/Kafka",
  dimensions: { "Cluster Name": "shop-events", "Broker ID": broker },
  // A broker is away for minutes whenever MSK patches it.
  treat_missing_data: "notBreaching",
});

describe("alarms of an MskCluster", () => {
  test("ring when nobody leads it or partitions are offline, and when the whole cluster reports nothing", () => {
    expect(watched().byName(CloudwatchMetricAlarm)).toMatchObject({
      events_alarms_no_controller: {
        ...ofCluster,
        metric_name: "ActiveControllerCount",
        comparison_operator: "LessThanThreshold",
        threshold: 1,
        treat_missing_data: "breaching",
      },
      events_alarms_offline_partitions: {
        ...ofCluster,
        metric_name: "OfflinePartitionsCount",
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        treat_missing_data: "breaching",
      },
    });
  });

  test.each(["1", "2"])("ring for broker %s when it lacks replicas, disk or CPU", (broker) => {
    expect(watched().byName(CloudwatchMetricAlarm)).toMatchObject({
      [`events_alarms_broker${broker}_under_min_insync`]: {
        ...ofBroker(broker),
        metric_name: "UnderMinIsrPartitionCount",
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
      },
      [`events_alarms_broker${broker}_disk_full`]: {
        ...ofBroker(broker),
        metric_name: "KafkaDataLogsDiskUsed",
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 85,
      },
      // Forty idle are sixty in use.
      [`events_alarms_broker${broker}_cpu_high`]: {
        ...ofBroker(broker),
        metric_name: "CpuIdle",
        statistic: "Average",
        comparison_operator: "LessThanOrEqualToThreshold",
        threshold: 40,
        period: 300,
        evaluation_periods: 3,
        datapoints_to_alarm: 3,
      },
    });
  });

  test("are two, and three for each broker; one more broker moves none of them", () => {
    const names = (brokersPerZone: number): string[] =>
      synthesizeTestStack((stack) => addCluster(stack, { brokersPerZone, alarms: addTopic(stack) })).addresses(CloudwatchMetricAlarm);
    expect(names(1)).toHaveLength(8);
    expect(names(2)).toHaveLength(14);
    expect(names(2)).toEqual(expect.arrayContaining(names(1)));
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthCluster({ alarms: { unmonitoredBecause: "a cluster for experiments" } });
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toEqual([
      exception("Events/Alarms alarms", "Kafka cluster shop-events has no alarms", "a cluster for experiments"),
    ]);
  });
});
