import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { LambdaFunctionProps } from "../../../constructs/compute/lambda-function";
import { workBesidePackages } from "../../support/packed-handlers";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addFunction } from "../functions";
import { addTopic } from "../parts";
import { once, statements } from "../readings";

workBesidePackages({ greet: "a package" });

function synthAsynchronous(props: (stack: TestStack) => Partial<LambdaFunctionProps> = () => ({})): Synthesized {
  const invocation = { kind: "asynchronous", retries: 2, maxAgeSeconds: 3600 } as const;
  return synthesizeTestStack((stack) => addFunction(stack, { invocation, ...props(stack) }));
}

const plain = once(() => synthAsynchronous());

describe("what an asynchronous LambdaFunction could not deal with", () => {
  test("waits in an encrypted queue of its own for 14 days, after as many tries as were asked for", () => {
    expect(plain().only(SqsQueue)).toEqual({
      name: "shop-test-greeter-failures",
      message_retention_seconds: 1_209_600,
      sqs_managed_sse_enabled: true,
    });
    expect(plain().only(LambdaFunctionEventInvokeConfig)).toEqual({
      function_name: "${aws_lambda_function.greeter.function_name}",
      maximum_retry_attempts: 2,
      maximum_event_age_in_seconds: 3600,
      destination_config: { on_failure: { destination: "${aws_sqs_queue.greeter_failures.arn}" } },
      depends_on: ["aws_iam_role_policy.greeter_role_policy"],
    });
  });

  test("is sent there with the function's role, which may send to no other queue", () => {
    expect(statements(plain().only(IamRolePolicy)["policy"])).toContainEqual({
      Sid: "KeepFailedEvents",
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: "${aws_sqs_queue.greeter_failures.arn}",
    });
  });

  test("is never sent or read in the clear", () => {
    expect(statements(plain().only(SqsQueuePolicy)["policy"])).toEqual([
      {
        Sid: "NothingInTheClear",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: "${aws_sqs_queue.greeter_failures.arn}",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("rings as soon as something waits", () => {
    const synthesized = synthAsynchronous((stack) => ({ alarms: addTopic(stack) }));
    expect(synthesized.byName(CloudwatchMetricAlarm)["greeter_failures_waiting"]).toMatchObject({
      namespace: "AWS/SQS",
      metric_name: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "shop-test-greeter-failures" },
      statistic: "Maximum",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      treat_missing_data: "notBreaching",
      alarm_description:
        "shop-test-greeter could not deal with an event, which waits in shop-test-greeter-failures. Runbook: docs/runbooks/lambda.md#failed-events",
    });
  });

  test("keeps the address under which events wait", () => {
    expect(plain().addresses(SqsQueue)).toEqual(["aws_sqs_queue.greeter_failures"]);
  });

  test("has no queue where the caller waits for the answer", () => {
    const synthesized = synthesizeTestStack((stack) => addFunction(stack));
    expect([synthesized.all(SqsQueue), synthesized.all(LambdaFunctionEventInvokeConfig)]).toEqual([[], []]);
  });
});
