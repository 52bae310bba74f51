import { allthriveEnvironments, allthriveFaults } from "./allthrive";
import { ConfigError } from "./config-error";
import { zellyEnvironments, zellyFaults } from "./zelly";

/** Every system's environments, by the system's name. */
export const systems = {
  allthrive: allthriveEnvironments,
  zelly: zellyEnvironments,
};

/**
 * Every system's environments, checked.
 *
 * @throws {ConfigError} listing each fault of all systems as `path: rule, got value`.
 */
export function loadSystems(): typeof systems {
  const faults = [...allthriveFaults(systems.allthrive), ...zellyFaults(systems.zelly)];
  if (faults.length > 0) throw new ConfigError(faults);
  return systems;
}
