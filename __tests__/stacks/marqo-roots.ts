import { MarqoStack } from "../../stacks/marqo/marqo-stack";
import { type MarqoEnvironments, valuesWith } from "../config/marqo-values";
import { type Changes, changesIn } from "../config/with-changes";
import { once } from "../constructs/readings";
import { Synthesized } from "../support/synthesized";

export type EnvironmentName = keyof MarqoEnvironments;

/**
 * Marqo's root of one environment. Its functions' packages must be there: see packHandlers.
 *
 * @param config values to make it with. @default - the environment's own
 */
export function synthesizeMarqo(environment: EnvironmentName, config = valuesWith()[environment]): Synthesized {
  return new Synthesized((app) => new MarqoStack(app, `marqo-${environment}`, { environment, config, backend: "s3" }));
}

/** The root with some of its environment's values replaced: `users.pool`. */
export function synthesizeWith(environment: EnvironmentName, changes: Changes): Synthesized {
  return synthesizeMarqo(environment, valuesWith(changesIn(environment, changes))[environment]);
}

export const DEV = once(() => synthesizeMarqo("dev"));
export const STAGING = once(() => synthesizeMarqo("staging"));
export const PROD = once(() => synthesizeMarqo("prod"));

/** The environments, for `describe.each`. */
export const ALL = [
  ["dev", DEV],
  ["staging", STAGING],
  ["prod", PROD],
] as const;
