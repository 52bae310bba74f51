import { Construct } from "constructs";
import type { AllThriveConfig } from "../../config/allthrive-schema";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import type { FargateService } from "../../constructs/compute/fargate-service";
import { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import { Certificate } from "../../constructs/edge/certificate";
import type { DnsZone } from "../../constructs/edge/dns-zone";
import type { BackendOrigin } from "../../constructs/edge/origin-balancer";
import { OriginSecret } from "../../constructs/edge/origin-secret";
import type { Network } from "../../constructs/network/network";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";

export interface AllThriveBalancersProps {
  readonly network: Network;
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
  readonly web: FargateService<"http">;
  readonly zone: DnsZone;
  readonly dns: AllThriveConfig["dns"];
  readonly origin: AllThriveConfig["cloudfront"]["origin"];
}

/** Seconds without a message after which a websocket is closed: over the 120 that the system asks for, under CloudFront's ten minutes. */
const IDLE_SECONDS = 300;
/** Where Django serves websockets, on every name. */
export const WEBSOCKET_PATHS = "/ws/*";

/** The ways to Django: websockets straight from browsers, everything else by CloudFront alone. */
export class AllThriveBalancers extends Construct {
  /** Answers websockets at `ws.<domain>`; every other host and path is refused. */
  readonly public: ApplicationLoadBalancer;
  readonly certificate: Certificate;
  readonly origin: BackendOrigin;
  /** All that there are. */
  readonly all: readonly ApplicationLoadBalancer[];

  constructor(scope: Construct, id: string, props: AllThriveBalancersProps) {
    super(scope, id);
    const { network, protection, alarms, web, zone, dns, origin } = props;
    const { namePrefix, environment } = SystemStack.of(this);
    this.certificate = new Certificate(this, "Certificate", { domain: dns.site, alternatives: { Api: dns.api, Ws: dns.ws }, proof: zone });
    const shared = { network, protection, alarms, certificate: this.certificate, idleTimeoutSeconds: IDLE_SECONDS };
    const target = { service: web, port: "http", healthCheck: { path: "/api/health/" }, websockets: true } as const;
    this.public = new ApplicationLoadBalancer(this, "Default", {
      ...shared,
      name: `${namePrefix}-alb`,
      why: `websockets, straight from browsers to ${dns.ws}`,
      target: "nobody",
    });
    // Without the paths this name would lead around CloudFront's web ACL to everything that Django serves.
    const targets = this.public.route("Ws", { when: { hosts: [dns.ws], paths: [WEBSOCKET_PATHS] }, priority: 10, to: target });
    if (origin === "private") {
      const internal = new ApplicationLoadBalancer(this, "Origin", {
        ...shared,
        name: `${namePrefix}-origin`,
        why: "what CloudFront passes on, over a private way",
        exposure: "internal",
        target,
      });
      this.origin = { vpcOrigin: internal };
      this.all = [this.public, internal];
      return;
    }
    const secret = new OriginSecret(this, "OriginSecret", {
      name: `${environment}/allthrive/origin`,
      sends: origin.secretHeader.sends,
      protection,
    });
    const header = { name: secret.header, anyOf: secret.accepted };
    this.public.route("Cloudfront", { when: { hosts: [dns.site, dns.api], header }, priority: 20, to: targets });
    this.origin = { publicOrigin: this.public, secretHeader: secret };
    this.all = [this.public];
  }
}
