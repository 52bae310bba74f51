import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { PostgresAlarms } from "../../../constructs/data/postgres-alarms";
import { postgresClass } from "../../../constructs/data/postgres-class";
import { PostgresMetrics } from "../../../constructs/data/postgres-metrics";
import type { Alarms } from "../../../constructs/observability/alarm-topic";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addTopic } from "../parts";
import { exception, facts, once } from "../readings";

function synthAlarms(alarms: (stack: TestStack) => Alarms = addTopic): Synthesized {
  return synthesizeTestStack((stack) => {
    const capacity = postgresClass(stack, "db.t3.micro");
    const metrics = new PostgresMetrics("shop-db");
    new PostgresAlarms(stack, "DbAlarms", { identifier: "shop-db", metrics, capacity, storageGib: 20, alarms: alarms(stack) });
  });
}

const plain = once(() => synthAlarms());
const alarm = (name: string) => plain().byName(CloudwatchMetricAlarm)[`db_alarms_${name}`];
const FIFTEEN_MINUTES = { period: 300, evaluation_periods: 3, datapoints_to_alarm: 3 };

describe("PostgresAlarms", () => {
  test("ring when the processors are busy, and when the instance says nothing any more", () => {
    expect(alarm("cpu_high")).toMatchObject({
      alarm_name: "shop-test-db-alarms-cpu-high",
      namespace: "AWS/RDS",
      metric_name: "CPUUtilization",
      dimensions: { DBInstanceIdentifier: "shop-db" },
      statistic: "Average",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 80,
      treat_missing_data: "breaching",
      ...FIFTEEN_MINUTES,
    });
  });

  test("ring for storage where RDS should have grown it, and has not for half an hour", () => {
    expect(alarm("storage_low")).toMatchObject({
      metric_name: "FreeStorageSpace",
      statistic: "Minimum",
      comparison_operator: "LessThanOrEqualToThreshold",
      threshold: 2_147_483_648, // a tenth of 20 GiB
      treat_missing_data: "notBreaching",
      period: 300,
      evaluation_periods: 6,
      datapoints_to_alarm: 6,
    });
  });

  test("ring when a twentieth of the class's memory is left", () => {
    expect(alarm("memory_low")).toMatchObject({
      metric_name: "FreeableMemory",
      statistic: "Minimum",
      comparison_operator: "LessThanOrEqualToThreshold",
      threshold: 53_687_091, // of 1 GiB
      treat_missing_data: "notBreaching",
      ...FIFTEEN_MINUTES,
    });
  });

  test("ring at four fifths of the connections that the class takes", () => {
    expect(alarm("connections_high")).toMatchObject({
      metric_name: "DatabaseConnections",
      statistic: "Maximum",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 64, // of 80
      treat_missing_data: "notBreaching",
      ...FIFTEEN_MINUTES,
    });
  });

  test("are four", () => {
    expect(plain().addresses(CloudwatchMetricAlarm)).toEqual([
      "aws_cloudwatch_metric_alarm.db_alarms_connections_high",
      "aws_cloudwatch_metric_alarm.db_alarms_cpu_high",
      "aws_cloudwatch_metric_alarm.db_alarms_memory_low",
      "aws_cloudwatch_metric_alarm.db_alarms_storage_low",
    ]);
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthAlarms(() => ({ unmonitoredBecause: "a copy for reports" }));
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toEqual([exception("DbAlarms alarms", "database shop-db has no alarms", "a copy for reports")]);
  });
});
