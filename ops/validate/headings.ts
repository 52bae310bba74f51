/**
 * Headings of docs/runbooks/validate.md, one for each thing that is looked at. A finding names its own, and a test
 * holds that page and list are the same.
 */
export const HEADINGS = [
  "database-exists",
  "database-available",
  "database-access",
  "database-storage",
  "database-url",
  "database-credentials",
  "cache-exists",
  "cache-available",
  "bucket-exists",
  "bucket-public-access",
  "bucket-tls",
  "bucket-distribution",
  "secret-exists",
  "secret-value",
  "secret-keys",
  "service-exists",
  "service-tasks",
  "service-deployment",
  "service-variables",
  "service-secrets",
  "service-connect",
  "service-stopped-tasks",
  "balancer-exists",
  "balancer-active",
  "balancer-idle-timeout",
  "balancer-listeners",
  "balancer-certificate",
  "balancer-targets",
  "certificate-exists",
  "certificate-issued",
  "certificate-expiry",
  "distribution-exists",
  "distribution-deployed",
  "distribution-behaviours",
  "distribution-backend",
  "distribution-origin",
  "distribution-error-responses",
  "distribution-names",
  "distribution-certificate",
  "name-exists",
  "name-target",
  "security-group-exists",
  "security-group-worn",
  "security-group-ingress",
  "security-group-egress",
  "table",
  "kafka",
  "function",
  "user-pool",
  "instance",
  "alarm-exists",
  "alarm-actions",
  "alarm-state",
  "log-group-exists",
  "log-group-retention",
  "log-errors",
] as const;

export type Heading = (typeof HEADINGS)[number];

/** Where a heading stands. */
export function runbookOf(heading: Heading): string {
  return `docs/runbooks/validate.md#${heading}`;
}
