import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import { CLOUDFRONT_REGION, cloudfrontMetric } from "./distribution-metrics";

export interface DistributionAlarmsProps {
  readonly name: string;
  readonly serverErrors: Metric;
  /** Name of the function that runs on requests. */
  readonly viewerFunction: string;
  readonly alarms: Alarms;
}

/**
 * Alarms on the metrics that CloudFront gives for nothing. The origin's latency is not one of them; the balancer has its own
 * alarm for it.
 *
 * @throws {PropsError} for a topic of another region than CloudFront's metrics.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html
 */
export function distributionAlarms(scope: Construct, { name, serverErrors, viewerFunction, alarms }: DistributionAlarmsProps): void {
  const topic = alarmTopic(scope, alarms, `distribution ${name}`);
  if (topic === undefined) return;
  const found = topic.provider?.region ?? SystemStack.of(scope).region;
  if (found !== CLOUDFRONT_REGION)
    throw new PropsError(scope, "alarms", `must go to a topic in ${CLOUDFRONT_REGION}, where CloudFront's metrics are`, found);
  new Alarm(scope, "ServerErrors", {
    topic,
    metric: serverErrors,
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 5,
    periods: { of: 5, bad: 3 },
    missingData: "notBreaching",
    means: `one answer in twenty of ${name} is an error of the backend or of CloudFront.`,
    runbook: "cloudfront.md#server-errors",
  });
  new Alarm(scope, "FunctionErrors", {
    topic,
    metric: cloudfrontMetric({ FunctionName: viewerFunction }, "FunctionExecutionErrors", "Sum"),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periods: { of: 5, bad: 3 },
    missingData: "notBreaching",
    means: `${viewerFunction} fails, and visitors get 503 for pages.`,
    runbook: "cloudfront.md#function-errors",
  });
}
