import { ConfigError } from "../../config/config-error";
import { loadZelly } from "../../config/zelly";
import type { ZellyConfig } from "../../config/zelly-schema";

/** Whatever account the operators have, it is this one here. */
const ACCOUNT = "111111111111";
/** Whoever the operators have let in, staging has one known peer here. */
const PEER = { publicKey: "emVsbHktc3RhZ2luZy1wZWVyMS1mYWtlLWtleS0tLS0=", address: "10.10.0.2" };

/** The real values with some of them replaced, by path: `staging.network.cidr`. An undefined one is taken out. */
export function valuesWith(changes: Readonly<Record<string, unknown>>): Record<string, ZellyConfig> {
  // Through JSON, because structuredClone keeps it one object where two services share their size.
  const values = JSON.parse(JSON.stringify(Object.fromEntries(loadZelly())));
  for (const environment of Object.values<{ accountId: string }>(values)) environment.accountId = ACCOUNT;
  values.staging.wireguard.peers = { peer1: { ...PEER } };
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let parent: Record<string, unknown> = values;
    for (const key of keys) parent = parent[key] as Record<string, unknown>;
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return values;
}

/** Every fault that the changed values have; none when they are right. */
export function faultsOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const values = valuesWith(changes);
  try {
    loadZelly(values);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}
