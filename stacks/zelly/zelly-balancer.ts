import { Construct } from "constructs";
import type { Protection } from "../../constructs/base/protection";
import type { FargateService } from "../../constructs/compute/fargate-service";
import { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import { Certificate } from "../../constructs/edge/certificate";
import type { DnsZone } from "../../constructs/edge/dns-zone";
import { PublicName } from "../../constructs/edge/public-name";
import type { Network } from "../../constructs/network/network";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";
import type { HostName } from "./zelly-variables";

export interface ZellyBalancerProps {
  readonly network: Network;
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
  readonly name: string;
  readonly service: FargateService<"http">;
  readonly host: HostName;
  readonly zone: DnsZone;
}

/** A balancer with a certificate and a name of its own, in front of one service. */
export class ZellyBalancer extends Construct {
  readonly balancer: ApplicationLoadBalancer;

  constructor(scope: Construct, id: string, { name, service, host, zone, ...shared }: ZellyBalancerProps) {
    super(scope, id);
    const certificate = new Certificate(this, "Certificate", { domain: host.name, domainLabel: host.label, proof: zone });
    this.balancer = new ApplicationLoadBalancer(this, "Default", {
      ...shared,
      name,
      why: `public HTTPS for ${service.name}`,
      certificate,
      target: { service, port: "http", healthCheck: { path: "/health" } },
    });
    new PublicName(this, "Name", { zone, names: host.name, target: this.balancer, why: `${service.name} through ${name}` });
  }
}
