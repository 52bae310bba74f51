import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { SystemStack } from "../base/system-stack";
import { Alarm } from "../observability/alarm";
import type { AlarmTopic } from "../observability/alarm-topic";
import type { LogGroup } from "../observability/log-group";
import type { Metric } from "../observability/metric";

/**
 * What rings as an error.
 *
 * `exceptions` is Lambda's own count: every invocation that ended with one. `logs` is for functions that also say no by
 * throwing, as Cognito's triggers must: records with `"outcome": "failed"`, timeouts, crashes, and code that does not load.
 */
export type CountedErrors = "exceptions" | "logs";

export interface LambdaFunctionAlarmsProps {
  readonly topic: AlarmTopic;
  /** Name of the function. */
  readonly functionName: string;
  readonly logs: LogGroup;
  readonly timeoutSeconds: number;
  readonly errors: CountedErrors;
}

/** A metric of Lambda's for one function. */
export function lambdaMetric(functionName: string, name: string, statistic: string): Metric {
  return { namespace: "AWS/Lambda", name, dimensions: { FunctionName: functionName }, statistic };
}

/**
 * Records of an invocation that failed by itself: the handler's own word, or Lambda's report.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
const FAILED_RECORDS =
  '{ ($.outcome = "failed") || ($.record.status = "timeout") || ($.record.status = "failure") || ($.record.errorType = "Runtime.*") }';

/** Share of the timeout, in percent, from which on an invocation is nearly too long. Arbitrary: time to act before it is. */
const NEARLY_TIMED_OUT_PERCENT = 80;

/** Alarms of a function: it fails, it is throttled, it nearly runs out of time. A function that nobody calls reports nothing. */
export class LambdaFunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, props: LambdaFunctionAlarmsProps) {
    super(scope, id);
    const { topic, functionName, timeoutSeconds, errors } = props;
    const common = {
      topic,
      comparison: "GreaterThanOrEqualToThreshold",
      missingData: "notBreaching",
      periodSeconds: 300,
      periods: { of: 1, bad: 1 },
    } as const;
    new Alarm(this, "Errors", {
      ...common,
      metric: errors === "logs" ? this.loggedFailures(props) : lambdaMetric(functionName, "Errors", "Sum"),
      threshold: 1,
      means: `${functionName} failed; ${errors === "logs" ? "what it refused on purpose is not counted" : "every exception counts"}.`,
      runbook: "lambda.md#errors",
    });
    new Alarm(this, "Throttles", {
      ...common,
      metric: lambdaMetric(functionName, "Throttles", "Sum"),
      threshold: 1,
      means: `${functionName} was called more often at once than it, or the account, may run.`,
      runbook: "lambda.md#throttles",
    });
    new Alarm(this, "DurationNearLimit", {
      ...common,
      metric: lambdaMetric(functionName, "Duration", "Maximum"),
      // Milliseconds. A single slow answer is none of our faults; slow answers in most of a quarter of an hour are.
      threshold: timeoutSeconds * 10 * NEARLY_TIMED_OUT_PERCENT,
      periods: { of: 3, bad: 2 },
      means: `${functionName} takes ${NEARLY_TIMED_OUT_PERCENT}% or more of its ${timeoutSeconds} s, after which Lambda ends it.`,
      runbook: "lambda.md#duration",
    });
  }

  private loggedFailures({ functionName, logs }: LambdaFunctionAlarmsProps): Metric {
    const namespace = `${SystemStack.of(this).namePrefix}/functions`;
    const name = `${functionName}-failures`;
    new CloudwatchLogMetricFilter(this, "Failures", {
      name,
      logGroupName: logs.nameOnceMade,
      pattern: FAILED_RECORDS,
      metricTransformation: { namespace, name, value: "1", unit: "Count" },
    });
    return { namespace, name, dimensions: {}, statistic: "Sum" };
  }
}
