import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { LambdaFunctionProps } from "../../../constructs/compute/lambda-function";
import { workBesidePackages } from "../../support/packed-handlers";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addFunction } from "../functions";
import { addTopic } from "../parts";
import { exception, facts, once } from "../readings";

workBesidePackages({ greet: "a package" });

function synthWatched(props: Partial<LambdaFunctionProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => addFunction(stack, { alarms: addTopic(stack), ...props }));
}

const common = {
  alarm_actions: ["${aws_sns_topic.alarms.arn}"],
  ok_actions: ["${aws_sns_topic.alarms.arn}"],
  comparison_operator: "GreaterThanOrEqualToThreshold",
  period: 300,
  evaluation_periods: 1,
  datapoints_to_alarm: 1,
  treat_missing_data: "notBreaching",
};
const ofLambda = { ...common, namespace: "AWS/Lambda", dimensions: { FunctionName: "shop-test-greeter" } };

describe("alarms of a LambdaFunction", () => {
  const watched = once(() => synthWatched());

  test("ring on an exception, on a throttle, and when it nearly runs out of time; a function that nobody calls is quiet", () => {
    expect(watched().byName(CloudwatchMetricAlarm)).toEqual({
      greeter_alarms_errors: {
        ...ofLambda,
        alarm_name: "shop-test-greeter-alarms-errors",
        alarm_description: "shop-test-greeter failed; every exception counts. Runbook: docs/runbooks/lambda.md#errors",
        metric_name: "Errors",
        statistic: "Sum",
        threshold: 1,
      },
      greeter_alarms_throttles: {
        ...ofLambda,
        alarm_name: "shop-test-greeter-alarms-throttles",
        alarm_description:
          "shop-test-greeter was called more often at once than it, or the account, may run. Runbook: docs/runbooks/lambda.md#throttles",
        metric_name: "Throttles",
        statistic: "Sum",
        threshold: 1,
      },
      greeter_alarms_duration_near_limit: {
        ...ofLambda,
        alarm_name: "shop-test-greeter-alarms-duration-near-limit",
        alarm_description:
          "shop-test-greeter takes 80% or more of its 5 s, after which Lambda ends it. Runbook: docs/runbooks/lambda.md#duration",
        metric_name: "Duration",
        statistic: "Maximum",
        // Milliseconds: four of five seconds.
        threshold: 4000,
        evaluation_periods: 3,
        datapoints_to_alarm: 2,
      },
    });
  });

  test("count what the log calls a failure where the function refuses by throwing", () => {
    const synthesized = synthWatched({ invocation: { kind: "synchronous", errors: "logs" } });
    expect(synthesized.only(CloudwatchLogMetricFilter)).toEqual({
      name: "shop-test-greeter-failures",
      log_group_name: "${aws_cloudwatch_log_group.greeter_log_group.name}",
      pattern:
        '{ ($.outcome = "failed") || ($.record.status = "timeout") || ($.record.status = "failure") || ($.record.errorType = "Runtime.*") }',
      metric_transformation: { namespace: "shop-test/functions", name: "shop-test-greeter-failures", value: "1", unit: "Count" },
    });
    expect(synthesized.byName(CloudwatchMetricAlarm)["greeter_alarms_errors"]).toMatchObject({
      ...common,
      namespace: "shop-test/functions",
      metric_name: "shop-test-greeter-failures",
      alarm_description: "shop-test-greeter failed; what it refused on purpose is not counted. Runbook: docs/runbooks/lambda.md#errors",
    });
    expect(watched().all(CloudwatchLogMetricFilter)).toEqual([]);
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthWatched({ alarms: { unmonitoredBecause: "greets nobody yet" } });
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Greeter alarms", "function shop-test-greeter has no alarms", "greets nobody yet"),
    );
  });
});
