import type { AtlasConfig } from "../../config/atlas-schema";
import { AtlasStack } from "../../stacks/atlas/atlas-stack";
import { type Changes, COGNITO, EXPORTS, MULTI_VPC, valuesWith } from "../config/atlas-values";
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
  const placed = Object.entries(changes).map(([path, value]) => [`${environment}.${path}`, value]);
  return synthesizeAtlas(environment, valuesWith(Object.fromEntries(placed))[environment]);
}

/** Brokers that partners reach from one block of addresses. */
export const PUBLIC = { public: { to: ["203.0.113.0/24"], because: "partners send their events" } };

export const STAGING = once(() => synthesizeAtlas("staging"));
export const PROD = once(() => synthesizeAtlas("prod"));
/** Staging, after its first deployment. */
export const STAGING_PUBLIC = once(() => synthesizeWith("staging", { "msk.phase": PUBLIC }));
/** Prod, with copies of one topic in S3. */
export const PROD_EXPORTING = once(() => synthesizeWith("prod", { "msk.phase": MULTI_VPC, exports: EXPORTS }));
/** Prod, where operators sign in to see Kafka UI. */
export const PROD_SIGNED_IN = once(() => synthesizeWith("prod", { kafkaUiAccess: { cognito: COGNITO } }));

/** Both environments, with the start of their names in AWS, for `describe.each`. */
export const BOTH = [
  ["staging", "poc-atlas-dev", STAGING],
  ["prod", "poc-atlas-prod", PROD],
] as const;
