import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { facts } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import { ALL } from "./marqo-roots";

beforeAll(packHandlers);

const FUNCTIONS = ["custom-message", "post-confirmation", "pre-sign-up", "pre-token-generation"];
const TABLES = ["cluster-assignment", "cluster-pool", "index-configs", "users-accounts"];
const silent = (names: readonly string[], policy: "breaching" | "notBreaching") => Object.fromEntries(names.map((name) => [name, policy]));

/** What silence means to each alarm. `breaching` where a thing that lives always reports. */
const ALARMS = {
  ...silent(["api-server-errors", "api-slow"], "notBreaching"),
  ...silent(["balancer-http-no-healthy-task", "monolith-cpu-high", "monolith-memory-high", "monolith-tasks-missing"], "breaching"),
  ...silent(
    TABLES.flatMap((table) => [`tables-${table}-reads-throttled`, `tables-${table}-writes-throttled`]),
    "notBreaching",
  ),
  ...silent(
    FUNCTIONS.flatMap((name) => ["duration-near-limit", "errors", "throttles"].map((alarm) => `users-${name}-alarms-${alarm}`)),
    "notBreaching",
  ),
};

describe.each(ALL)("Marqo's alarms in %s", (environment, root) => {
  const expected = Object.fromEntries(Object.entries(ALARMS).map(([name, silence]) => [`${environment}-marqo-${name}`, silence]));

  test("are these, each with what silence means", () => {
    const live = root()
      .all(CloudwatchMetricAlarm)
      .map(({ alarm_name, treat_missing_data }) => [alarm_name, treat_missing_data]);
    expect(Object.fromEntries(live)).toEqual(expected);
    expect(Object.fromEntries(facts(root(), "alarm").map(({ name, missingData }) => [name, missingData]))).toEqual(expected);
  });

  test("tell somebody when they ring and when they stop", () => {
    for (const alarm of root().all(CloudwatchMetricAlarm))
      expect(alarm).toMatchObject({ alarm_actions: ["${aws_sns_topic.alarms.arn}"], ok_actions: ["${aws_sns_topic.alarms.arn}"] });
  });

  test("say what they mean, and where to read on", () => {
    for (const { runbook, means } of facts(root(), "alarm")) {
      expect(runbook).toMatch(/^[a-z-]+\.md#[a-z-]+$/);
      expect(means.length).toBeGreaterThan(20);
    }
  });

  test("count what a function could not do, and not whom it refused", () => {
    for (const name of FUNCTIONS) {
      const alarm = root().byName(CloudwatchMetricAlarm)[`users_${name.replaceAll("-", "_")}_alarms_errors`];
      expect(alarm).toMatchObject({
        namespace: `${environment}-marqo/functions`,
        metric_name: `${environment}-marqo-users-${name}-failures`,
        threshold: 1,
      });
    }
  });
});
