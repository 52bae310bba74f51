import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { pascalCase } from "../base/address";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import type { FargateService } from "../compute/fargate-service";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import { Alarm } from "../observability/alarm";
import { type Alarms, type AlarmTopic, alarmTopic } from "../observability/alarm-topic";
import type { NameTarget } from "./dns-zone";
import { type HealthCheck, TargetGroup } from "./target-group";

export interface NetworkLoadBalancerProps<Port extends string> {
  readonly network: Network;
  /** Name in AWS, at most 32 characters. Another name replaces the balancer; its addresses stay. */
  readonly name: string;
  readonly why: string;
  readonly service: FargateService<Port>;
  /** The service's ports that pass through untouched, the same outside and inside. */
  readonly passthrough: readonly Port[];
  /**
   * `public` has an Elastic IP in each zone. `internal` stands in the private subnets and is reached through PrivateLink alone,
   * as API Gateway's VPC links do. Another exposure replaces the balancer.
   *
   * @default "public"
   */
  readonly exposure?: "public" | "internal";
  /** How it finds out whether a task is well: by a path where the service speaks plain HTTP. @default "tcp" */
  readonly healthCheck?: HealthCheck;
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/**
 * A balancer that passes TCP through, public or internal. TLS, where there is any, ends in the service.
 *
 * A public one has one Elastic IP in each zone, and the service sees the visitor's own address. An internal one lets nobody in
 * the network in: PrivateLink brings its requests, and the service sees the balancer's address.
 *
 * It balances across zones: with fewer tasks than zones, an address in a zone without a task would answer nobody.
 */
export class NetworkLoadBalancer<Port extends string = string> extends Construct implements Connectable<Port>, NameTarget {
  readonly connections: Connections<Port>;
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
  /** Public addresses, one in each zone, in the order of the zones. They outlive the balancer. None for an internal one. */
  readonly addresses: readonly string[];
  private readonly service: FargateService<Port>;

  /** @throws {PropsError} when the name is longer than AWS takes. */
  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps<Port>) {
    super(scope, id);
    const { network, name, why, service, passthrough, exposure = "public", protection, alarms } = props;
    if (name.length > NAME_LIMIT.loadBalancer)
      throw new PropsError(this, "name", `must have at most ${NAME_LIMIT.loadBalancer} characters`, name);
    this.name = name;
    this.service = service;
    const isPublic = exposure === "public";
    // A group on the balancer lets tasks admit it by reference, although they see the visitor's address. AWS takes the
    // first group only when the balancer is made.
    const ports = passthrough.map((port) => [port, service.portNumber(port)] as const);
    this.connections = new Connections<Port>(this, "Connections", {
      vpcId: network.vpcId,
      ports: Object.fromEntries(ports) as Record<Port, number>,
    });
    if (isPublic) this.connections.allowFromInternet("visitors, and certificate authorities that check a name");
    const addresses = isPublic ? this.elasticAddresses(network, protection) : [];
    this.addresses = addresses.map(({ address }) => address.publicIp);
    const balancer = new Lb(this, "Default", {
      name,
      loadBalancerType: "network",
      internal: !isPublic,
      securityGroups: [this.connections.securityGroupId],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: isPublic ? undefined : ADMIT_PRIVATE_LINK,
      subnetMapping: isPublic
        ? addresses.map(({ subnetId, address }) => ({ subnetId, allocationId: address.id }))
        : network.privateSubnets.map(({ id: subnetId }) => ({ subnetId })),
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: protection === "protected",
      tags: protectionTags(protection),
      dependsOn: isPublic ? [network.internetGateway] : undefined,
    });
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.hostedZoneId = balancer.zoneId;

    const topic = alarmTopic(this, alarms, `balancer ${name}`);
    for (const [port, number] of ports) this.passThrough(props, balancer, port, number, topic);
    service.connections.allowFrom(this, isPublic ? `visitors through ${name}` : `requests through ${name}`, ...passthrough);
    SystemStack.of(this).inventory.add({
      kind: "loadBalancer",
      id: pathInStack(this),
      name,
      why,
      size: isPublic ? `${network.publicSubnets.length} zones, one Elastic IP each` : `${network.privateSubnets.length} zones, internal`,
      stateful: false,
      fails: isPublic ? "a zone that fails takes its own address only" : "a zone that fails is taken out of its DNS name",
      type: "network",
      listeners: ports.map(([, number]) => ({ port: number, protocol: "TCP", to: `${service.name}:${number}` })),
    });
  }

  /**
   * Number of a port that passes through.
   *
   * @throws {PropsError} when the service does not listen on it.
   */
  portNumber(port: Port): number {
    return this.service.portNumber(port);
  }

  private elasticAddresses(network: Network, protection: Protection): { readonly subnetId: string; readonly address: Eip }[] {
    return network.publicSubnets.map(({ letter, id: subnetId }) => {
      const tags = { Name: `${SystemStack.of(this).namePrefix}-${this.name}-${letter}`, ...protectionTags(protection) };
      // Visitors' DNS and other companies' allow-lists name these.
      const lifecycle = { preventDestroy: protection === "protected" };
      return { subnetId, address: new Eip(this, `Address${letter.toUpperCase()}`, { domain: "vpc", tags, lifecycle }) };
    });
  }

  private passThrough(
    { network, service, exposure = "public", healthCheck = "tcp" }: NetworkLoadBalancerProps<Port>,
    balancer: Lb,
    port: Port,
    number: number,
    topic: AlarmTopic | undefined,
  ): void {
    const name = pascalCase(port);
    const targets = new TargetGroup(this, `${name}Targets`, {
      network,
      protocol: "TCP",
      port: number,
      serves: service.name,
      // A service that answers by host name, which a health check has none of, can be asked for no more than an open port.
      healthCheck,
      // PrivateLink hides the caller's address: there is none to preserve.
      preserveClientIp: exposure === "public",
      crossZone: true,
    });
    const listener = new LbListener(this, `${name}Listener`, {
      loadBalancerArn: balancer.arn,
      port: number,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: targets.arn }],
    });
    service.registerTarget(port, targets.arn, listener);
    if (topic === undefined) return;
    const noTarget = new Alarm(this, `${name}NoHealthyTask`, {
      topic,
      metric: {
        namespace: "AWS/NetworkELB",
        name: "HealthyHostCount",
        dimensions: { LoadBalancer: balancer.arnSuffix, TargetGroup: targets.arnSuffix },
        statistic: "Maximum",
      },
      comparison: "LessThanThreshold",
      threshold: 1,
      periods: { of: 3, bad: 3 },
      missingData: "breaching",
      means:
        healthCheck === "tcp"
          ? `no task of ${service.name} accepts connections on port ${number}.`
          : `no task of ${service.name} answers ${healthCheck.path} on port ${number} as it should.`,
      runbook: "load-balancer.md#unhealthy-tasks",
    });
    service.rollBackOn(noTarget);
  }
}

/**
 * API Gateway comes through PrivateLink, from addresses of its own that change without notice: AWS says to turn the check of
 * inbound rules off for it, and nobody else has an endpoint to this balancer. From the network the rules hold, and there are none.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 */
const ADMIT_PRIVATE_LINK = "off";
