import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { TerraformIterator } from "cdktf";
import { Construct } from "constructs";

export interface PublicNameProps {
  /** Cloudflare zone that the names are in. */
  readonly zoneId: string;
  /** Full name or names. A list may be known only from a Terraform variable. */
  readonly names: string | { readonly each: string[] };
  /** Host name that they stand for. */
  readonly target: string;
  readonly why: string;
  /** Whether Cloudflare stands in between and ends TLS itself. False where the service obtains its own certificate. */
  readonly proxied: boolean;
}

/** Names in Cloudflare that stand for another host name. At the top of a zone Cloudflare answers with its addresses instead. */
export class PublicName extends Construct {
  constructor(scope: Construct, id: string, { zoneId, names, target, why, proxied }: PublicNameProps) {
    super(scope, id);
    // Cloudflare sets the time itself, and wants the number 1 for it, when it stands in between.
    const record = { zoneId, type: "CNAME", content: target, ttl: proxied ? 1 : 300, proxied, comment: why };
    if (typeof names === "string") {
      new DnsRecord(this, "Default", { ...record, name: names });
      return;
    }
    const each = TerraformIterator.fromList(names.each);
    new DnsRecord(this, "Default", { ...record, forEach: each, name: each.value });
  }
}
