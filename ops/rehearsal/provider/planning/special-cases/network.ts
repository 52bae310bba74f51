import { parseCidr } from "../../checks/text-format";
import { asText, blocksOf, elementsOf } from "../../protocol/value";
import type { ConfigView } from "../config-view";
import { isUnset, type PlanDraft } from "../plan-draft";
import type { SpecialCase, SpecialCases } from "../special-case";

/** Smallest and largest block of a VPC and of a subnet. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const PREFIX = { least: 16, greatest: 28 } as const;

function checkBlockSize(config: ConfigView): void {
  const given = config.text("cidr_block");
  const cidr = given === undefined ? undefined : parseCidr(given);
  if (cidr === undefined || (cidr.prefix >= PREFIX.least && cidr.prefix <= PREFIX.greatest)) return;
  config.fault("cidr_block", `must be a block of /${PREFIX.least} to /${PREFIX.greatest}, got "${given}"`);
}

/** What a rule lets in or out: four attributes, of which one is set. */
const PEERS = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"] as const;

/** Another value of the same kind is an update; another kind is another rule. */
const securityGroupRule: SpecialCase = {
  plan: (draft) => {
    for (const peer of PEERS) draft.replaceWhen(peer, isUnset(draft.before(peer)) !== isUnset(draft.value(peer)));
  },
};

function planEndpoint(draft: PlanDraft): void {
  draft.replaceWhen("private_dns_enabled", draft.value("vpc_endpoint_type") !== "Interface");
  if (draft.isAnyChanged(["subnet_ids", "subnet_configuration"])) draft.recompute("network_interface_ids");
  if (draft.isChanged("subnet_ids")) draft.recompute("subnet_configuration");
  if (draft.isChanged("subnet_configuration")) draft.recompute("subnet_ids");
}

function checkNatGateway(config: ConfigView): void {
  const type = config.isUnset("connectivity_type") ? "public" : config.text("connectivity_type");
  if (type === "private") {
    for (const name of ["allocation_id", "secondary_allocation_ids"]) {
      if (config.isSet(name)) config.fault(name, 'may not be set with connectivity_type "private"; leave it out');
    }
  }
  if (type === "public" && config.isSet("secondary_private_ip_address_count")) {
    config.fault("secondary_private_ip_address_count", 'may not be set with connectivity_type "public"; leave it out');
  }
}

function planNatGateway(draft: PlanDraft): void {
  const isPrivate = draft.value("connectivity_type") === "private";
  draft.replaceWhen("secondary_private_ip_address_count", isPrivate);
  if (isPrivate && draft.isChanged("secondary_private_ip_addresses")) draft.recompute("secondary_private_ip_address_count");
  if (!isPrivate && draft.isChanged("secondary_allocation_ids"))
    draft.recompute("secondary_private_ip_address_count", "secondary_private_ip_addresses");
}

const ROUTE_DESTINATIONS = ["cidr_block", "ipv6_cidr_block", "destination_prefix_list_id"];
const ROUTE_TARGETS = [
  "carrier_gateway_id",
  "core_network_arn",
  "egress_only_gateway_id",
  "gateway_id",
  "local_gateway_id",
  "nat_gateway_id",
  "network_interface_id",
  "transit_gateway_id",
  "vpc_endpoint_id",
  "vpc_peering_connection_id",
];

function checkRoutes(config: ConfigView): void {
  config.each(
    "route",
    (route) => {
      for (const [what, names] of [
        ["destination", ROUTE_DESTINATIONS],
        ["target", ROUTE_TARGETS],
      ] as const) {
        const set = names.filter((name) => !isUnset(route.value(name)));
        if (set.length !== 1)
          route.fault(names[0] ?? "", `exactly one ${what} must be set (${names.join(", ")}), got ${set.join(", ") || "none"}`);
      }
    },
    "set",
  );
}

/** The primary address cannot change; which list says it depends on who asked for what. */
function planInterface(draft: PlanDraft): void {
  const isListed = draft.value("private_ip_list_enabled") === true;
  const [primary] = elementsOf(draft.before("private_ip_list"));
  const keepsPrimary = elementsOf(draft.value("private_ips")).some((address) => address === primary);
  draft.replaceWhen("private_ips", !isListed && !keepsPrimary);
  draft.replaceWhen("private_ip_list", isListed && elementsOf(draft.value("private_ip_list"))[0] !== primary);
  if (draft.isAnyChanged(["private_ips", "private_ips_count", "private_ip_list"]))
    draft.recompute("private_ips", "private_ips_count", "private_ip_list");
  if (draft.isAnyChanged(["ipv6_addresses", "ipv6_address_count", "ipv6_address_list"])) {
    draft.recompute("ipv6_addresses", "ipv6_address_count", "ipv6_address_list");
  }
}

export const NETWORK: SpecialCases = {
  aws_vpc: {
    check: checkBlockSize,
    plan: (draft) => {
      draft.replaceWhen(
        "instance_tenancy",
        !(draft.before("instance_tenancy") === "dedicated" && draft.value("instance_tenancy") === "default"),
      );
      if (draft.isChanged("assign_generated_ipv6_cidr_block")) draft.recompute("ipv6_association_id", "ipv6_cidr_block");
    },
  },
  aws_subnet: {
    check: checkBlockSize,
    plan: (draft) => draft.replaceWhen("ipv6_cidr_block", draft.before("assign_ipv6_address_on_creation") === true),
  },
  aws_network_interface: { plan: planInterface },
  aws_nat_gateway: { check: checkNatGateway, plan: planNatGateway },
  aws_vpc_endpoint: { plan: planEndpoint },
  aws_vpc_security_group_ingress_rule: securityGroupRule,
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_security_group: {
    check: (config) => {
      for (const name of ["name", "name_prefix"]) {
        if (config.text(name)?.startsWith("sg-") === true) config.fault(name, `must not begin with sg-, got "${config.text(name)}"`);
      }
    },
  },
  aws_route_table: { check: checkRoutes },
  aws_flow_log: {
    check: (config) => {
      const isTransit = config.isSet("transit_gateway_id") || config.isSet("transit_gateway_attachment_id");
      if (!isTransit && config.isUnset("traffic_type")) config.fault("traffic_type", "must be ACCEPT, REJECT or ALL, got none");
    },
  },
  aws_route53_zone: {
    plan: (draft) => {
      if (!draft.isCreate && blocksOf(draft.before("vpc")).length === 0 && blocksOf(draft.value("vpc")).length > 0) {
        draft.fault("vpc", "a public zone cannot become private; make another zone");
      }
    },
  },
  cloudflare_dns_record: {
    check: (config) => {
      if (config.value("proxied") === true && typeof config.value("ttl") === "number" && config.value("ttl") !== 1) {
        config.fault("ttl", `must be 1 (automatic) for a proxied record, got ${config.value("ttl")}`);
      }
    },
    plan: (draft) => {
      const [before, after] = [asText(draft.before("content")), asText(draft.value("content"))];
      const isName = ["CNAME", "NS", "PTR"].includes(asText(draft.value("type")) ?? "");
      if (isName && before !== after && before?.toLowerCase() === after?.toLowerCase()) draft.keep("content");
      if (draft.isAnyChanged(["name", "content", "data", "ttl", "proxied", "priority", "comment", "tags", "settings"]))
        draft.recompute("modified_on");
    },
  },
};
