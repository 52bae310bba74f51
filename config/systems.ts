import { allthriveEnvironments, allthriveFaults } from "./allthrive";
import type { AllThriveConfig } from "./allthrive-schema";
import { atlasEnvironments, atlasFaults } from "./atlas";
import type { AtlasConfig } from "./atlas-schema";
import { ConfigError, type Fault, fault } from "./config-error";
import { marqoEnvironments, marqoFaults } from "./marqo";
import type { MarqoConfig } from "./marqo-schema";
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

/** Faults of environments that would keep their state where another system's is. */
function foreignStateFaults(values: Systems): Fault[] {
  const seen = new Map<string, { readonly system: string; readonly environment: string }>();
  return Object.entries(values).flatMap(([system, environments]: [string, Systems[keyof Systems]]) =>
    Object.entries(environments).flatMap(([environment, { state }]: [string, { readonly state?: { bucket: string; key: string } }]) => {
      if (state === undefined) return [];
      const place = `${state.bucket}/${state.key}`;
      const other = seen.get(place);
      if (other === undefined) seen.set(place, { system, environment });
      // Two environments of one system have the system's own fault.
      if (other === undefined || other.system === system) return [];
      const owner = `${other.system}.${other.environment}`;
      return [fault([system, environment, "state"], `must not be in the bucket and under the key of ${owner}'s`, place)];
    }),
  );
}
