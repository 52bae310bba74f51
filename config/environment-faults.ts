import { contains, overlap, parseCidr } from "./cidr";
import { type Fault, fault } from "./config-error";
import type { NetworkConfig } from "./schemas";

interface Environment {
  readonly accountId: string;
  readonly region: string;
  readonly network: NetworkConfig;
}

/** Faults that one network has in itself: a subnet outside its VPC, two subnets that overlap, a NAT gateway in no zone. */
export function networkFaults(path: readonly string[], { cidr, zones, nat }: NetworkConfig): Fault[] {
  const faults: Fault[] = [];
  const subnets = Object.entries(zones).flatMap(([letter, { publicCidr, privateCidr }]) => [
    { path: [...path, "zones", letter, "publicCidr"], block: publicCidr },
    { path: [...path, "zones", letter, "privateCidr"], block: privateCidr },
  ]);
  subnets.forEach((subnet, index) => {
    // What is no block at all has its own fault.
    if (parseCidr(cidr) === undefined || parseCidr(subnet.block) === undefined) return;
    if (!contains(cidr, subnet.block)) faults.push(fault(subnet.path, `must lie in the VPC's ${cidr}`, subnet.block));
    const other = subnets.slice(0, index).find(({ block }) => overlap(block, subnet.block));
    if (other !== undefined)
      faults.push(fault(subnet.path, `must not overlap ${other.path.slice(path.length).join(".")} (${other.block})`, subnet.block));
  });
  if (typeof nat === "object" && zones[nat.single] === undefined) {
    faults.push(fault([...path, "nat", "single"], `must be one of the zones ${Object.keys(zones).join(", ")}`, nat.single));
  }
  return faults;
}

/** Faults between environments of one system: blocks that overlap cannot be routed to from one VPN or peered. */
export function overlapFaults(system: string, environments: Readonly<Record<string, Environment>>, field = "network"): Fault[] {
  const faults: Fault[] = [];
  const entries = Object.entries(environments);
  entries.forEach(([name, { network }], index) => {
    for (const [otherName, other] of entries.slice(0, index)) {
      if (overlap(network.cidr, other.network.cidr)) {
        faults.push(fault([system, name, field, "cidr"], `must not overlap ${otherName}'s ${other.network.cidr}`, network.cidr));
      }
    }
  });
  return faults;
}

/** Faults of two environments in one place, for a system whose names in AWS do not hold the environment. */
export function samePlaceFaults(system: string, environments: Readonly<Record<string, Environment>>): Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  for (const [name, { accountId, region }] of Object.entries(environments)) {
    const place = `${accountId} ${region}`;
    const other = seen.get(place);
    if (other !== undefined)
      faults.push(fault([system, name, "region"], `must differ from ${other}'s in one account, because names would meet`, region));
    else seen.set(place, name);
  }
  return faults;
}

/** Faults of two environments that would keep their state in one place, and overwrite each other's. */
export function sharedStateFaults(
  system: string,
  environments: Readonly<Record<string, { readonly state: { readonly bucket: string; readonly key: string } }>>,
): Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  for (const [name, { state }] of Object.entries(environments)) {
    const place = `${state.bucket}/${state.key}`;
    const other = seen.get(place);
    if (other !== undefined) faults.push(fault([system, name, "state", "key"], `must differ from ${other}'s`, state.key));
    else seen.set(place, name);
  }
  return faults;
}
