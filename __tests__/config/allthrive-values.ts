import { allthriveEnvironments, allthriveFaults } from "../../config/allthrive";
import type { AllThriveConfig } from "../../config/allthrive-schema";
import { type Changes, withChanges } from "./with-changes";

/** The two environments of the real configuration. */
export interface AllThriveEnvironments {
  readonly production: AllThriveConfig;
  readonly staging: AllThriveConfig;
}

/** The real values with some of them replaced. */
export function valuesWith(changes: Changes = {}): AllThriveEnvironments {
  return withChanges<AllThriveEnvironments>(allthriveEnvironments, changes);
}

/** Every fault that the changed values have; none when they are right. */
export function faultsOf(changes: Changes): readonly string[] {
  return allthriveFaults({ ...valuesWith(changes) });
}
