import { zellyEnvironments, zellyFaults } from "../../config/zelly";
import type { ZellyConfig } from "../../config/zelly-schema";
import { type Changes, withChanges } from "./with-changes";

/** Whatever account the operators have, it is this one here. */
const ACCOUNT = "111111111111";
/** Whoever the operators have let in, staging has one known peer here. */
const PEER = { publicKey: "emVsbHktc3RhZ2luZy1wZWVyMS1mYWtlLWtleS0tLS0=", address: "10.10.0.2" };

/** The real values with some of them replaced, by path: `staging.network.cidr`. An undefined one is taken out. */
export function valuesWith(changes: Changes): Record<string, ZellyConfig> {
  const accounts = Object.fromEntries(Object.keys(zellyEnvironments).map((environment) => [`${environment}.accountId`, ACCOUNT]));
  return withChanges<Record<string, ZellyConfig>>(zellyEnvironments, {
    ...accounts,
    "staging.wireguard.peers": { peer1: { ...PEER } },
    ...changes,
  });
}

/** Every fault that the changed values have; none when they are right. */
export function faultsOf(changes: Changes): readonly string[] {
  return zellyFaults(valuesWith(changes));
}
