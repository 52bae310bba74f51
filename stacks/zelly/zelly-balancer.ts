import { Construct } from "constructs";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import type { FargateService } from "../../constructs/compute/fargate-service";
import { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import { Certificate } from "../../constructs/edge/certificate";
import { PublicName } from "../../constructs/edge/public-name";
import type { Network } from "../../constructs/network/network";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";

export interface ZellyBalancerProps {
  readonly network: Network;
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
  readonly name: string;
  readonly service: FargateService<"http">;
  /** Host name, as an operator gave it. */
  readonly host: string;
  /** Key of the host in the variable `domain_names`. */
  readonly hostKey: string;
  readonly zoneId: string;
}

/** A balancer with a certificate and a name of its own, in front of one service. */
export class ZellyBalancer extends Construct {
  readonly balancer: ApplicationLoadBalancer;

  constructor(scope: Construct, id: string, { name, service, host, hostKey, zoneId, ...shared }: ZellyBalancerProps) {
    super(scope, id);
    const { environment } = SystemStack.of(this);
    const certificate = new Certificate(this, "Certificate", {
      domain: host,
      domainLabel: `domain_names.${environment}.${hostKey}`,
      zoneId,
    });
    this.balancer = new ApplicationLoadBalancer(this, "Default", {
      ...shared,
      name,
      why: `public HTTPS for ${service.name}`,
      certificate,
      target: { service, port: "http", healthCheck: { path: "/health" } },
    });
    new PublicName(this, "Name", {
      zoneId,
      names: host,
      target: this.balancer.dnsName,
      why: `${service.name} through ${name}`,
      proxied: false,
    });
  }
}
