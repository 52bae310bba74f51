import type { Construct } from "constructs";
import { Alarm } from "../observability/alarm";
import type { AlarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";

/** A stage of an API, as CloudWatch names it. */
export interface ApiStageName {
  /** Name of the API. */
  readonly name: string;
  readonly stage: string;
}

/** A figure of a whole stage. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export function apiMetric({ name, stage }: ApiStageName, metric: string, statistic: string): Metric {
  return { namespace: "AWS/ApiGateway", name: metric, dimensions: { ApiName: name, Stage: stage }, statistic };
}

/** Alarms that say how callers fare. Ids are those of `scope`. @returns the one for errors, which a release may watch. */
export function apiAlarms(scope: Construct, topic: AlarmTopic, api: ApiStageName): Alarm {
  const often = { topic, comparison: "GreaterThanOrEqualToThreshold", missingData: "notBreaching" } as const;
  const serverErrors = new Alarm(scope, "ServerErrors", {
    ...often,
    metric: apiMetric(api, "5XXError", "Sum"),
    threshold: 10,
    periods: { of: 5, bad: 3 },
    means: `${api.name} answers with errors, the service's or its own.`,
    runbook: "api-gateway.md#server-errors",
  });
  new Alarm(scope, "Slow", {
    ...often,
    metric: apiMetric(api, "Latency", "p95"),
    // Milliseconds; as at the application balancers.
    threshold: 2000,
    means: `one request in twenty to ${api.name} takes two seconds or more.`,
    runbook: "api-gateway.md#slow",
  });
  return serverErrors;
}
