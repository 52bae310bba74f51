import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { TerraformIterator } from "cdktf";
import { Construct } from "constructs";
import { SystemStack } from "../base/system-stack";
import type { DnsZone, PointingNames, ProofRecord } from "./dns-zone";

export interface Route53ZoneProps {
  /** Domain of the zone, for example `example.com`. The zone is there already: its registrar names its servers. */
  readonly domain: string;
}

/** IPv4 and IPv6: an alias answers both from the target's own addresses, without charge. */
const ADDRESS_TYPES = ["A", "AAAA"] as const;

/** A public hosted zone in Route 53, found by its domain. */
export class Route53Zone extends Construct implements DnsZone {
  private readonly zoneId: string;
  private readonly domain: string;

  constructor(scope: Construct, id: string, { domain }: Route53ZoneProps) {
    super(scope, id);
    this.domain = domain;
    this.zoneId = new DataAwsRoute53Zone(this, "Default", { name: domain, privateZone: false }).zoneId;
  }

  prove(scope: Construct, id: string, { name, type, value }: ProofRecord): string {
    return new Route53Record(scope, id, {
      zoneId: this.zoneId,
      name,
      type,
      records: [value],
      ttl: 60,
      // An earlier certificate for the domain may have left the very same record.
      allowOverwrite: true,
    }).fqdn;
  }

  point(scope: Construct, { names, target }: PointingNames): void {
    if (typeof names === "string") {
      const { domain: zone } = this;
      SystemStack.of(scope).inventory.add({ kind: "publicName", id: names, name: names, zone, target: target.name });
    }
    const alias = { name: target.dnsName, zoneId: target.hostedZoneId, evaluateTargetHealth: false };
    for (const type of ADDRESS_TYPES) {
      const record = { zoneId: this.zoneId, type, alias };
      const id = type === "A" ? "Default" : "Ipv6";
      if (typeof names === "string") {
        new Route53Record(scope, id, { ...record, name: names });
        continue;
      }
      const each = TerraformIterator.fromList(names.each);
      new Route53Record(scope, id, { ...record, forEach: each, name: each.value });
    }
  }
}
