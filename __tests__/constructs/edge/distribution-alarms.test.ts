import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { AlarmTopic } from "../../../constructs/observability/alarm-topic";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addTopic } from "../parts";
import { exception, facts, resolved } from "../readings";
import { addDistribution } from "./distribution-parts";

const near = (stack: TestStack) => new AlarmTopic(stack, "NearAlarms", { email: "alerts@example.com", region: "us-east-1" });
const common = {
  namespace: "AWS/CloudFront",
  period: 60,
  evaluation_periods: 5,
  datapoints_to_alarm: 3,
  comparison_operator: "GreaterThanOrEqualToThreshold",
  treat_missing_data: "notBreaching",
};

describe("alarms of a Distribution", () => {
  test("ring where CloudFront's metrics are, on errors of the backend and of the function", () => {
    const synthesized = synthesizeTestStack((stack) => void addDistribution(stack, { alarms: near(stack) }));
    expect(synthesized.byName(CloudwatchMetricAlarm)).toEqual({
      site_server_errors: expect.objectContaining({
        ...common,
        provider: "aws.us-east-1",
        metric_name: "5xxErrorRate",
        dimensions: { DistributionId: "${aws_cloudfront_distribution.site.id}", Region: "Global" },
        statistic: "Average",
        threshold: 5,
      }),
      site_function_errors: expect.objectContaining({
        ...common,
        provider: "aws.us-east-1",
        metric_name: "FunctionExecutionErrors",
        dimensions: { FunctionName: "shop-test-site-single-page", Region: "Global" },
        statistic: "Sum",
        threshold: 1,
      }),
    });
    expect(facts(synthesized, "alarm").map(({ runbook }) => runbook)).toEqual([
      "cloudfront.md#function-errors",
      "cloudfront.md#server-errors",
    ]);
  });

  test("take a topic of the root's own region where that is us-east-1", () => {
    const synthesized = synthesizeTestStack((stack) => void addDistribution(stack, { alarms: addTopic(stack) }), { region: "us-east-1" });
    expect(synthesized.all(CloudwatchMetricAlarm)).toHaveLength(2);
  });

  test("refuse a topic of another region, which CloudWatch would not tell", () => {
    expect(() => synthesizeTestStack((stack) => void addDistribution(stack, { alarms: addTopic(stack) }))).toThrow(
      'shop-test/Site: alarms must go to a topic in us-east-1, where CloudFront\'s metrics are, got "eu-west-1"',
    );
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthesizeTestStack((stack) => void addDistribution(stack, { alarms: { unmonitoredBecause: "a demo" } }));
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toContainEqual(exception("Site alarms", "distribution shop-test-site has no alarms", "a demo"));
  });

  test("look at the figures that a dashboard shows", () => {
    const stack = new TestStack(scratchApp());
    const { requests, serverErrors } = addDistribution(stack);
    const dimensions = { DistributionId: "${aws_cloudfront_distribution.site.id}", Region: "Global" };
    expect(resolved(stack, [requests, serverErrors])).toEqual([
      { namespace: "AWS/CloudFront", dimensions, name: "Requests", statistic: "Sum" },
      { namespace: "AWS/CloudFront", dimensions, name: "5xxErrorRate", statistic: "Average" },
    ]);
  });
});
