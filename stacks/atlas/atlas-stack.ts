import type { Construct } from "constructs";
import type { AtlasConfig } from "../../config/atlas-schema";
import type { BackendKind } from "../../constructs/base/backend";
import { alertEmail } from "../../constructs/base/operator-variable";
import { SystemStack } from "../../constructs/base/system-stack";
import { EcsCluster } from "../../constructs/compute/ecs-cluster";
import { FargateService } from "../../constructs/compute/fargate-service";
import { PostgresDatabase } from "../../constructs/data/postgres-database";
import { Route53Zone } from "../../constructs/edge/route53-zone";
import { Network } from "../../constructs/network/network";
import { AlarmTopic } from "../../constructs/observability/alarm-topic";
import { Budget } from "../../constructs/observability/budget";
import { Secret } from "../../constructs/security/secret";
import { MskCluster } from "../../constructs/streaming/msk-cluster";
import { MskTopics } from "../../constructs/streaming/msk-topics";
import { TopicExports } from "../../constructs/streaming/topic-exports";
import { AtlasBalancer } from "./atlas-balancer";
import { AtlasImages } from "./atlas-images";

export interface AtlasStackProps {
  readonly environment: string;
  readonly config: AtlasConfig;
  readonly backend: BackendKind;
}

const LOG_DAYS = 30;
/** Its own registry is GitHub's. The image brings Amazon's library for IAM. */
const KAFKA_UI_IMAGE = "ghcr.io/kafbat/kafka-ui:v1.3.0";

/** Atlas: one public edge, one cluster, one Kafka backbone. docs/architecture.md#atlas is written from what this stack states. */
export class AtlasStack extends SystemStack {
  constructor(scope: Construct, id: string, { environment, config, backend }: AtlasStackProps) {
    const { accountId, region, state, protection, names, services } = config;
    const namePrefix = `${names.project}-${names.environment}`;
    super(scope, id, { system: "atlas", environment, backend, accountId, region, state, namePrefix });
    const email = alertEmail(this);
    const alarms = new AlarmTopic(this, "Alarms", { email });
    const network = new Network(this, "Network", config.network);
    const shared = { network, protection, alarms };

    // Data stores.
    const msk = new MskCluster(this, "Msk", {
      ...shared,
      ...config.msk,
      name: namePrefix,
      why: "the backbone: every event goes through it",
    });
    const rds = new PostgresDatabase(this, "Rds", {
      ...shared,
      ...config.rds,
      why: "what the dashboard backend keeps",
      databaseName: "dashboard",
      secretName: `${namePrefix}/dashboard-backend/database`,
    });
    const secret = (secretId: string, service: string) =>
      new Secret(this, secretId, { name: `${namePrefix}/${service}`, why: `runtime settings of ${service}`, keys: [], protection });

    // Compute.
    const cluster = new EcsCluster(this, "Cluster", { name: namePrefix });
    const images = new AtlasImages(this, "Images", protection);
    const task = (service: string) => ({
      ...shared,
      cluster,
      name: `${namePrefix}-${service}`,
      logs: { name: `/${namePrefix}/ecs/${service}`, retentionDays: LOG_DAYS },
    });
    const kafka = { KAFKA_BOOTSTRAP_BROKERS: msk.bootstrapBrokers.internal, AWS_REGION: region };
    const eventsIngestion = new FargateService(this, "EventsIngestion", {
      ...task("events-ingestion"),
      ...services.eventsIngestion,
      why: "takes events in and puts them on Kafka",
      containers: [
        {
          name: "events-ingestion",
          image: images.eventsIngestion,
          ports: { http: 8080 },
          environment: { ...kafka, PORT: "8080" },
          secrets: { RUNTIME_CONFIG: secret("EventsIngestionSecret", "events-ingestion").whole() },
        },
      ],
    });
    const dashboardBackend = new FargateService(this, "DashboardBackend", {
      ...task("dashboard-backend"),
      ...services.dashboardBackend,
      why: "what the dashboards ask",
      containers: [
        {
          name: "dashboard-backend",
          image: images.dashboardBackend,
          ports: { http: 8080 },
          environment: { ...kafka, PORT: "8080" },
          secrets: { ...rds.secret.allKeys(), RUNTIME_CONFIG: secret("DashboardBackendSecret", "dashboard-backend").whole() },
        },
      ],
    });
    const kafkaUi = new FargateService(this, "KafkaUi", {
      ...task("kafka-ui"),
      ...services.kafkaUi,
      why: "shows operators what is on Kafka",
      containers: [
        {
          name: "kafka-ui",
          image: KAFKA_UI_IMAGE,
          ports: { http: 8080 },
          environment: {
            SERVER_PORT: "8080",
            DYNAMIC_CONFIG_ENABLED: "false",
            KAFKA_CLUSTERS_0_NAME: namePrefix,
            KAFKA_CLUSTERS_0_READONLY: "true",
            KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: msk.bootstrapBrokers.internal,
            KAFKA_CLUSTERS_0_PROPERTIES_SECURITY_PROTOCOL: "SASL_SSL",
            KAFKA_CLUSTERS_0_PROPERTIES_SASL_MECHANISM: "AWS_MSK_IAM",
            KAFKA_CLUSTERS_0_PROPERTIES_SASL_JAAS_CONFIG: "software.amazon.msk.auth.iam.IAMLoginModule required;",
            KAFKA_CLUSTERS_0_PROPERTIES_SASL_CLIENT_CALLBACK_HANDLER_CLASS: "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
          },
          // Spring's own name for settings as one document: what stands there wins over what stands here.
          secrets: { SPRING_APPLICATION_JSON: secret("KafkaUiSecret", "kafka-ui").whole() },
        },
      ],
    });
    const topics = new MskTopics(this, "Topics", { ...shared, cluster: msk, topics: config.msk.topics });

    // The way in.
    const zone = new Route53Zone(this, "Zone", { domain: config.dns.zone });
    const { balancer } = new AtlasBalancer(this, "Alb", { ...shared, zone, config, eventsIngestion, dashboardBackend, kafkaUi });

    // Who reaches whom inside.
    msk.connections.allowFrom(eventsIngestion, "puts events on their topics", "iam");
    msk.connections.allowFrom(dashboardBackend, "follows events", "iam");
    msk.connections.allowFrom(kafkaUi, "shows topics and groups", "iam");
    msk.connections.allowFrom(topics, "makes and alters topics", "iam");
    rds.connections.allowFrom(dashboardBackend, "keeps dashboards");

    // Who may do what.
    const every = config.msk.topics.map((topic) => topic.name);
    msk.grantProduce(eventsIngestion, { topics: every });
    msk.grantConsume(dashboardBackend, { topics: every, group: "dashboard-backend" });
    msk.grantInspect(kafkaUi);
    if (config.exports !== "off") new TopicExports(this, "Exports", { ...shared, ...config.exports, cluster: msk });

    new Budget(this, "Budget", { monthlyUsd: config.monthlyBudgetUsd, email });
    const { internal, public: open, vpcConnectivity } = msk.bootstrapBrokers;
    this.brokers("BootstrapBrokersInternal", internal, "clients in the network");
    this.brokers("BootstrapBrokersPublic", open, "clients with a public address");
    this.brokers("BootstrapBrokersVpcConnectivity", vpcConnectivity, "clients in other networks");
    this.output("EventsIngestionUrl", `https://${config.dns.eventsIngestionHost}/`, "Where events are sent to");
    this.output("DashboardBackendUrl", `https://${config.dns.dashboardBackendHost}/`, "What the dashboards ask");
    this.output("KafkaUiUrl", `https://${config.dns.kafkaUiHost}/`, "For operators");
    this.output("BalancerName", balancer.dnsName, "AWS's own name of the balancer");
    this.output("RdsEndpoint", rds.endpoint, "psql -h <this>");
  }

  /** In the phases that have them. */
  private brokers(id: string, value: string | undefined, clients: string): void {
    if (value !== undefined) this.output(id, value, `Kafka's brokers for ${clients}, with IAM over TLS`);
  }
}
