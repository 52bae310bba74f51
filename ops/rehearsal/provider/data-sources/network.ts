import { asText, elementsOf, isMap, isSame, type ValueMap } from "../protocol/value";
import type { DataQuery, DataSources } from "./data-source";

function hasTags(values: ValueMap, wanted: ValueMap): boolean {
  const tags = values["tags_all"];
  return Object.entries(wanted).every(([key, value]) => isMap(tags) && isSame(tags[key] ?? null, value));
}

/** A VPC of this rehearsal, or one that stands outside it: then a made-up one, always the same for the same question. */
function vpc(query: DataQuery): ValueMap {
  const tags = query.value("tags");
  const wantedTags = isMap(tags) ? tags : {};
  const created = query.created(
    "aws_vpc",
    (values) =>
      ["id", "cidr_block", "dhcp_options_id"].every((name) => !query.isSet(name) || isSame(values[name] ?? null, query.value(name))) &&
      query.value("default") !== true &&
      hasTags(values, wantedTags),
  );
  const question = JSON.stringify([query.config, query.place]);
  const id = query.text("id") ?? asText(created?.values["id"]) ?? `vpc-${query.stableHex(question, 17)}`;
  if (created === undefined) query.assume(id);
  const isDefault = query.value("default") === true;
  const cidr = query.text("cidr_block") ?? asText(created?.values["cidr_block"]) ?? (isDefault ? "172.31.0.0/16" : "198.18.0.0/16");
  return {
    id,
    arn: query.arn("ec2", `vpc/${id}`),
    cidr_block: cidr,
    cidr_block_associations: [{ association_id: `vpc-cidr-assoc-${query.stableHex(id, 17)}`, cidr_block: cidr, state: "associated" }],
    default: isDefault,
    dhcp_options_id: query.text("dhcp_options_id") ?? created?.values["dhcp_options_id"] ?? `dopt-${query.stableHex(question, 17)}`,
    enable_dns_hostnames: created?.values["enable_dns_hostnames"] ?? isDefault,
    enable_dns_support: created?.values["enable_dns_support"] ?? true,
    enable_network_address_usage_metrics: false,
    instance_tenancy: created?.values["instance_tenancy"] ?? "default",
    main_route_table_id: created?.values["main_route_table_id"] ?? `rtb-${query.stableHex(question, 17)}`,
    owner_id: query.place.account,
    tags: created?.values["tags_all"] ?? wantedTags,
  };
}

/** Lists of addresses that AWS keeps; they exist everywhere. */
const MANAGED_LIST = /^com\.amazonaws\.[a-z0-9-]+\.[a-z0-9.-]+$/;

function prefixList(query: DataQuery): ValueMap {
  const name = query.text("name") ?? query.filters().get("prefix-list-name")?.[0];
  const id = query.text("id") ?? `pl-${query.stableHex(JSON.stringify([name ?? query.config, query.place.region]), 17)}`;
  const isManaged = name !== undefined && MANAGED_LIST.test(name);
  if (!isManaged) query.assume(name ?? id);
  const owner = isManaged ? "aws" : query.place.account;
  return {
    id,
    name: name ?? `fake-prefix-list-${id}`,
    address_family: name?.includes("ipv6") === true ? "IPv6" : "IPv4",
    arn: `arn:${query.place.partition}:ec2:${query.place.region}:${owner}:prefix-list/${id}`,
    entries: [],
    max_entries: 0,
    owner_id: isManaged ? "AWS" : query.place.account,
    tags: {},
    version: 0,
  };
}

function hostedZone(query: DataQuery): ValueMap {
  const name = query.text("name")?.toLowerCase().replace(/\.$/, "");
  const zoneId = query.text("zone_id");
  if (name === undefined && zoneId === undefined) query.refuse("name", "must be set, or zone_id, got none; set one of them");
  const created = query.created("aws_route53_zone", (values) => values["zone_id"] === zoneId || values["name"] === name);
  const id = zoneId ?? asText(created?.values["zone_id"]) ?? `ZFAKE${query.stableHex(`zone ${name}`, 16).toUpperCase()}`;
  if (created === undefined) query.assume(name ?? id);
  const servers = created?.values["name_servers"] ?? [1, 2, 3, 4].map((server) => `ns-${server}.fake-dns.example`);
  return {
    id,
    zone_id: id,
    name: name ?? created?.values["name"] ?? "fake-zone.example",
    arn: `arn:${query.place.partition}:route53:::hostedzone/${id}`,
    caller_reference: "",
    comment: created?.values["comment"] ?? "",
    private_zone: query.value("private_zone") === true,
    name_servers: servers,
    primary_name_server: elementsOf(servers)[0] ?? "",
    resource_record_set_count: 2,
    linked_service_description: "",
    linked_service_principal: "",
    tags: created?.values["tags_all"] ?? {},
  };
}

export const NETWORK: DataSources = { aws_vpc: vpc, aws_ec2_managed_prefix_list: prefixList, aws_route53_zone: hostedZone };
