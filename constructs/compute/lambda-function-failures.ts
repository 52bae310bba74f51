import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { physicalName } from "../base/physical-name";
import { Alarm } from "../observability/alarm";
import type { AlarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import { policyDocument } from "../security/policy-document";
import type { Role } from "../security/role";

export interface LambdaFunctionFailuresProps {
  /** Name of the function. */
  readonly functionName: string;
  /** The name as a reference, which waits for the function. */
  readonly functionNameOnceMade: string;
  /** The function's own role: Lambda sends failed events with it. */
  readonly role: Role;
  /** How often Lambda tries an event again, 0 to 2. */
  readonly retries: 0 | 1 | 2;
  /** How long Lambda tries, in seconds, 60 to 21600. */
  readonly maxAgeSeconds: number;
  /** Where the alarm goes. @default - no alarm; the function has said why */
  readonly topic: AlarmTopic | undefined;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const QUEUE_NAME_LENGTH = 80;
/** Fourteen days, the longest that SQS keeps a message: failures of a holiday are still there after it. */
const KEPT_SECONDS = 14 * 24 * 60 * 60;

/** Where events end that a function was given asynchronously and could not deal with: a queue, which holds them for 14 days. */
export class LambdaFunctionFailures extends Construct {
  /** Name of the queue. */
  readonly queueName: string;

  constructor(scope: Construct, id: string, props: LambdaFunctionFailuresProps) {
    super(scope, id);
    const { functionName, functionNameOnceMade, role, retries, maxAgeSeconds, topic } = props;
    this.queueName = physicalName(this, QUEUE_NAME_LENGTH);
    const queue = new SqsQueue(this, "Default", {
      name: this.queueName,
      messageRetentionSeconds: KEPT_SECONDS,
      sqsManagedSseEnabled: true,
    });
    new SqsQueuePolicy(this, "Policy", {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          sid: "NothingInTheClear",
          effect: "Deny",
          actions: ["sqs:*"],
          resources: [queue.arn],
          principal: "*",
          condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    role.allow({ sid: "KeepFailedEvents", actions: ["sqs:SendMessage"], resources: [queue.arn] });
    new LambdaFunctionEventInvokeConfig(this, "Invocations", {
      functionName: functionNameOnceMade,
      maximumRetryAttempts: retries,
      maximumEventAgeInSeconds: maxAgeSeconds,
      destinationConfig: { onFailure: { destination: queue.arn } },
      // Lambda tries the permission out when it is told of the queue.
      dependsOn: [...role.policies],
    });
    if (topic === undefined) return;
    new Alarm(this, "Waiting", {
      topic,
      metric: this.waiting,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      periodSeconds: 300,
      periods: { of: 1, bad: 1 },
      missingData: "notBreaching",
      means: `${functionName} could not deal with an event, which waits in ${this.queueName}.`,
      runbook: "lambda.md#failed-events",
    });
  }

  /** Failed events that nobody has dealt with. An empty queue stops reporting after six hours. */
  get waiting(): Metric {
    return {
      namespace: "AWS/SQS",
      name: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: this.queueName },
      statistic: "Maximum",
    };
  }
}
