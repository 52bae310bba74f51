import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { facts } from "../constructs/readings";
import { BOTH, PRODUCTION, SECRET_HEADER } from "./allthrive-roots";

/** What silence means to each alarm. `breaching` where a thing that lives always reports. */
const BEHIND_ANY_ORIGIN = {
  "alb-no-task": "notBreaching",
  "alb-server-errors": "notBreaching",
  "alb-slow": "notBreaching",
  "alb-ws-unhealthy-tasks": "notBreaching",
  "cloudfront-function-errors": "notBreaching",
  "cloudfront-server-errors": "notBreaching",
  "ecs-celery-beat-cpu-high": "breaching",
  "ecs-celery-beat-memory-high": "breaching",
  "ecs-celery-beat-tasks-missing": "breaching",
  "ecs-celery-cpu-high": "breaching",
  "ecs-celery-memory-high": "breaching",
  "ecs-celery-tasks-missing": "breaching",
  "ecs-weaviate-cpu-high": "breaching",
  "ecs-weaviate-memory-high": "breaching",
  "ecs-weaviate-tasks-missing": "breaching",
  "ecs-web-cpu-high": "breaching",
  "ecs-web-memory-high": "breaching",
  "ecs-web-tasks-missing": "breaching",
  "elasticache-cpu-high": "breaching",
  "elasticache-memory-high": "breaching",
  "rds-alarms-connections-high": "notBreaching",
  "rds-alarms-cpu-high": "breaching",
  "rds-alarms-memory-low": "notBreaching",
  "rds-alarms-storage-low": "notBreaching",
};
const ALARMS = {
  ...BEHIND_ANY_ORIGIN,
  "alb-origin-no-task": "notBreaching",
  "alb-origin-server-errors": "notBreaching",
  "alb-origin-slow": "notBreaching",
  "alb-origin-unhealthy-tasks": "notBreaching",
};

function named(environment: string, alarms: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(alarms).map(([name, silence]) => [`${environment}-allthrive-${name}`, silence]));
}

describe.each(BOTH)("AllThrive's alarms in %s", (environment, root) => {
  test("are these, each with what silence means", () => {
    const live = root()
      .all(CloudwatchMetricAlarm)
      .map(({ alarm_name, treat_missing_data }) => [alarm_name, treat_missing_data]);
    expect(Object.fromEntries(live)).toEqual(named(environment, ALARMS));
    expect(Object.fromEntries(facts(root(), "alarm").map(({ name, missingData }) => [name, missingData]))).toEqual(
      named(environment, ALARMS),
    );
  });

  test("tell somebody when they ring and when they stop, in their own region", () => {
    for (const [name, alarm] of Object.entries(root().byName(CloudwatchMetricAlarm))) {
      const topic = `\${aws_sns_topic.${name.startsWith("cloudfront") ? "cloudfront_alarms" : "alarms"}.arn}`;
      expect(alarm).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
      expect(alarm["provider"]).toBe(name.startsWith("cloudfront") ? "aws.us-east-1" : undefined);
    }
  });

  test("stand for every service, data store and way in", () => {
    const names = Object.keys(root().byName(CloudwatchMetricAlarm));
    for (const part of [
      "alb",
      "alb_origin",
      "cloudfront",
      "ecs_web",
      "ecs_celery",
      "ecs_celery_beat",
      "ecs_weaviate",
      "elasticache",
      "rds",
    ])
      expect(names.filter((name) => name.startsWith(`${part}_`))).not.toEqual([]);
  });

  test("are beside a dashboard of every service", () => {
    const { dashboard_name, dashboard_body } = root().only(CloudwatchDashboard);
    expect(dashboard_name).toBe(`${environment}-allthrive`);
    for (const { name } of facts(root(), "service")) expect(dashboard_body).toContain(`"${name}"`);
  });
});

test("behind a secret header the one balancer's alarms stand for both ways in", () => {
  const names = facts(SECRET_HEADER(), "alarm").map(({ name, missingData }) => [name, missingData]);
  expect(Object.fromEntries(names)).toEqual(named("production", BEHIND_ANY_ORIGIN));
});

test("every alarm says what it means, and where to read on", () => {
  for (const { runbook, means } of facts(PRODUCTION(), "alarm")) {
    expect(runbook).toMatch(/^[a-z-]+\.md#[a-z-]+$/);
    expect(means.length).toBeGreaterThan(20);
  }
});
