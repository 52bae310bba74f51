import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { Fn, TerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import type { DnsZone, PointingNames, ProofRecord } from "./dns-zone";

export interface CloudflareZoneProps {
  /** Id of the zone, 32 hexadecimal digits. */
  readonly id: string;
  /** Whether Cloudflare stands in between and ends TLS itself. False where the service obtains its own certificate. */
  readonly proxied: boolean;
}

/** A zone in Cloudflare. At the top of a zone Cloudflare answers with the target's addresses. */
export class CloudflareZone implements DnsZone {
  constructor(private readonly props: CloudflareZoneProps) {}

  prove(scope: Construct, id: string, { name, type, value }: ProofRecord): string {
    return new DnsRecord(scope, id, {
      zoneId: this.props.id,
      // AWS writes names with a final dot, Cloudflare without one.
      name: Fn.trimsuffix(name, "."),
      type,
      content: Fn.trimsuffix(value, "."),
      ttl: 60,
      proxied: false,
      comment: "proves the domain to AWS Certificate Manager",
    }).name;
  }

  point(scope: Construct, { names, target, why }: PointingNames): void {
    const { id: zoneId, proxied } = this.props;
    // Cloudflare sets the time itself, and wants the number 1 for it, when it stands in between.
    const record = { zoneId, type: "CNAME", content: target.dnsName, ttl: proxied ? 1 : 300, proxied, comment: why };
    if (typeof names === "string") {
      new DnsRecord(scope, "Default", { ...record, name: names });
      return;
    }
    const each = TerraformIterator.fromList(names.each);
    new DnsRecord(scope, "Default", { ...record, forEach: each, name: each.value });
  }
}
