import type { AtlasConfig } from "../../config/atlas-schema";
import { AtlasStack } from "../../stacks/atlas/atlas-stack";
import { COGNITO, EXPORTS, MULTI_VPC, valuesWith } from "../config/atlas-values";
import { type Changes, changesIn } from "../config/with-changes";
import { once } from "../constructs/readings";
import { Synthesized } from "../support/synthesized";

export type EnvironmentName = "staging" | "prod";

/**
 * Atlas' root of one environment. The topics function's package must be there: see packHandlers.
 *
 * @param config values to make it with. @default - the environment's own
 */
export function synthesizeAtlas(environment: EnvironmentName, config: AtlasConfig = valuesWith()[environment]): Synthesized {
  return new Synthesized((app) => new AtlasStack(app, `atlas-${environment}`, { environment, config, backend: "s3" }));
}

/** The root with some of its environment's values replaced: `msk.phase`. */
export function synthesizeWith(environment: EnvironmentName, changes: Changes): Synthesized {
  return synthesizeAtlas(environment, valuesWith(changesIn(environment, changes))[environment]);
}

/** Brokers that partners reach from one block of addresses. */
export const PUBLIC = { public: { to: ["203.0.113.0/24"], because: "partners send their events" } };

export const STAGING = once(() => synthesizeAtlas("staging"));
export const PROD = once(() => synthesizeAtlas("prod"));
/** Staging, after its first deployment. */
export const STAGING_PUBLIC = once(() => synthesizeWith("staging", { "msk.phase": PUBLIC }));
/** Prod, with copies of one topic in S3. */
export const PROD_EXPORTING = once(() => synthesizeWith("prod", { "msk.phase": MULTI_VPC, exports: EXPORTS }));
/** What is there for those copies alone, beside the cluster's policy. */
export const EXPORT_ADDRESSES: readonly string[] = [
  "aws_cloudwatch_log_group.exports_log_group",
  "aws_cloudwatch_log_stream.exports_events_raw_records",
  "aws_cloudwatch_metric_alarm.exports_events_raw_late",
  "aws_iam_role.exports_role",
  "aws_iam_role_policy.exports_role_policy",
  "aws_kinesis_firehose_delivery_stream.exports_events_raw",
  "aws_s3_bucket.exports_bucket",
  "aws_s3_bucket_lifecycle_configuration.exports_bucket_lifecycle",
  "aws_s3_bucket_ownership_controls.exports_bucket_ownership",
  "aws_s3_bucket_policy.exports_bucket_policy",
  "aws_s3_bucket_public_access_block.exports_bucket_public_access",
  "aws_s3_bucket_server_side_encryption_configuration.exports_bucket_encryption",
  "aws_s3_bucket_versioning.exports_bucket_versioning",
];
/** Prod, where operators sign in to see Kafka UI. */
export const PROD_SIGNED_IN = once(() => synthesizeWith("prod", { kafkaUiAccess: { cognito: COGNITO } }));

/** Both environments, with the start of their names in AWS, for `describe.each`. */
export const BOTH = [
  ["staging", "poc-atlas-dev", STAGING],
  ["prod", "poc-atlas-prod", PROD],
] as const;
