import { allthriveEnvironments, allthriveFaults } from "../../config/allthrive";
import type { AllThriveConfig } from "../../config/allthrive-schema";

/** Values to put in, by their paths: `staging.dns.ws`. An undefined one is taken out. */
export type Changes = Readonly<Record<string, unknown>>;

/** The two environments of the real configuration. */
export interface AllThriveEnvironments {
  readonly production: AllThriveConfig;
  readonly staging: AllThriveConfig;
}

/** The real values with some of them replaced. */
export function valuesWith(changes: Changes = {}): AllThriveEnvironments {
  // Through JSON, because structuredClone keeps it one object where two services share their size.
  const values = JSON.parse(JSON.stringify(allthriveEnvironments));
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce((found, key) => found[key], values);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return values;
}

/** Every fault that the changed values have; none when they are right. */
export function faultsOf(changes: Changes): readonly string[] {
  return allthriveFaults({ ...valuesWith(changes) });
}
