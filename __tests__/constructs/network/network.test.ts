import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { NetworkProps } from "../../../constructs/network/network";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addNetwork, ZONES } from "../parts";
import { allAddresses, facts, once, rules } from "../readings";

const { a, b, c } = ZONES;

function synthNetwork(props: Partial<NetworkProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => addNetwork(stack, props));
}

/** Where each route table sends what leaves the network: `table -> gateway`. */
function defaultRoutes(synthesized: Synthesized): string[] {
  const last = (reference: unknown): string => String(reference).replace(/^\$\{\w+\.(\w+)\.id\}$/, "$1");
  return synthesized.all(Route).map((route) => {
    expect(route["destination_cidr_block"]).toBe("0.0.0.0/0");
    return `${last(route["route_table_id"])} -> ${last(route["gateway_id"] ?? route["nat_gateway_id"])}`;
  });
}

const plain = once(() => synthNetwork());

describe("Network", () => {
  test("has a public and a private subnet in each zone, and gives no public address by itself", () => {
    const subnets = Object.entries(synthNetwork({ zones: { a, b, c } }).byName(Subnet)).map(
      ([name, { availability_zone, cidr_block, map_public_ip_on_launch }]) => [
        name,
        availability_zone,
        cidr_block,
        map_public_ip_on_launch,
      ],
    );
    expect(subnets).toEqual([
      ["network_public_a", "eu-west-1a", a.publicCidr, false],
      ["network_public_b", "eu-west-1b", b.publicCidr, false],
      ["network_public_c", "eu-west-1c", c.publicCidr, false],
      ["network_private_a", "eu-west-1a", a.privateCidr, false],
      ["network_private_b", "eu-west-1b", b.privateCidr, false],
      ["network_private_c", "eu-west-1c", c.privateCidr, false],
    ]);
  });

  test("resolves its own names, so that endpoints and private zones work", () => {
    expect(plain().only(Vpc)).toEqual({
      cidr_block: "10.0.0.0/16",
      enable_dns_hostnames: true,
      enable_dns_support: true,
      tags: { Name: "shop-test" },
    });
  });

  test("keeps the default security group empty, also after somebody has put a rule in", () => {
    // Left out, both lists are whatever they are; given empty, Terraform takes away what it did not put there.
    expect(plain().only(DefaultSecurityGroup)).toEqual({
      vpc_id: "${aws_vpc.network.id}",
      ingress: [],
      egress: [],
      tags: { Name: "shop-test-default-shut" },
    });
  });

  test("opens nothing", () => {
    expect(rules(synthNetwork({ nat: "perZone" }))).toEqual([]);
  });

  test("sends traffic for S3 past the NAT gateway, from every route table", () => {
    const synthesized = plain();
    expect(synthesized.only(VpcEndpoint)).toEqual({
      vpc_id: "${aws_vpc.network.id}",
      service_name: "com.amazonaws.eu-west-1.s3",
      vpc_endpoint_type: "Gateway",
      route_table_ids: Object.keys(synthesized.byName(RouteTable)).map((name) => `\${aws_route_table.${name}.id}`),
      tags: { Name: "shop-test-s3" },
    });
    expect(synthesized.all(RouteTable)).toHaveLength(3);
  });

  test("gives each private subnet a route table of its own, and the public ones one together", () => {
    const pairs = Object.values(plain().byName(RouteTableAssociation)).map(
      ({ subnet_id, route_table_id }) => `${subnet_id} ${route_table_id}`,
    );
    expect(pairs).toEqual([
      "${aws_subnet.network_public_a.id} ${aws_route_table.network_public_route_table.id}",
      "${aws_subnet.network_public_b.id} ${aws_route_table.network_public_route_table.id}",
      "${aws_subnet.network_private_a.id} ${aws_route_table.network_private_a_route_table.id}",
      "${aws_subnet.network_private_b.id} ${aws_route_table.network_private_b_route_table.id}",
    ]);
  });

  test("sends every private subnet out through the one gateway of a single NAT", () => {
    const synthesized = synthNetwork({ nat: { single: "b" } });
    expect(defaultRoutes(synthesized)).toEqual([
      "network_public_route_table -> network_internet_gateway",
      "network_private_a_route_table -> network_nat_b",
      "network_private_b_route_table -> network_nat_b",
    ]);
    expect(synthesized.only(NatGateway)).toEqual({
      allocation_id: "${aws_eip.network_nat_b_address.id}",
      subnet_id: "${aws_subnet.network_public_b.id}",
      tags: { Name: "shop-test-nat-b" },
      depends_on: ["aws_internet_gateway.network_internet_gateway"],
    });
    expect(synthesized.only(Eip)).toEqual({
      domain: "vpc",
      tags: { Name: "shop-test-nat-b" },
      depends_on: ["aws_internet_gateway.network_internet_gateway"],
    });
  });

  test("sends each private subnet out through its own zone with a NAT in each", () => {
    const synthesized = synthNetwork({ nat: "perZone" });
    expect(defaultRoutes(synthesized)).toEqual([
      "network_public_route_table -> network_internet_gateway",
      "network_private_a_route_table -> network_nat_a",
      "network_private_b_route_table -> network_nat_b",
    ]);
    expect(synthesized.addresses(NatGateway)).toEqual(["aws_nat_gateway.network_nat_a", "aws_nat_gateway.network_nat_b"]);
  });

  test("gives private subnets no way out without a NAT", () => {
    expect(defaultRoutes(synthNetwork({ nat: "none" }))).toEqual(["network_public_route_table -> network_internet_gateway"]);
  });

  test("refuses a NAT gateway in a zone that has no subnets", () => {
    expect(() => synthNetwork({ nat: { single: "z" } })).toThrow(
      'shop-test/Network: zones must have "z", where something is to stand, got ["a","b"]',
    );
  });

  test("finds the subnet of a tier in a zone, and refuses a zone that it does not have", () => {
    const network = addNetwork(new TestStack(scratchApp()), { zones: { a, b } });
    expect(network.subnetIn("public", "b")).toMatchObject({ letter: "b", zone: "eu-west-1b", cidr: b.publicCidr });
    expect(network.subnetIn("private", "a")).toMatchObject({ letter: "a", zone: "eu-west-1a", cidr: a.privateCidr });
    expect(() => network.subnetIn("private", "c")).toThrow(
      'shop-test/Network: zones must have "c", where something is to stand, got ["a","b"]',
    );
  });

  test("keeps the addresses that state is stored under", () => {
    const synthesized = plain();
    expect(synthesized.addresses(Vpc, InternetGateway, Subnet)).toEqual([
      "aws_internet_gateway.network_internet_gateway",
      "aws_subnet.network_private_a",
      "aws_subnet.network_private_b",
      "aws_subnet.network_public_a",
      "aws_subnet.network_public_b",
      "aws_vpc.network",
    ]);
  });

  test("states its subnets and how it fails", () => {
    expect(facts(synthNetwork({ nat: { single: "a" } }), "network")).toEqual([
      {
        kind: "network",
        id: "Network",
        name: "shop-test",
        why: "keeps private what does not face the internet",
        size: "10.0.0.0/16, 2 zones, NAT single in zone a",
        stateful: false,
        fails: "when zone a fails, no private subnet can call out: no image pulls, no calls to other companies",
        cidr: "10.0.0.0/16",
        subnets: [
          { name: "shop-test-public-a", cidr: a.publicCidr, zone: "eu-west-1a", tier: "public" },
          { name: "shop-test-public-b", cidr: b.publicCidr, zone: "eu-west-1b", tier: "public" },
          { name: "shop-test-private-a", cidr: a.privateCidr, zone: "eu-west-1a", tier: "private" },
          { name: "shop-test-private-b", cidr: b.privateCidr, zone: "eu-west-1b", tier: "private" },
        ],
      },
    ]);
  });

  test.each([
    ["perZone", "NAT perZone", "a zone that fails takes its own NAT gateway only"],
    ["none", "NAT none", "private subnets have no way out"],
  ] as const)("states what a NAT mode of %s means", (nat, size, fails) => {
    const [fact] = facts(synthNetwork({ nat }), "network");
    expect(fact).toMatchObject({ size: `10.0.0.0/16, 2 zones, ${size}`, fails });
  });
});

describe("changes to a network", () => {
  /** What became of the resources of a network: those that differ now, those that are new, those that are gone. */
  function changes(before: Synthesized, after: Synthesized): { changed: string[]; added: string[]; removed: string[] } {
    const body = ({ json }: Synthesized, address: string): unknown => {
      const [type = "", name = ""] = address.split(".");
      return (json["resource"] as Record<string, Record<string, unknown>>)[type]?.[name];
    };
    const [old, fresh] = [allAddresses(before), allAddresses(after)];
    return {
      changed: old.filter(
        (address) => fresh.includes(address) && JSON.stringify(body(before, address)) !== JSON.stringify(body(after, address)),
      ),
      added: fresh.filter((address) => !old.includes(address)),
      removed: old.filter((address) => !fresh.includes(address)),
    };
  }

  test.each([
    ["none", []],
    [{ single: "a" }, ["aws_route.network_private_b_default_route"]],
    ["perZone", ["aws_eip.network_nat_b_address", "aws_nat_gateway.network_nat_b", "aws_route.network_private_b_default_route"]],
  ] as const)("a new zone touches no address and no block of the others, with NAT %j", (nat, added) => {
    const before = synthNetwork({ zones: { a, c }, nat });
    const after = synthNetwork({ zones: { a, b, c }, nat });
    expect(changes(before, after)).toEqual({
      // The endpoint learns of the new route table, in place.
      changed: ["aws_vpc_endpoint.network_s3_endpoint"],
      added: [
        ...added,
        "aws_route_table.network_private_b_route_table",
        "aws_route_table_association.network_private_b_route_table_association",
        "aws_route_table_association.network_public_b_route_table_association",
        "aws_subnet.network_private_b",
        "aws_subnet.network_public_b",
      ].sort(),
      removed: [],
    });
  });

  test("the order in which zones are written changes nothing", () => {
    const expected = synthNetwork({ zones: { a, b, c }, nat: "perZone" }).json;
    for (const zones of [
      { b, a, c },
      { c, b, a },
      { c, a, b },
    ])
      expect(synthNetwork({ zones, nat: "perZone" }).json).toEqual(expected);
  });

  const [routeA, routeB] = ["aws_route.network_private_a_default_route", "aws_route.network_private_b_default_route"];
  const natOf = (letter: string) => [`aws_eip.network_nat_${letter}_address`, `aws_nat_gateway.network_nat_${letter}`];
  test.each([
    ["none", { single: "a" }, { changed: [], added: [...natOf("a"), routeA, routeB], removed: [] }],
    ["none", "perZone", { changed: [], added: [...natOf("a"), ...natOf("b"), routeA, routeB], removed: [] }],
    [{ single: "a" }, "perZone", { changed: [routeB], added: natOf("b"), removed: [] }],
    [{ single: "a" }, { single: "b" }, { changed: [routeA, routeB], added: natOf("b"), removed: natOf("a") }],
    ["perZone", "none", { changed: [], added: [], removed: [...natOf("a"), ...natOf("b"), routeA, routeB] }],
  ] as const)("NAT %j to %j changes gateways, their addresses and default routes, and nothing else", (from, to, expected) => {
    const { changed, added, removed } = changes(synthNetwork({ nat: from }), synthNetwork({ nat: to }));
    expect({ changed, added, removed }).toEqual({
      changed: expected.changed,
      added: [...expected.added].sort(),
      removed: [...expected.removed].sort(),
    });
  });
});
