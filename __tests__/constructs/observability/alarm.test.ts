import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Alarm, type AlarmProps } from "../../../constructs/observability/alarm";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addTopic } from "../parts";
import { facts } from "../readings";

const METRIC = { namespace: "AWS/ECS", name: "CPUUtilization", dimensions: { ClusterName: "shop" }, statistic: "Average" } as const;

function synthAlarm(props: Partial<AlarmProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => {
    new Alarm(new Construct(stack, "Api"), "CpuHigh", {
      topic: addTopic(stack),
      metric: METRIC,
      comparison: "GreaterThanThreshold",
      threshold: 90,
      missingData: "breaching",
      means: "The api is busy.",
      runbook: "ecs.md#cpu",
      ...props,
    });
  });
}

describe("Alarm", () => {
  test("looks at five minutes, tells the topic when it rings and when it stops, and says what to do", () => {
    expect(synthAlarm().only(CloudwatchMetricAlarm)).toEqual({
      alarm_name: "shop-test-api-cpu-high",
      alarm_description: "The api is busy. Runbook: docs/runbooks/ecs.md#cpu",
      namespace: "AWS/ECS",
      metric_name: "CPUUtilization",
      dimensions: { ClusterName: "shop" },
      statistic: "Average",
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 5,
      comparison_operator: "GreaterThanThreshold",
      threshold: 90,
      treat_missing_data: "breaching",
      alarm_actions: ["${aws_sns_topic.alarms.arn}"],
      ok_actions: ["${aws_sns_topic.alarms.arn}"],
    });
  });

  test.each(["p95", "p99.9"])("asks for the percentile %s where CloudWatch wants percentiles", (statistic) => {
    const alarm = synthAlarm({ metric: { ...METRIC, statistic } }).only(CloudwatchMetricAlarm);
    expect(alarm["extended_statistic"]).toBe(statistic);
    expect(alarm).not.toHaveProperty("statistic");
  });

  test("looks at other periods, and takes silence as it is told", () => {
    expect(
      synthAlarm({
        periodSeconds: 300,
        periods: { of: 3, bad: 2 },
        missingData: "notBreaching",
        comparison: "LessThanThreshold",
        threshold: 0,
      }).only(CloudwatchMetricAlarm),
    ).toMatchObject({
      period: 300,
      evaluation_periods: 3,
      datapoints_to_alarm: 2,
      treat_missing_data: "notBreaching",
      comparison_operator: "LessThanThreshold",
      threshold: 0,
    });
  });

  test("keeps its address and states what it means", () => {
    const synthesized = synthAlarm();
    expect(synthesized.addresses(CloudwatchMetricAlarm)).toEqual(["aws_cloudwatch_metric_alarm.api_cpu_high"]);
    expect(facts(synthesized, "alarm")).toMatchObject([
      { name: "shop-test-api-cpu-high", means: "The api is busy.", missingData: "breaching", runbook: "ecs.md#cpu" },
    ]);
  });
});
