import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { facts, statements } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import { BOTH, PROD_EXPORTING } from "./atlas-roots";

beforeAll(packHandlers);

/** Each alarm's metric, and what silence means to it. `breaching` where a thing that lives always reports. */
const ALARMS = {
  "alb-dashboard-backend-unhealthy-tasks": "UnHealthyHostCount notBreaching",
  "alb-kafka-ui-unhealthy-tasks": "UnHealthyHostCount notBreaching",
  "alb-no-task": "HTTPCode_ELB_5XX_Count notBreaching",
  "alb-server-errors": "HTTPCode_Target_5XX_Count notBreaching",
  "alb-slow": "TargetResponseTime notBreaching",
  "alb-unhealthy-tasks": "UnHealthyHostCount notBreaching",
  ...Object.fromEntries(
    ["dashboard-backend", "events-ingestion", "kafka-ui"].flatMap((service) => [
      [`${service}-cpu-high`, "CPUUtilization breaching"],
      [`${service}-memory-high`, "MemoryUtilization breaching"],
      [`${service}-tasks-missing`, "RunningTaskCount breaching"],
    ]),
  ),
  "msk-alarms-no-controller": "ActiveControllerCount breaching",
  "msk-alarms-offline-partitions": "OfflinePartitionsCount breaching",
  // A broker that restarts is silent; a cluster is not.
  ...Object.fromEntries(
    [1, 2].flatMap((broker) => [
      [`msk-alarms-broker${broker}-cpu-high`, "CpuIdle notBreaching"],
      [`msk-alarms-broker${broker}-disk-full`, "KafkaDataLogsDiskUsed notBreaching"],
      [`msk-alarms-broker${broker}-under-min-insync`, "UnderMinIsrPartitionCount notBreaching"],
    ]),
  ),
  "rds-alarms-connections-high": "DatabaseConnections notBreaching",
  "rds-alarms-cpu-high": "CPUUtilization breaching",
  "rds-alarms-memory-low": "FreeableMemory notBreaching",
  "rds-alarms-storage-low": "FreeStorageSpace notBreaching",
  "topics-function-alarms-duration-near-limit": "Duration notBreaching",
  "topics-function-alarms-errors": "topics-function-failures notBreaching",
  "topics-function-alarms-throttles": "Throttles notBreaching",
};

describe.each(BOTH)("Atlas' alarms in %s", (environment, prefix, root) => {
  const named = Object.fromEntries(Object.entries(ALARMS).map(([name, alarm]) => [`${prefix}-${name}`, alarm]));

  test("are these, each with its metric and what silence means", () => {
    const live = root()
      .all(CloudwatchMetricAlarm)
      .map(({ alarm_name, metric_name, metric_query, treat_missing_data }) => {
        const [query] = (metric_query ?? []) as { metric?: { metric_name: string } }[];
        const metric = String(metric_name ?? query?.metric?.metric_name).replace(`${prefix}-`, "");
        return [alarm_name, `${metric} ${treat_missing_data}`];
      });
    expect(Object.fromEntries(live)).toEqual(named);
    const stated = facts(root(), "alarm").map(({ name, missingData }) => [name, missingData]);
    expect(stated).toEqual(
      Object.entries(named)
        .map(([name, alarm]) => [name, alarm.split(" ")[1]])
        .sort(),
    );
  });

  test("say what they mean, and lead to a page that has the heading", () => {
    for (const { means, runbook } of facts(root(), "alarm")) {
      expect(runbook).toMatch(/^[a-z-]+\.md#[a-z0-9-]+$/);
      expect(means.length).toBeGreaterThan(20);
    }
  });

  test("ring and end at one topic, which has the operator's address, a variable", () => {
    for (const alarm of root().all(CloudwatchMetricAlarm))
      expect(alarm).toMatchObject({ alarm_actions: ["${aws_sns_topic.alarms.arn}"], ok_actions: ["${aws_sns_topic.alarms.arn}"] });
    expect(root().only(SnsTopic)).toEqual({ name: `${prefix}-alarms` });
    expect(root().only(SnsTopicSubscription)).toMatchObject({ protocol: "email", endpoint: "${var.alert_email}" });
    expect(Object.keys(root().json["variable"] as object)).toEqual(["alert_email"]);
  });

  test("come to a topic that CloudWatch and Budgets of this account publish to, and nobody else", () => {
    const topic = "${aws_sns_topic.alarms.arn}";
    expect(statements(root().only(SnsTopicPolicy)["policy"])).toEqual([
      {
        Sid: "OnlyAlarmsAndBudgetsPublish",
        Effect: "Allow",
        Principal: { Service: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] },
        Action: "sns:Publish",
        Resource: topic,
        Condition: { StringEquals: { "aws:SourceAccount": root().inventory.accountId } },
      },
      expect.objectContaining({ Sid: "NothingInTheClear", Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: topic }),
    ]);
  });

  test("and the budget tells the same address of what was spent and of what is foreseen", () => {
    const tells = { comparison_operator: "GREATER_THAN", threshold_type: "PERCENTAGE", subscriber_email_addresses: ["${var.alert_email}"] };
    expect(root().only(BudgetsBudget)).toMatchObject({
      limit_amount: environment === "prod" ? "800" : "350",
      limit_unit: "USD",
      cost_filter: [{ name: "TagKeyValue", values: [`user:Root$atlas-${environment}`] }],
      notification: [
        { ...tells, notification_type: "ACTUAL", threshold: 80 },
        { ...tells, notification_type: "FORECASTED", threshold: 100 },
      ],
    });
  });
});

test("exports have an alarm for copies that come late", () => {
  const late = facts(PROD_EXPORTING(), "alarm").filter(({ name }) => name.startsWith("poc-atlas-prod-exports"));
  expect(late).toMatchObject([{ missingData: "notBreaching", runbook: "kafka.md#exports" }]);
});
