import type * as z from "zod";
import { contains, overlap, parseCidr } from "./cidr";
import { claimFaults } from "./claim-faults";
import { type Fault, fault, hasTypes } from "./config-error";
import type { NetworkConfig } from "./schemas";

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** What keeps its state in S3. */
export interface Stateful {
  readonly state: { readonly bucket: string; readonly key: string };
}

/** The environments that are groups of settings. What is none has the schema's fault, and no rule can look into it. */
export function groupsOf<Config>(values: Readonly<Record<string, Config>>): Readonly<Record<string, Config>> {
  return Object.fromEntries(Object.entries(values).filter(([, config]) => typeof config === "object" && config !== null));
}

/**
 * The environments in which the fields have the right types. What is in them may be wrong: rules across fields look at these
 * alone, and the schema has a fault for each of the others.
 */
export function environmentsHaving<Config extends object>(
  values: Readonly<Record<string, Config>>,
  shape: Readonly<Record<keyof Config, z.ZodType>>,
  fields: readonly (keyof Config)[],
): Readonly<Record<string, Config>> {
  return Object.fromEntries(
    Object.entries(groupsOf(values)).filter(([, config]) => fields.every((field) => hasTypes(shape[field], config[field]))),
  );
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
export function overlapFaults(
  system: string,
  environments: Readonly<Record<string, { readonly network: NetworkConfig }>>,
  field = "network",
): Fault[] {
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
export function samePlaceFaults(system: string, environments: Readonly<Record<string, Place>>): Fault[] {
  return claimFaults(
    Object.entries(environments).map(([name, { accountId, region }]) => ({
      path: [system, name, "region"],
      got: region,
      taken: `${accountId} ${region}`,
      owner: name,
      rule: (owner) => `must differ from ${owner}'s in one account, because names would meet`,
    })),
  );
}

/** Faults of two environments that would keep their state in one place, and overwrite each other's. */
export function sharedStateFaults(system: string, environments: Readonly<Record<string, Stateful>>): Fault[] {
  return claimFaults(
    Object.entries(environments).map(([name, { state }]) => ({
      path: [system, name, "state", "key"],
      got: state.key,
      taken: placeOf(state),
      owner: name,
      rule: (owner) => `must differ from ${owner}'s`,
    })),
  );
}

/** Where Terraform keeps a state, as one text. */
export function placeOf({ bucket, key }: Stateful["state"]): string {
  return `${bucket}/${key}`;
}
