import type { Construct } from "constructs";

/** Something that a public name can stand for: a balancer, a distribution. */
export interface NameTarget {
  /** Name that the inventory has for it. */
  readonly name: string;
  readonly dnsName: string;
  /** Route 53 zone that `dnsName` is in, as its service states it. */
  readonly hostedZoneId: string;
}

/** A record that proves to AWS Certificate Manager whose domain it is. */
export interface ProofRecord {
  /** Full name, with the final dot that AWS writes. */
  readonly name: string;
  readonly type: string;
  /** With the final dot that AWS writes. */
  readonly value: string;
}

/** Names that stand for one target. */
export interface PointingNames {
  /** Full name or names. A list may be known only from a Terraform variable. */
  readonly names: string | { readonly each: string[] };
  readonly target: NameTarget;
  readonly why: string;
}

/** Where a system's public names are kept. Its records are made in the construct that asks for them. */
export interface DnsZone {
  /** @returns the record's full name, once it is there. */
  prove(scope: Construct, id: string, record: ProofRecord): string;
  point(scope: Construct, names: PointingNames): void;
}
