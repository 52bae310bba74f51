/** A CloudWatch metric, as alarms and dashboards name it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** For example `Average`, `Sum`, `p95`. */
  readonly statistic: string;
  /** Region that has it. @default - the root's */
  readonly region?: string;
}
