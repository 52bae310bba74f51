import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
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
import { TargetGroup } from "./target-group";

export interface NetworkLoadBalancerProps<Port extends string> {
  readonly network: Network;
  /** Name in AWS, at most 32 characters. Another name replaces the balancer; its addresses stay. */
  readonly name: string;
  readonly why: string;
  readonly service: FargateService<Port>;
  /** The service's ports that pass through untouched, the same outside and inside. */
  readonly passthrough: readonly Port[];
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/**
 * A public balancer that passes TCP through, with one Elastic IP in each zone. TLS ends in the service, which sees the
 * visitor's own address.
 *
 * It balances across zones: with fewer tasks than zones, an address in a zone without a task would answer nobody.
 */
export class NetworkLoadBalancer<Port extends string = string> extends Construct implements Connectable<Port>, NameTarget {
  readonly connections: Connections<Port>;
  readonly name: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
  /** Public addresses, one in each zone, in the order of the zones. They outlive the balancer. */
  readonly addresses: readonly string[];

  /** @throws {PropsError} when the name is longer than AWS takes. */
  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps<Port>) {
    super(scope, id);
    const { network, name, why, service, passthrough, protection, alarms } = props;
    if (name.length > NAME_LIMIT.loadBalancer)
      throw new PropsError(this, "name", `must have at most ${NAME_LIMIT.loadBalancer} characters`, name);
    this.name = name;
    // A group on the balancer lets tasks admit it by reference, although they see the visitor's address. AWS takes the
    // first group only when the balancer is made.
    const ports = passthrough.map((port) => [port, service.portNumber(port)] as const);
    this.connections = new Connections<Port>(this, "Connections", {
      vpcId: network.vpcId,
      ports: Object.fromEntries(ports) as Record<Port, number>,
    });
    this.connections.allowFromInternet("visitors, and certificate authorities that check a name");
    const addresses = network.publicSubnets.map(({ letter, id: subnetId }) => {
      const tags = { Name: `${SystemStack.of(this).namePrefix}-${name}-${letter}`, ...protectionTags(protection) };
      // Visitors' DNS and other companies' allow-lists name these.
      const lifecycle = { preventDestroy: protection === "protected" };
      return { subnetId, address: new Eip(this, `Address${letter.toUpperCase()}`, { domain: "vpc", tags, lifecycle }) };
    });
    this.addresses = addresses.map(({ address }) => address.publicIp);
    const balancer = new Lb(this, "Default", {
      name,
      loadBalancerType: "network",
      internal: false,
      securityGroups: [this.connections.securityGroupId],
      subnetMapping: addresses.map(({ subnetId, address }) => ({ subnetId, allocationId: address.id })),
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: protection === "protected",
      tags: protectionTags(protection),
      dependsOn: [network.internetGateway],
    });
    this.dnsName = balancer.dnsName;
    this.hostedZoneId = balancer.zoneId;

    const topic = alarmTopic(this, alarms, `balancer ${name}`);
    for (const [port, number] of ports) this.passThrough(props, balancer, port, number, topic);
    service.connections.allowFrom(this, `visitors through ${name}`, ...passthrough);
    SystemStack.of(this).inventory.add({
      kind: "loadBalancer",
      id: pathInStack(this),
      name,
      why,
      size: `${network.publicSubnets.length} zones, one Elastic IP each`,
      stateful: false,
      fails: "a zone that fails takes its own address only",
      type: "network",
      listeners: ports.map(([, number]) => ({ port: number, protocol: "TCP", to: `${service.name}:${number}` })),
    });
  }

  private passThrough(
    { network, service }: NetworkLoadBalancerProps<Port>,
    balancer: Lb,
    port: Port,
    number: number,
    topic: AlarmTopic | undefined,
  ): void {
    const name = port.charAt(0).toUpperCase() + port.slice(1);
    const targets = new TargetGroup(this, `${name}Targets`, {
      network,
      protocol: "TCP",
      port: number,
      serves: service.name,
      // The service answers by host name, which a health check has none of: an open port is what can be asked for.
      healthCheck: "tcp",
      preserveClientIp: true,
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
      means: `no task of ${service.name} accepts connections on port ${number}.`,
      runbook: "load-balancer.md#unhealthy-tasks",
    });
    service.rollBackOn(noTarget);
  }
}
