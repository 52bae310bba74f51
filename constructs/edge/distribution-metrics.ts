import type { Metric } from "../observability/metric";

/** Where CloudFront has its metrics, its certificates and its web ACLs, whatever the region of the rest. */
export const CLOUDFRONT_REGION = "us-east-1";

/** A metric of a distribution or of one of its functions. */
export function cloudfrontMetric(of: Readonly<Record<string, string>>, name: string, statistic: string): Metric {
  return { namespace: "AWS/CloudFront", name, dimensions: { ...of, Region: "Global" }, statistic };
}
