import { DataAwsEc2ManagedPrefixList } from "@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformIterator } from "cdktf";
import { Construct } from "constructs";
import { snakeCase } from "../base/address";
import { pathInStack } from "../base/construct-path";
import type { EdgeFact } from "../base/inventory-facts";
import { fitName, NAME_LIMIT } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";

/** A port that something listens on. TCP unless said otherwise. */
export type Port = number | { readonly udp: number };

/** Something with a security group: a service, a database, the bastion. */
export interface Connectable<Name extends string = string> {
  readonly connections: Connections<Name>;
}

const EVERYBODY = "0.0.0.0/0";
const INTERNET = `Internet (${EVERYBODY})`;

export interface ConnectionsProps<Name extends string> {
  readonly vpcId: string;
  /** What listens here, by name. @default - nothing listens; this only calls out */
  readonly ports?: Readonly<Record<Name, Port>>;
}

/**
 * One security group that starts shut in both directions, and the only way to open it.
 *
 * Rules are separate resources: inline rules and rule resources undo one another in the AWS provider. Each carries the
 * reason it was opened for, and stands in the inventory as an edge.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
 */
export class Connections<Name extends string = string> extends Construct {
  readonly securityGroupId: string;
  private readonly ports: Readonly<Record<string, Port>>;

  constructor(scope: Construct, id: string, { vpcId, ports }: ConnectionsProps<Name>) {
    super(scope, id);
    this.ports = ports ?? {};
    const stack = SystemStack.of(this);
    const name = fitName(`${stack.namePrefix}-${snakeCase(this.owner).replace(/_/g, "-")}`, NAME_LIMIT.securityGroupPrefix - 1);
    this.securityGroupId = new SecurityGroup(this, "Default", {
      // A prefix, because a group that must be replaced exists beside its successor for a moment.
      namePrefix: `${name}-`,
      description: `${this.owner} of ${stack.namePrefix}`,
      vpcId,
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true },
    }).id;
    stack.inventory.add({ kind: "securityGroup", id: this.owner, name });
  }

  /** Path of what the group belongs to, as the inventory names it: `Shop/Database`. */
  get owner(): string {
    return pathInStack(this);
  }

  /**
   * Lets `peer` reach this: ingress here, egress there, and nothing else.
   *
   * @param because why, in a few words; it becomes the rules' description in the console.
   * @param ports names of the ports. @default - every port that listens here
   * @throws {PropsError} when nothing listens here under that name.
   */
  allowFrom(peer: Connectable, because: string, ...ports: Name[]): void {
    const from = peer.connections;
    for (const { name, protocol, port } of this.listening(ports)) {
      const rule = { ipProtocol: protocol, fromPort: port, toPort: port, description: ruleDescription(because) };
      new VpcSecurityGroupIngressRule(this, `From${oneWord(from.owner)}-${name}`, {
        ...rule,
        securityGroupId: this.securityGroupId,
        referencedSecurityGroupId: from.securityGroupId,
      });
      new VpcSecurityGroupEgressRule(from, `To${oneWord(this.owner)}-${name}`, {
        ...rule,
        securityGroupId: from.securityGroupId,
        referencedSecurityGroupId: this.securityGroupId,
      });
      this.state({ from: from.owner, to: this.owner, protocol, port, because });
    }
  }

  /**
   * Lets everybody on the internet reach this. For what is public by its nature: balancers, a VPN server.
   *
   * @throws {PropsError} when nothing listens here under that name.
   */
  allowFromInternet(because: string, ...ports: Name[]): void {
    for (const { name, protocol, port } of this.listening(ports)) {
      new VpcSecurityGroupIngressRule(this, `FromInternet-${name}`, {
        ipProtocol: protocol,
        fromPort: port,
        toPort: port,
        description: ruleDescription(because),
        securityGroupId: this.securityGroupId,
        cidrIpv4: EVERYBODY,
      });
      this.state({ from: INTERNET, to: this.owner, protocol, port, because, addresses: [EVERYBODY] });
    }
  }

  /**
   * Lets some addresses outside the network reach this. Each block is a rule of its own, keyed by the block.
   *
   * @param who whose addresses they are, in one word; it names the rules.
   * @throws {PropsError} when nothing listens here under that name.
   */
  allowFromAddresses(who: string, cidrs: readonly string[], because: string, ...ports: Name[]): void {
    for (const { name, protocol, port } of this.listening(ports)) {
      const each = TerraformIterator.fromList([...cidrs]);
      new VpcSecurityGroupIngressRule(this, `From${who}-${name}`, {
        forEach: each,
        ipProtocol: protocol,
        fromPort: port,
        toPort: port,
        description: ruleDescription(because),
        securityGroupId: this.securityGroupId,
        cidrIpv4: each.value,
      });
      this.state({ from: `${who} (${cidrs.join(", ")})`, to: this.owner, protocol, port, because, addresses: cidrs });
    }
  }

  /**
   * Lets the addresses of one of AWS's own services reach this, out of a list that AWS keeps. Such a list can take nearly
   * all of the 60 rules that a group may have: CloudFront's counts as 55, so give it one port.
   *
   * @param who whose addresses they are, in one word; it names the rules.
   * @param list name of the list, for example `com.amazonaws.global.cloudfront.origin-facing`.
   * @throws {PropsError} when nothing listens here under that name.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   */
  allowFromPrefixList(who: string, list: string, because: string, ...ports: Name[]): void {
    const listening = this.listening(ports);
    const prefixListId = new DataAwsEc2ManagedPrefixList(this, `${who}Addresses`, { name: list }).id;
    for (const { name, protocol, port } of listening) {
      new VpcSecurityGroupIngressRule(this, `From${who}-${name}`, {
        ipProtocol: protocol,
        fromPort: port,
        toPort: port,
        description: ruleDescription(because),
        securityGroupId: this.securityGroupId,
        prefixListId,
      });
      this.state({ from: `${who} (${list})`, to: this.owner, protocol, port, because, addresses: { prefixList: list } });
    }
  }

  /** Lets this call out to anybody on one TCP port. Where the peer has a security group, use its `allowFrom` instead. */
  allowToInternet(port: number, because: string): void {
    new VpcSecurityGroupEgressRule(this, `ToInternet${port}`, {
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      description: ruleDescription(because),
      securityGroupId: this.securityGroupId,
      cidrIpv4: EVERYBODY,
    });
    this.state({ from: this.owner, to: INTERNET, protocol: "tcp", port, because, addresses: [EVERYBODY] });
  }

  private listening(names: readonly Name[]): { name: string; protocol: "tcp" | "udp"; port: number }[] {
    const chosen = names.length > 0 ? names : Object.keys(this.ports);
    if (chosen.length === 0) throw new PropsError(this, "ports", "must name what listens here before somebody can connect", {});
    return chosen.map((name) => {
      const port = this.ports[name];
      if (port === undefined)
        throw new PropsError(this, "ports", `must have "${name}" before somebody can connect to it`, Object.keys(this.ports));
      return typeof port === "number" ? { name, protocol: "tcp", port } : { name, protocol: "udp", port: port.udp };
    });
  }

  private state(edge: Omit<EdgeFact, "kind" | "id">): void {
    const { from, to, protocol, port } = edge;
    SystemStack.of(this).inventory.add({ kind: "edge", id: `${from} to ${to} ${protocol} ${port}`, ...edge });
  }
}

function oneWord(path: string): string {
  return path.replace(/\//g, "");
}

/**
 * A reason in the characters that EC2 takes for a rule's description, at most 255 of them.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
 */
function ruleDescription(because: string): string {
  return because
    .replace(/['’]/g, "")
    .replace(/[^A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]+/g, " ")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, 255);
}
