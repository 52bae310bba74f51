import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { AlarmTopic, alarmTopic } from "../../../constructs/observability/alarm-topic";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addTopic } from "../parts";
import { exception, facts, statements } from "../readings";

describe("AlarmTopic", () => {
  const synthesized = synthesizeTestStack(addTopic);

  test("tells one address", () => {
    expect(synthesized.only(SnsTopic)).toEqual({ name: "shop-test-alarms" });
    expect(synthesized.only(SnsTopicSubscription)).toEqual({
      topic_arn: "${aws_sns_topic.alarms.arn}",
      protocol: "email",
      endpoint: "alerts@example.com",
    });
  });

  test("is written to by alarms and budgets of this account only, and never in the clear", () => {
    expect(statements(synthesized.only(SnsTopicPolicy)["policy"])).toEqual([
      {
        Sid: "OnlyAlarmsAndBudgetsPublish",
        Effect: "Allow",
        Principal: { Service: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] },
        Action: "sns:Publish",
        Resource: "${aws_sns_topic.alarms.arn}",
        Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
      },
      {
        Sid: "NothingInTheClear",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: "${aws_sns_topic.alarms.arn}",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("keeps its address, and with it the confirmed subscription", () => {
    expect(synthesized.addresses(SnsTopic, SnsTopicSubscription)).toEqual([
      "aws_sns_topic.alarms",
      "aws_sns_topic_subscription.alarms_email",
    ]);
  });
});

describe("alarmTopic", () => {
  test("is the given topic, and states nothing", () => {
    const stack = new TestStack(scratchApp());
    const topic = new AlarmTopic(stack, "Alarms", { email: "alerts@example.com" });
    expect(alarmTopic(new Construct(stack, "Api"), topic, "service api")).toBe(topic);
    expect(stack.inventory.toDocument().facts).toEqual([]);
  });

  test("is none where the reason is given, and the reason stands in the inventory under the construct's path", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const scope = new Construct(new Construct(stack, "Shop"), "Api");
      expect(alarmTopic(scope, { unmonitoredBecause: "a demo" }, "service api")).toBeUndefined();
    });
    expect(facts(synthesized, "exception")).toEqual([exception("Shop/Api alarms", "service api has no alarms", "a demo")]);
  });
});
