import { elementsOf, type Value } from "../protocol/value";
import { zoneId } from "../world/regions";
import { type Fake, type FakeResource, type Fakes, fixed, same } from "./fake-resource";

const ec2Arn =
  (kind: string): Fake =>
  (r) =>
    r.arn("ec2", `${kind}/${r.text("id")}`);

/** An address in TEST-NET-3, which is for documentation. @see RFC 5737 */
const publicAddress: Fake = (r) => `203.0.113.${(r.serial() % 254) + 1}`;

/** An address in a block that no VPC here uses. */
const privateAddress: Fake = (r) => `198.18.${Math.floor(r.serial() / 254) % 256}.${(r.serial() % 254) + 1}`;

/** Zone of a subnet that names none, or names it by id. */
const zone: Fake = (r) => {
  const number = /az([1-6])$/.exec(String(r.given("availability_zone_id")))?.[1] ?? "1";
  return `${r.place.region}${"abcdef"[Number(number) - 1]}`;
};

const securityGroupRule: Fakes = {
  id: (r) => r.hexId("sgr"),
  security_group_rule_id: same("id"),
  arn: (r) => r.arn("ec2", `security-group-rule/${r.text("id")}`),
};

function endpointNetworkInterfaces(r: FakeResource): Value {
  return elementsOf(r.value("subnet_ids")).map(() => r.hexId("eni"));
}

export const NETWORK_FAKES: Readonly<Record<string, Fakes>> = {
  aws_vpc: {
    id: (r) => r.hexId("vpc"),
    arn: ec2Arn("vpc"),
    default_network_acl_id: (r) => r.hexId("acl"),
    default_route_table_id: same("main_route_table_id"),
    default_security_group_id: (r) => r.hexId("sg"),
    main_route_table_id: (r) => r.hexId("rtb"),
    dhcp_options_id: (r) => r.hexId("dopt"),
    enable_dns_hostnames: fixed(false),
    enable_network_address_usage_metrics: fixed(false),
    ipv6_association_id: (r) => (r.value("assign_generated_ipv6_cidr_block") === true ? r.hexId("vpc-cidr-assoc") : ""),
    ipv6_cidr_block: (r) =>
      r.value("assign_generated_ipv6_cidr_block") === true ? `2001:db8:${(r.serial() % 4096).toString(16)}::/56` : "",
    ipv6_cidr_block_network_border_group: (r) => (r.value("assign_generated_ipv6_cidr_block") === true ? r.place.region : ""),
  },
  aws_subnet: {
    id: (r) => r.hexId("subnet"),
    arn: ec2Arn("subnet"),
    availability_zone: zone,
    availability_zone_id: (r) => zoneId(r.text("availability_zone")),
    ipv6_cidr_block: fixed(""),
    ipv6_cidr_block_association_id: fixed(""),
    private_dns_hostname_type_on_launch: fixed("ip-name"),
  },
  aws_network_interface: {
    id: (r) => r.hexId("eni"),
    arn: ec2Arn("network-interface"),
    interface_type: fixed("interface"),
    ipv4_prefix_count: fixed(0),
    ipv6_address_count: fixed(0),
    ipv6_prefix_count: fixed(0),
    mac_address: (r) =>
      `02:fa:4e:00:${String(Math.floor(r.serial() / 100) % 100).padStart(2, "0")}:${String(r.serial() % 100).padStart(2, "0")}`,
    outpost_arn: fixed(""),
    private_dns_name: (r) => `ip-${r.text("private_ip").replaceAll(".", "-")}.${r.place.region}.compute.internal`,
    private_ip: (r) => elementsOf(r.given("private_ips"))[0] ?? elementsOf(r.given("private_ip_list"))[0] ?? privateAddress(r),
    private_ip_list: (r) => (elementsOf(r.given("private_ips")).length > 0 ? r.value("private_ips") : [r.value("private_ip")]),
    private_ips: (r) => (elementsOf(r.given("private_ip_list")).length > 0 ? r.value("private_ip_list") : [r.value("private_ip")]),
    private_ips_count: (r) => elementsOf(r.value("private_ips")).length - 1,
    security_groups: (r) => [r.hexId("sg")],
  },
  aws_internet_gateway: { id: (r) => r.hexId("igw"), arn: ec2Arn("internet-gateway"), vpc_id: fixed("") },
  aws_nat_gateway: {
    id: (r) => r.hexId("nat"),
    association_id: (r) => r.hexId("eipassoc"),
    availability_mode: fixed("zonal"),
    network_interface_id: (r) => r.hexId("eni"),
    private_ip: privateAddress,
    public_ip: publicAddress,
    vpc_id: fixed(""),
    secondary_private_ip_address_count: fixed(0),
    regional_nat_gateway_address: fixed([]),
    regional_nat_gateway_auto_mode: fixed(""),
    auto_provision_zones: fixed(""),
    auto_scaling_ips: fixed(""),
    route_table_id: fixed(""),
  },
  aws_eip: {
    id: (r) => r.hexId("eipalloc"),
    allocation_id: same("id"),
    arn: ec2Arn("elastic-ip"),
    association_id: fixed(""),
    carrier_ip: fixed(""),
    customer_owned_ip: fixed(""),
    domain: fixed("vpc"),
    instance: fixed(""),
    ipam_pool_id: fixed(""),
    network_border_group: (r) => r.place.region,
    network_interface: fixed(""),
    private_dns: fixed(""),
    private_ip: fixed(""),
    ptr_record: fixed(""),
    public_dns: (r) => `ec2-${r.text("public_ip").replaceAll(".", "-")}.${r.place.region}.compute.${r.place.dnsSuffix}`,
    public_ip: publicAddress,
    public_ipv4_pool: fixed("amazon"),
  },
  aws_eip_association: {
    id: (r) => r.hexId("eipassoc"),
    allocation_id: (r) => r.hexId("eipalloc"),
    instance_id: fixed(""),
    network_interface_id: (r) => r.hexId("eni"),
    private_ip_address: privateAddress,
    public_ip: publicAddress,
  },
  aws_route_table: { id: (r) => r.hexId("rtb"), arn: ec2Arn("route-table") },
  aws_route: {
    id: (r) => `r-${r.text("route_table_id")}${r.serial()}`,
    instance_id: fixed(""),
    instance_owner_id: fixed(""),
    network_interface_id: fixed(""),
    origin: fixed("CreateRoute"),
    state: fixed("active"),
  },
  aws_route_table_association: { id: (r) => r.hexId("rtbassoc") },
  aws_vpc_endpoint: {
    id: (r) => r.hexId("vpce"),
    arn: ec2Arn("vpc-endpoint"),
    cidr_blocks: fixed([]),
    dns_entry: (r) =>
      r.text("vpc_endpoint_type") === "Gateway"
        ? []
        : [
            {
              dns_name: `${r.text("id")}-fake.${r.text("service_name").split(".").at(-1) ?? ""}.${r.place.region}.vpce.${r.place.dnsSuffix}`,
              hosted_zone_id: "ZFAKE00000000",
            },
          ],
    ip_address_type: fixed("ipv4"),
    network_interface_ids: endpointNetworkInterfaces,
    policy: () => JSON.stringify({ Version: "2008-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] }),
    prefix_list_id: (r) => (r.text("vpc_endpoint_type") === "Gateway" ? r.hexId("pl") : ""),
    private_dns_enabled: fixed(false),
    requester_managed: fixed(false),
    service_region: (r) => r.place.region,
    state: fixed("available"),
  },
  aws_flow_log: {
    id: (r) => r.hexId("fl"),
    arn: ec2Arn("vpc-flow-log"),
    log_destination: fixed(""),
    log_format: fixed(
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    ),
  },
  aws_security_group: { id: (r) => r.hexId("sg"), arn: ec2Arn("security-group"), vpc_id: (r) => r.hexId("vpc") },
  aws_default_security_group: {
    id: (r) => r.hexId("sg"),
    arn: ec2Arn("security-group"),
    name: fixed("default"),
    description: fixed("default VPC security group"),
    vpc_id: (r) => r.hexId("vpc"),
  },
  aws_vpc_security_group_ingress_rule: securityGroupRule,
  aws_vpc_security_group_egress_rule: securityGroupRule,
  aws_route53_zone: {
    id: (r) => r.letters("Z", 21),
    zone_id: same("id"),
    arn: (r) => `arn:${r.place.partition}:route53:::hostedzone/${r.text("id")}`,
    name_servers: fixed(["ns-1.fake-dns.example", "ns-2.fake-dns.example", "ns-3.fake-dns.example", "ns-4.fake-dns.example"]),
    primary_name_server: fixed("ns-1.fake-dns.example"),
  },
  aws_route53_record: {
    id: (r) => [r.text("zone_id"), r.text("name"), r.text("type"), r.text("set_identifier")].filter((part) => part !== "").join("_"),
    allow_overwrite: fixed(null),
    fqdn: (r) => r.text("name").replace(/\.$/, ""),
  },
  aws_service_discovery_private_dns_namespace: {
    id: (r) => `ns-${r.word(16)}`,
    arn: (r) => r.arn("servicediscovery", `namespace/${r.text("id")}`),
    hosted_zone: (r) => r.letters("Z", 21),
  },
  aws_service_discovery_http_namespace: {
    id: (r) => `ns-${r.word(16)}`,
    arn: (r) => r.arn("servicediscovery", `namespace/${r.text("id")}`),
    http_name: same("name"),
  },
  aws_service_discovery_service: {
    id: (r) => `srv-${r.word(16)}`,
    arn: (r) => r.arn("servicediscovery", `service/${r.text("id")}`),
    namespace_id: fixed(""),
    type: fixed("DNS"),
  },
  cloudflare_dns_record: {
    id: (r) => `fa4e${String(r.serial()).padStart(28, "0")}`,
    content: fixed(""),
    meta: fixed("{}"),
    proxiable: (r) => ["A", "AAAA", "CNAME"].includes(r.text("type")),
    comment_modified_on: fixed(null),
    tags_modified_on: fixed(null),
  },
};
