import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { AuroraAlarms } from "../../../constructs/data/aurora-alarms";
import type { Alarms } from "../../../constructs/observability/alarm-topic";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addTopic } from "../parts";
import { exception, facts } from "../readings";

function synthAlarms(maxAcu: number, alarms: (stack: TestStack) => Alarms = addTopic): Synthesized {
  return synthesizeTestStack(
    (stack) => new AuroraAlarms(stack, "DatabaseAlarms", { cluster: "shop-database", maxAcu, alarms: alarms(stack) }),
  );
}

describe("AuroraAlarms", () => {
  test("ring when there is no more capacity, and take a paused cluster's silence for nothing", () => {
    expect(synthAlarms(8).byName(CloudwatchMetricAlarm)["database_alarms_capacity_high"]).toMatchObject({
      alarm_name: "shop-test-database-alarms-capacity-high",
      namespace: "AWS/RDS",
      metric_name: "ACUUtilization",
      dimensions: { DBClusterIdentifier: "shop-database" },
      statistic: "Average",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 90,
      period: 300,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      treat_missing_data: "notBreaching",
    });
  });

  // Default max_connections of Aurora MySQL on Serverless v2 by its maximum capacity; between two steps the lower one holds at least.
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
  test.each([
    [1, 90],
    [2, 90],
    [4, 135],
    [8, 1000],
    [16, 2000],
    [32, 3000],
    [64, 4000],
    [128, 5000],
    [192, 6000],
    [256, 6000],
  ])("ring at four fifths of the connections that a cluster of %d ACU takes, which are %d", (maxAcu, connections) => {
    expect(synthAlarms(maxAcu).byName(CloudwatchMetricAlarm)["database_alarms_connections_high"]).toMatchObject({
      metric_name: "DatabaseConnections",
      dimensions: { DBClusterIdentifier: "shop-database" },
      statistic: "Maximum",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: Math.floor(connections * 0.8),
      treat_missing_data: "notBreaching",
    });
  });

  test("are two", () => {
    expect(synthAlarms(8).addresses(CloudwatchMetricAlarm)).toEqual([
      "aws_cloudwatch_metric_alarm.database_alarms_capacity_high",
      "aws_cloudwatch_metric_alarm.database_alarms_connections_high",
    ]);
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthAlarms(8, () => ({ unmonitoredBecause: "a copy for reports" }));
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toEqual([
      exception("DatabaseAlarms alarms", "database shop-database has no alarms", "a copy for reports"),
    ]);
  });
});
