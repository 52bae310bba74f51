import type { Construct } from "constructs";
import { Alarm } from "../observability/alarm";
import type { AlarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import type { TargetGroup } from "./target-group";

const NAMESPACE = "AWS/ApplicationELB";

/** A figure of a whole application balancer. */
export function balancerMetric(arnSuffix: string, name: string, statistic: string): Metric {
  return { namespace: NAMESPACE, name, dimensions: { LoadBalancer: arnSuffix }, statistic };
}

/** Alarms that say how visitors fare: errors of the services, answers without a service, slow answers. Ids are those of `scope`. */
export function visitorAlarms(scope: Construct, topic: AlarmTopic, balancer: { name: string; arnSuffix: string; serves: string }): Alarm {
  const { name, arnSuffix, serves } = balancer;
  const often = { topic, comparison: "GreaterThanOrEqualToThreshold", missingData: "notBreaching" } as const;
  const serverErrors = new Alarm(scope, "ServerErrors", {
    ...often,
    metric: balancerMetric(arnSuffix, "HTTPCode_Target_5XX_Count", "Sum"),
    threshold: 10,
    periods: { of: 5, bad: 3 },
    means: `${serves} answers with errors of its own.`,
    runbook: "load-balancer.md#server-errors",
  });
  new Alarm(scope, "NoTask", {
    ...often,
    metric: balancerMetric(arnSuffix, "HTTPCode_ELB_5XX_Count", "Sum"),
    threshold: 10,
    periods: { of: 5, bad: 3 },
    means: `${name} answers with errors because no task of ${serves} does.`,
    runbook: "load-balancer.md#unhealthy-tasks",
  });
  new Alarm(scope, "Slow", {
    ...often,
    metric: balancerMetric(arnSuffix, "TargetResponseTime", "p95"),
    threshold: 2,
    means: `one request in twenty to ${serves} takes two seconds or more.`,
    runbook: "load-balancer.md#slow",
  });
  return serverErrors;
}

/** The alarm of one group of targets: a task that fails its health check. */
export function unhealthyAlarm(
  scope: Construct,
  topic: AlarmTopic,
  of: { balancer: string; arnSuffix: string; targets: TargetGroup; service: string },
): Alarm {
  return new Alarm(scope, "UnhealthyTasks", {
    topic,
    metric: {
      namespace: NAMESPACE,
      name: "UnHealthyHostCount",
      dimensions: { LoadBalancer: of.arnSuffix, TargetGroup: of.targets.arnSuffix },
      statistic: "Maximum",
    },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    missingData: "notBreaching",
    means: `a task of ${of.service} fails its health check at ${of.balancer}.`,
    runbook: "load-balancer.md#unhealthy-tasks",
  });
}
