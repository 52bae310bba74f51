import { marqoEnvironments, marqoFaults } from "../../config/marqo";
import type { MarqoConfig } from "../../config/marqo-schema";

/** Values to put in, by their paths: `staging.users.pool`. An undefined one is taken out. */
export type Changes = Readonly<Record<string, unknown>>;

/** The three environments of the real configuration. */
export type MarqoEnvironments = Readonly<Record<keyof typeof marqoEnvironments, MarqoConfig>>;

/** The real values with some of them replaced. */
export function valuesWith(changes: Changes = {}): MarqoEnvironments {
  // Through JSON, because structuredClone keeps it one object where environments share their routes.
  const values = JSON.parse(JSON.stringify(marqoEnvironments));
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
  return marqoFaults({ ...valuesWith(changes) });
}
