import { marqoEnvironments, marqoFaults } from "../../config/marqo";
import type { MarqoConfig } from "../../config/marqo-schema";
import { type Changes, withChanges } from "./with-changes";

/** The three environments of the real configuration. */
export type MarqoEnvironments = Readonly<Record<keyof typeof marqoEnvironments, MarqoConfig>>;

/** The real values with some of them replaced. */
export function valuesWith(changes: Changes = {}): MarqoEnvironments {
  return withChanges<MarqoEnvironments>(marqoEnvironments, changes);
}

/** Every fault that the changed values have; none when they are right. */
export function faultsOf(changes: Changes): readonly string[] {
  return marqoFaults({ ...valuesWith(changes) });
}
