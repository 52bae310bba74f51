import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import { SystemStack } from "../base/system-stack";
import { policyDocument } from "../security/policy-document";

export interface AlarmTopicProps {
  /** Address that gets every alarm. AWS asks it to confirm once. */
  readonly email: string;
  /** Region whose alarms it takes: CloudWatch tells only topics of its own region. @default - the root's */
  readonly region?: string;
}

/** Where alarms of a root go: one topic, one e-mail address. Only CloudWatch and AWS Budgets of this account publish to it. */
export class AlarmTopic extends Construct {
  readonly arn: string;
  /** Region whose alarms it takes. */
  readonly region: string;
  /** Provider of another region than the root's, for the alarms that it takes. */
  readonly provider: AwsProvider | undefined;

  constructor(scope: Construct, id: string, { email, region }: AlarmTopicProps) {
    super(scope, id);
    const stack = SystemStack.of(this);
    const { accountId } = stack;
    this.region = region ?? stack.region;
    this.provider = region === undefined ? undefined : stack.providerFor(region);
    const { provider } = this;
    // No server-side encryption: the AWS-managed key lets neither CloudWatch nor Budgets publish, and alarms hold no secret.
    const topic = new SnsTopic(this, "Default", { provider, name: physicalName(this, NAME_LIMIT.topic) });
    this.arn = topic.arn;
    new SnsTopicPolicy(this, "Policy", {
      provider,
      arn: topic.arn,
      policy: policyDocument([
        {
          sid: "OnlyAlarmsAndBudgetsPublish",
          actions: ["sns:Publish"],
          resources: [topic.arn],
          principal: { Service: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] },
          condition: { StringEquals: { "aws:SourceAccount": accountId } },
        },
        {
          sid: "NothingInTheClear",
          effect: "Deny",
          actions: ["sns:Publish"],
          resources: [topic.arn],
          principal: "*",
          condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
    new SnsTopicSubscription(this, "Email", { provider, topicArn: topic.arn, protocol: "email", endpoint: email });
  }
}

/** Where a construct's alarms go, or the sentence that says why it has none. */
export type Alarms = AlarmTopic | { readonly unmonitoredBecause: string };

/**
 * The topic that a construct's alarms go to. When there is none, the reason goes into the inventory instead.
 *
 * @param what the thing without alarms, as the exception names it.
 */
export function alarmTopic(scope: Construct, alarms: Alarms, what: string): AlarmTopic | undefined {
  if (alarms instanceof AlarmTopic) return alarms;
  SystemStack.of(scope).inventory.add({
    kind: "exception",
    id: `${pathInStack(scope)} alarms`,
    what: `${what} has no alarms`,
    because: alarms.unmonitoredBecause,
  });
  return undefined;
}
