import { Construct } from "constructs";
import type { AtlasConfig } from "../../config/atlas-schema";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import type { FargateService } from "../../constructs/compute/fargate-service";
import { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import type { Forward } from "../../constructs/edge/balancer-route";
import { Certificate } from "../../constructs/edge/certificate";
import type { DnsZone } from "../../constructs/edge/dns-zone";
import { PublicName } from "../../constructs/edge/public-name";
import type { Network } from "../../constructs/network/network";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";

export interface AtlasBalancerProps {
  readonly network: Network;
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
  readonly zone: DnsZone;
  readonly config: Pick<AtlasConfig, "dns" | "kafkaUiAccess">;
  readonly eventsIngestion: FargateService<"http">;
  readonly dashboardBackend: FargateService<"http">;
  readonly kafkaUi: FargateService<"http">;
}

/**
 *   host                    service             who may
 *   events ingestion host   events-ingestion    everybody; it asks for its own keys
 *   dashboard backend host  dashboard-backend   everybody; it asks who is there
 *   Kafka UI host           kafka-ui            operators: signed in, or from their addresses
 *   any other               events-ingestion
 */
export class AtlasBalancer extends Construct {
  readonly balancer: ApplicationLoadBalancer;

  constructor(scope: Construct, id: string, props: AtlasBalancerProps) {
    super(scope, id);
    const { network, protection, alarms, zone, config, eventsIngestion, dashboardBackend, kafkaUi } = props;
    const { eventsIngestionHost, dashboardBackendHost, kafkaUiHost } = config.dns;
    const at = (service: FargateService<"http">, path: string) => ({ service, port: "http", healthCheck: { path } }) as const;
    this.balancer = new ApplicationLoadBalancer(this, "Default", {
      network,
      protection,
      alarms,
      name: `${SystemStack.of(this).namePrefix}-alb`,
      why: "the one public edge",
      certificate: new Certificate(this, "Certificate", {
        domain: eventsIngestionHost,
        alternatives: { DashboardBackend: dashboardBackendHost, KafkaUi: kafkaUiHost },
        proof: zone,
      }),
      target: at(eventsIngestion, "/health"),
    });
    this.balancer.route("EventsIngestion", { when: { hosts: [eventsIngestionHost] }, priority: 10, to: this.balancer.targets });
    this.balancer.route("DashboardBackend", { when: { hosts: [dashboardBackendHost] }, priority: 20, to: at(dashboardBackend, "/health") });
    this.routeKafkaUi(config, at(kafkaUi, "/actuator/health"));
    for (const [nameId, host, why] of [
      ["EventsIngestionName", eventsIngestionHost, "events ingestion"],
      ["DashboardBackendName", dashboardBackendHost, "dashboard backend"],
      ["KafkaUiName", kafkaUiHost, "Kafka UI"],
    ] as const) {
      new PublicName(this, nameId, { zone, names: host, target: this.balancer, why });
    }
  }

  /** Who may not see Kafka UI is refused, and not passed on to what gets every other request. */
  private routeKafkaUi({ dns, kafkaUiAccess }: AtlasBalancerProps["config"], to: Forward<"http">): void {
    const hosts = [dns.kafkaUiHost];
    if ("cognito" in kafkaUiAccess) {
      this.balancer.route("KafkaUi", { when: { hosts }, priority: 30, signIn: kafkaUiAccess.cognito, to });
      return;
    }
    this.balancer.route("KafkaUi", { when: { hosts, addresses: kafkaUiAccess.allowFrom }, priority: 30, to });
    this.balancer.route("KafkaUiRefused", { when: { hosts }, priority: 31, to: "nobody" });
  }
}
