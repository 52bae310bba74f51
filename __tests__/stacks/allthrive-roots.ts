import type { AllThriveConfig } from "../../config/allthrive-schema";
import { AllThriveStack } from "../../stacks/allthrive/allthrive-stack";
import { valuesWith } from "../config/allthrive-values";
import { type Changes, changesIn } from "../config/with-changes";
import { once } from "../constructs/readings";
import { Synthesized } from "../support/synthesized";

export type EnvironmentName = "production" | "staging";

/**
 * AllThrive's root of one environment.
 *
 * @param config values to make it with. @default - the environment's own
 * @param change what is done to the stack before it is synthesized. @default - nothing
 */
export function synthesizeAllThrive(
  environment: EnvironmentName,
  config: AllThriveConfig = valuesWith()[environment],
  change: (stack: AllThriveStack) => void = () => {},
): Synthesized {
  return new Synthesized((app) => {
    const stack = new AllThriveStack(app, `allthrive-${environment}`, { environment, config, backend: "s3" });
    change(stack);
    return stack;
  });
}

/** The root with some of its environment's values replaced: `cloudfront.origin`. */
export function synthesizeWith(environment: EnvironmentName, changes: Changes): Synthesized {
  return synthesizeAllThrive(environment, valuesWith(changesIn(environment, changes))[environment]);
}

export const PRODUCTION = once(() => synthesizeAllThrive("production"));
export const STAGING = once(() => synthesizeAllThrive("staging"));
/** Production behind a public balancer that knows CloudFront by a secret. */
export const SECRET_HEADER = once(() =>
  synthesizeWith("production", { "cloudfront.origin": { secretHeader: { accepts: ["blue", "green"], sends: "green" } } }),
);

/** Both environments, for `describe.each`. */
export const BOTH = [
  ["production", PRODUCTION],
  ["staging", STAGING],
] as const;
