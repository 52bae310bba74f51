import { allthriveEnvironments, allthriveFaults } from "./allthrive";
import type { AllThriveConfig } from "./allthrive-schema";
import { atlasEnvironments, atlasFaults } from "./atlas";
import type { AtlasConfig } from "./atlas-schema";
import { claimFaults } from "./claim-faults";
import { ConfigError, type Fault } from "./config-error";
import { environmentsHaving, placeOf, type Stateful } from "./environment-faults";
import { marqoEnvironments, marqoFaults } from "./marqo";
import type { MarqoConfig } from "./marqo-schema";
import { state as stateSchema } from "./schemas";
import { zellyEnvironments, zellyFaults } from "./zelly";
import type { ZellyConfig } from "./zelly-schema";

/** Every system's environments, by the system's name. */
export interface Systems {
  readonly allthrive: Readonly<Record<string, AllThriveConfig>>;
  readonly atlas: Readonly<Record<string, AtlasConfig>>;
  readonly marqo: Readonly<Record<string, MarqoConfig>>;
  readonly zelly: Readonly<Record<string, ZellyConfig>>;
}

const systems: Systems = {
  allthrive: allthriveEnvironments,
  atlas: atlasEnvironments,
  marqo: marqoEnvironments,
  zelly: zellyEnvironments,
};

/**
 * Every system's environments, checked.
 *
 * Networks are compared within a system only: two systems share no route, and so may share addresses.
 *
 * @throws {ConfigError} listing each fault of all systems as `path: rule, got value`.
 */
export function loadSystems(values: Systems = systems): Systems {
  const faults = [
    ...allthriveFaults(values.allthrive),
    ...atlasFaults(values.atlas),
    ...marqoFaults(values.marqo),
    ...zellyFaults(values.zelly),
    ...foreignStateFaults(values),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
  return values;
}

/** Faults of environments that would keep their state where another system's is. Two of one system have the system's own fault. */
function foreignStateFaults(values: Systems): Fault[] {
  return claimFaults(
    Object.entries<Readonly<Record<string, Stateful>>>({ ...values }).flatMap(([system, environments]) =>
      Object.entries(environmentsHaving(environments, { state: stateSchema }, ["state"])).map(([environment, { state }]) => {
        const place = placeOf(state);
        return {
          path: [system, environment, "state"],
          got: place,
          taken: place,
          owner: `${system}.${environment}`,
          group: system,
          rule: (owner: string) => `must not be in the bucket and under the key of ${owner}'s`,
        };
      }),
    ),
  );
}
