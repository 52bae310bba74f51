import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { Construct } from "constructs";
import type { FargateService } from "../compute/fargate-service";
import type { Network } from "./network";

export interface PrivateNamesProps {
  readonly network: Network;
  /** Domain that exists inside the network only, for example `shop.internal`. Another one replaces every name. */
  readonly domain: string;
}

/** Seconds that an address is remembered: about as long as a new task takes to start. */
const TTL_SECONDS = 15;

/** Names inside the network, for services that no balancer stands before. Every name follows its service's tasks. */
export class PrivateNames extends Construct {
  private readonly domain: string;
  private readonly namespaceId: string;

  constructor(scope: Construct, id: string, { network, domain }: PrivateNamesProps) {
    super(scope, id);
    this.domain = domain;
    this.namespaceId = new ServiceDiscoveryPrivateDnsNamespace(this, "Default", { name: domain, vpc: network.vpcId }).id;
  }

  /**
   * Gives a service a name.
   *
   * @returns the full name, for example `tools.shop.internal`.
   */
  give(service: FargateService, name: string): string {
    const registry = new ServiceDiscoveryService(this, service.node.id, {
      name,
      // ECS takes its tasks out some time after the service is gone.
      forceDestroy: true,
      dnsConfig: { namespaceId: this.namespaceId, routingPolicy: "MULTIVALUE", dnsRecords: [{ type: "A", ttl: TTL_SECONDS }] },
    });
    service.registerName(registry.arn);
    return `${name}.${this.domain}`;
  }
}
