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
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { FlowLogs } from "./flow-logs";

/** Who gives private subnets a way out: one NAT gateway in the named zone, one in each zone, or nobody. */
export type NatMode = { readonly single: string } | "perZone" | "none";

export interface NetworkProps {
  /** IPv4 block of the VPC, /16 to /28. Another block replaces the VPC and all that stands in it. */
  readonly cidr: string;
  /** Subnets by the letter of their zone. A zone that comes or goes moves no other. Another block replaces the subnet. */
  readonly zones: Readonly<Record<string, { readonly publicCidr: string; readonly privateCidr: string }>>;
  readonly nat: NatMode;
  /** Days that flow logs are kept, as CloudWatch Logs takes them. */
  readonly flowLogDays: number;
}

/** One subnet, and where it is. */
export interface ZoneSubnet {
  readonly letter: string;
  /** Availability zone, for example `ap-south-1a`. */
  readonly zone: string;
  readonly id: string;
  readonly cidr: string;
}

/**
 * A VPC with a public and a private subnet in each zone, flow logs, a free gateway endpoint for S3, and a default
 * security group that lets nothing through.
 *
 * Public subnets give no public address by themselves. Every private subnet has its own route table, so that the NAT mode
 * changes routes and nothing else.
 */
export class Network extends Construct {
  readonly vpcId: string;
  readonly cidr: string;
  readonly publicSubnets: readonly ZoneSubnet[];
  readonly privateSubnets: readonly ZoneSubnet[];
  /** What is public waits for it: AWS makes no public balancer without one. */
  readonly internetGateway: ITerraformDependable;
  /** Ways out of the private subnets. What calls out from there waits for them. */
  readonly privateRoutes: readonly ITerraformDependable[];

  /** @throws {PropsError} when `nat` names a zone that has no subnets. */
  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { cidr, zones, nat, flowLogDays } = props;
    const { namePrefix, inventory } = SystemStack.of(this);
    const vpc = new Vpc(this, "Default", { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: namePrefix } });
    this.vpcId = vpc.id;
    this.cidr = cidr;
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", {
      vpcId: vpc.id,
      // Empty lists take away what is there; lists that are left out keep it.
      ingress: [],
      egress: [],
      tags: { Name: `${namePrefix}-default-shut` },
    });
    const gateway = new InternetGateway(this, "InternetGateway", { vpcId: vpc.id, tags: { Name: namePrefix } });

    this.internetGateway = gateway;

    const blocks = Object.entries(zones).sort(([a], [b]) => (a < b ? -1 : 1));
    this.publicSubnets = blocks.map(([letter, { publicCidr }]) => this.subnet("Public", letter, publicCidr));
    this.privateSubnets = blocks.map(([letter, { privateCidr }]) => this.subnet("Private", letter, privateCidr));

    const publicTable = this.routeTable("Public", `${namePrefix}-public`);
    new Route(this, "PublicDefaultRoute", { routeTableId: publicTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id });
    for (const subnet of this.publicSubnets) this.associate(`Public${subnet.letter.toUpperCase()}`, subnet, publicTable);

    const gateways = this.natGateways(nat, gateway);
    const privateRoutes: Route[] = [];
    const privateTables = this.privateSubnets.map((subnet) => {
      const name = `Private${subnet.letter.toUpperCase()}`;
      const table = this.routeTable(name, `${namePrefix}-private-${subnet.letter}`);
      const natGateway = gateways.get(subnet.letter);
      if (natGateway !== undefined) {
        const way = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: natGateway.id };
        privateRoutes.push(new Route(this, `${name}DefaultRoute`, way));
      }
      this.associate(name, subnet, table);
      return table;
    });

    this.privateRoutes = privateRoutes;

    new VpcEndpoint(this, "S3Endpoint", {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${SystemStack.of(this).region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: [publicTable, ...privateTables].map((table) => table.id),
      tags: { Name: `${namePrefix}-s3` },
    });
    new FlowLogs(this, "FlowLogs", { vpcId: vpc.id, retentionDays: flowLogDays });

    inventory.add({
      kind: "network",
      id: pathInStack(this),
      name: namePrefix,
      why: "keeps private what does not face the internet",
      size: `${cidr}, ${blocks.length} zones, NAT ${describeNat(nat)}`,
      stateful: false,
      fails: natFailure(nat),
      cidr,
      subnets: [
        ...this.publicSubnets.map(({ letter, cidr, zone }) => ({
          name: `${namePrefix}-public-${letter}`,
          cidr,
          zone,
          tier: "public" as const,
        })),
        ...this.privateSubnets.map(({ letter, cidr, zone }) => ({
          name: `${namePrefix}-private-${letter}`,
          cidr,
          zone,
          tier: "private" as const,
        })),
      ],
    });
  }

  /**
   * The subnet of one tier in one zone, for what stands in one zone only.
   *
   * @throws {PropsError} for a zone that the network does not have.
   */
  subnetIn(tier: "public" | "private", zone: string): ZoneSubnet {
    const subnets = tier === "public" ? this.publicSubnets : this.privateSubnets;
    const subnet = subnets.find(({ letter }) => letter === zone);
    if (subnet === undefined)
      throw new PropsError(
        this,
        "zones",
        `must have "${zone}", where something is to stand`,
        subnets.map(({ letter }) => letter),
      );
    return subnet;
  }

  private subnet(tier: "Public" | "Private", letter: string, cidrBlock: string): ZoneSubnet {
    const { region, namePrefix } = SystemStack.of(this);
    const zone = `${region}${letter}`;
    const subnet = new Subnet(this, `${tier}${letter.toUpperCase()}`, {
      vpcId: this.vpcId,
      availabilityZone: zone,
      cidrBlock,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${namePrefix}-${tier.toLowerCase()}-${letter}`, Tier: tier.toLowerCase() },
    });
    return { letter, zone, id: subnet.id, cidr: cidrBlock };
  }

  private routeTable(name: string, tag: string): RouteTable {
    return new RouteTable(this, `${name}RouteTable`, { vpcId: this.vpcId, tags: { Name: tag } });
  }

  private associate(name: string, subnet: ZoneSubnet, table: RouteTable): void {
    new RouteTableAssociation(this, `${name}RouteTableAssociation`, { subnetId: subnet.id, routeTableId: table.id });
  }

  /** NAT gateway that each zone's private subnet uses, by letter. */
  private natGateways(nat: NatMode, internetGateway: InternetGateway): ReadonlyMap<string, NatGateway> {
    const { namePrefix } = SystemStack.of(this);
    const make = ({ letter, id }: ZoneSubnet): NatGateway => {
      const name = `Nat${letter.toUpperCase()}`;
      const tags = { Name: `${namePrefix}-nat-${letter}` };
      const address = new Eip(this, `${name}Address`, { domain: "vpc", tags, dependsOn: [internetGateway] });
      return new NatGateway(this, name, { subnetId: id, allocationId: address.id, tags, dependsOn: [internetGateway] });
    };
    if (nat === "none") return new Map();
    if (nat === "perZone") return new Map(this.publicSubnets.map((subnet) => [subnet.letter, make(subnet)]));
    const shared = make(this.subnetIn("public", nat.single));
    return new Map(this.privateSubnets.map(({ letter }) => [letter, shared]));
  }
}

function describeNat(nat: NatMode): string {
  return typeof nat === "object" ? `single in zone ${nat.single}` : nat;
}

function natFailure(nat: NatMode): string {
  if (nat === "none") return "private subnets have no way out";
  if (nat === "perZone") return "a zone that fails takes its own NAT gateway only";
  return `when zone ${nat.single} fails, no private subnet can call out: no image pulls, no calls to other companies`;
}
