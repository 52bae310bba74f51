import {
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import type { Fact, InventoryDocument, PublicNameFact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { liveBalancer } from "../live/live-balancer";
import { liveDistribution } from "../live/live-distribution";

/** IPv4 and IPv6. */
const ADDRESS_TYPES = ["A", "AAAA"] as const;

/** A public name in Route 53: there for IPv4 and IPv6, and leading to the balancer or distribution that is stated. */
export function publicNameChecks(aws: Aws, { root, facts }: InventoryDocument, fact: PublicNameFact): readonly Check[] {
  const what = `name ${fact.name}`;
  return [{ part: "names", heading: "name-exists", what, look: () => records(aws, root, facts, fact, what) }];
}

async function records(aws: Aws, root: string, facts: readonly Fact[], fact: PublicNameFact, what: string): Promise<readonly Finding[]> {
  const zone = await zoneId(aws, fact.zone);
  if (zone === undefined)
    return [absent("name-exists", `${what}: zone ${fact.zone}`, "make the public zone in Route 53, or use another account")];
  const found = await recordsOf(aws, zone, fact.name);
  const missing = ADDRESS_TYPES.filter((type) => !found.some(({ Type }) => Type === type));
  if (missing.length === ADDRESS_TYPES.length) return [absent("name-exists", what, `deploy ${root}`)];
  if (missing.length > 0) return [finding("name-exists", what, `has no ${missing.join(" or ")} record`, `deploy ${root}`)];
  const target = await targetHost(aws, facts, fact);
  if (target === undefined) return [];
  const astray = found.filter(({ AliasTarget }) => host(AliasTarget?.DNSName) !== host(target));
  const words =
    astray.length === 0
      ? `leads to ${fact.target}`
      : `its ${astray.map(({ Type }) => Type).join(" and ")} leads elsewhere than to ${fact.target}`;
  return [finding("name-target", what, words, astray.length === 0 ? undefined : `deploy ${root}`)];
}

function zoneId(aws: Aws, domain: string): Promise<string | undefined> {
  return aws.once(`zone ${domain}`, async () => {
    const list = new ListHostedZonesByNameCommand({ DNSName: domain });
    const { HostedZones = [] } = await aws.ask((options) => aws.client(Route53Client).send(list, options));
    return HostedZones.find(({ Name, Config }) => Name === `${domain}.` && Config?.PrivateZone !== true)?.Id;
  });
}

/** Addresses of one name. Route 53 lists from a name on, in its order. */
async function recordsOf(aws: Aws, HostedZoneId: string, name: string): Promise<readonly ResourceRecordSet[]> {
  const list = new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName: name, StartRecordType: "A", MaxItems: 20 });
  const { ResourceRecordSets = [] } = await aws.ask((options) => aws.client(Route53Client).send(list, options));
  return ResourceRecordSets.filter(({ Name, Type }) => Name === `${name}.` && ADDRESS_TYPES.some((type) => type === Type));
}

async function targetHost(aws: Aws, facts: readonly Fact[], { target }: PublicNameFact): Promise<string | undefined> {
  const isDistribution = facts.some((fact) => fact.kind === "distribution" && fact.name === target);
  return isDistribution ? (await liveDistribution(aws, target))?.DomainName : (await liveBalancer(aws, target))?.DNSName;
}

/** A host name as it can be compared: Route 53's console puts `dualstack.` before a balancer's. */
function host(name: string | undefined): string | undefined {
  return name
    ?.toLowerCase()
    .replace(/\.$/, "")
    .replace(/^dualstack\./, "");
}
