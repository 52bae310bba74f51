import { asText, elementsOf, type ValueMap } from "../protocol/value";
import { placeOf } from "../world/place";
import { LOAD_BALANCER_ACCOUNTS, REGION_NAMES, zoneId, zonesOf } from "../world/regions";
import type { DataQuery, DataSources } from "./data-source";

function askedRegion(query: DataQuery): string {
  const endpoint = query.text("endpoint");
  const byEndpoint = /^ec2\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(endpoint ?? "")?.[1];
  if (endpoint !== undefined && byEndpoint === undefined)
    query.refuse("endpoint", `must be the host of EC2 in a region, such as ec2.eu-west-1.amazonaws.com, got "${endpoint}"`);
  const named = query.text("region") ?? query.text("name");
  if (named !== undefined && byEndpoint !== undefined && named !== byEndpoint)
    query.refuse("endpoint", `is of region ${byEndpoint} and not of ${named}; leave one of them out`);
  const region = named ?? byEndpoint ?? query.place.region;
  if (REGION_NAMES[region] === undefined) query.refuse("region", `must be a region of AWS, got "${region}"`);
  return region;
}

function region(query: DataQuery) {
  const name = askedRegion(query);
  return { id: name, name, region: name, endpoint: `ec2.${name}.${placeOf("", name).dnsSuffix}`, description: REGION_NAMES[name] ?? "" };
}

function availabilityZones(query: DataQuery) {
  const excluded = new Set(
    [...elementsOf(query.value("exclude_names")), ...elementsOf(query.value("exclude_zone_ids"))].map((name) => asText(name) ?? ""),
  );
  const named = query.filters().get("zone-name");
  const names = zonesOf(query.place.region).filter((zone) => {
    const isWanted = named === undefined || named.includes(zone);
    return isWanted && !excluded.has(zone) && !excluded.has(zoneId(zone));
  });
  return {
    id: query.place.region,
    names,
    zone_ids: names.map(zoneId),
    group_names: [query.place.region],
    all_availability_zones: query.value("all_availability_zones"),
  };
}

/** The account's one provider of an issuer's tokens: of this rehearsal, or of another root. */
function openidProvider(query: DataQuery): ValueMap {
  const { account, partition } = query.place;
  const given = query.text("arn");
  const issuer = (query.text("url") ?? given?.split(":oidc-provider/")[1] ?? "").replace(/^https:\/\//, "");
  if (issuer === "") return query.refuse("url", "must name an issuer, or arn its provider");
  const arn = given ?? `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
  const created = query.created("aws_iam_openid_connect_provider", (values) => values["arn"] === arn)?.values;
  if (created === undefined) query.assume(issuer);
  return {
    id: arn,
    arn,
    url: issuer,
    client_id_list: created?.["client_id_list"] ?? ["sts.amazonaws.com"],
    thumbprint_list: created?.["thumbprint_list"] ?? [],
    tags: created?.["tags_all"] ?? {},
  };
}

/** Who is asking, and where. */
export const ACCOUNT: DataSources = {
  aws_caller_identity: ({ place: { account, partition } }) => ({
    id: account,
    account_id: account,
    arn: `arn:${partition}:sts::${account}:assumed-role/rehearsal/rehearsal`,
    user_id: "AROAFAKE0000000000000:rehearsal",
  }),
  aws_region: region,
  aws_partition: ({ place: { partition, dnsSuffix } }) => ({
    id: partition,
    partition,
    dns_suffix: dnsSuffix,
    reverse_dns_prefix: partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws",
  }),
  aws_availability_zones: availabilityZones,
  aws_iam_openid_connect_provider: openidProvider,
  aws_elb_service_account: (query) => {
    const { region: name, partition } = query.place;
    const id = LOAD_BALANCER_ACCOUNTS[name];
    if (id === undefined)
      return query.refuse(
        "region",
        `has no account for load balancer logs, got "${name}"; use the service logdelivery.elasticloadbalancing.amazonaws.com`,
      );
    return { id, arn: `arn:${partition}:iam::${id}:root` };
  },
};
