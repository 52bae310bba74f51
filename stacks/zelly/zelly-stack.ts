import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { ZellyConfig } from "../../config/zelly-schema";
import type { BackendKind } from "../../constructs/base/backend";
import { SystemStack } from "../../constructs/base/system-stack";
import { EcsCluster } from "../../constructs/compute/ecs-cluster";
import { FargateService } from "../../constructs/compute/fargate-service";
import { AuroraMysql } from "../../constructs/data/aurora-mysql";
import { FileSystem } from "../../constructs/data/file-system";
import { Redis } from "../../constructs/data/redis";
import { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import { Certificate } from "../../constructs/edge/certificate";
import { NetworkLoadBalancer } from "../../constructs/edge/network-load-balancer";
import { PublicName } from "../../constructs/edge/public-name";
import { Network } from "../../constructs/network/network";
import { PrivateNames } from "../../constructs/network/private-names";
import { AlarmTopic } from "../../constructs/observability/alarm-topic";
import { Budget } from "../../constructs/observability/budget";
import { Role } from "../../constructs/security/role";
import { Secret } from "../../constructs/security/secret";
import { ZellyDashboard } from "./zelly-dashboard";
import { ZellyImages } from "./zelly-images";
import { ZellyVariables } from "./zelly-variables";

export interface ZellyStackProps {
  readonly environment: string;
  readonly config: ZellyConfig;
  readonly backend: BackendKind;
}

/** Queues of BullMQ in Redis: what the shop and Shopify tell one another. */
const QUEUES = ["store-events", "SHOPIFY_WEBHOOK", "SHOPIFY_SETTINGS_PUSH", "SHOPIFY_SETTINGS_FETCH", "SHOPIFY_CATALOG_SYNC"].join(",");
const LOG_DAYS = 30;

/**
 * Zelly: an e-commerce platform. See docs/architecture.md#zelly, which is made from what this stack states.
 */
export class ZellyStack extends SystemStack {
  constructor(scope: Construct, id: string, { environment, config, backend }: ZellyStackProps) {
    super(scope, id, { system: "zelly", environment, backend, ...config });
    const { protection, services } = config;
    const variables = new ZellyVariables(this, "Variables", environment);
    const zoneId = variables.cloudflareZoneId;
    new CloudflareProvider(this, "Cloudflare", { apiToken: variables.cloudflareApiToken });
    const alarms = new AlarmTopic(this, "Alarms", { email: variables.alertEmail });
    const network = new Network(this, "Network", config.network);
    const shared = { network, protection, alarms };

    // Data stores.
    const aurora = new AuroraMysql(this, "Aurora", {
      ...shared,
      ...config.aurora,
      why: "orders, catalogues and back-office data; the applications' migrations make the schemas",
      secretName: "zelly/aurora/master",
    });
    const redis = new Redis(this, "Redis", {
      ...shared,
      ...config.redis,
      why: "queues and application cache",
      secretName: "zelly/redis/auth",
      whenFull: "noeviction",
    });
    const caddyFiles = new FileSystem(this, "CaddyFiles", { ...shared, why: "keeps the storefront's certificates when its tasks go" });
    const caddyData = caddyFiles.accessPoint("Data", { path: "/data" });
    const novaSecret = new Secret(this, "FastifyNovaEnv", {
      name: "zelly/fastify-nova/env",
      why: "settings of fastify-nova that must not be seen",
      keys: [
        "JWT_SECRET",
        "RAZORPAY_KEY_ID",
        "RAZORPAY_KEY_SECRET",
        "SLACK_WEBHOOK_URL",
        "FIREBASE_CONFIG",
        "CLICKHOUSE_USER",
        "CLICKHOUSE_PASSWORD",
      ],
      protection,
    });
    const customerSecret = new Secret(this, "CustomerPanelEnv", {
      name: "zelly/customer-panel/env",
      why: "settings of customer-panel that must not be seen",
      keys: ["JWT_SECRET", "COOKIE_SECRET", "SSO_CONFIG"],
      protection,
    });
    const orionSecret = new Secret(this, "OrionBackendEnv", {
      name: "zelly/orion-backend/env",
      why: "settings of orion-backend that must not be seen",
      keys: ["JWT_SECRET_KEY", "CORS_ORIGINS"],
      protection,
    });

    // Compute.
    const cluster = new EcsCluster(this, "Cluster", { name: this.namePrefix });
    const images = new ZellyImages(this, "Images", {
      registry: config.registry,
      protection,
      providerFor: (region) => this.providerFor(region),
    });
    const executionRole = new Role(this, "TaskExecutionRole", { service: "ecs-tasks.amazonaws.com" });
    executionRole.allow({
      sid: "ReadSecrets",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [`arn:aws:secretsmanager:${this.region}:${this.accountId}:secret:zelly/*`],
      wildcardBecause: "one execution role starts every service, and every secret of theirs is below zelly/",
    });
    const task = (name: string) => ({
      ...shared,
      cluster,
      executionRole,
      name,
      logs: { name: `/zelly/ecs/${name}`, retentionDays: LOG_DAYS },
    });

    const fastifyNova = new FargateService(this, "FastifyNova", {
      ...task("fastify-nova"),
      ...services.fastifyNova,
      why: "the shop's API",
      containers: [
        {
          name: "fastify-nova",
          image: images.of("fastify-nova"),
          ports: { http: 3000 },
          environment: { NODE_ENV: "production", PORT: "3000", REDIS_TLS: "true" },
          secrets: { ...aurora.secret.allKeys(), ...redis.secret.allKeys(), ...novaSecret.allKeys() },
        },
      ],
    });
    const customerPanel = new FargateService(this, "CustomerPanel", {
      ...task("customer-panel"),
      ...services.customerPanel,
      why: "where merchants' customers see their orders",
      containers: [
        {
          name: "customer-panel",
          image: images.of("customer-panel"),
          ports: { http: 5174 },
          environment: { NODE_ENV: "production", PORT: "5174", REDIS_TLS: "true" },
          secrets: { ...aurora.secret.allKeys(), ...redis.secret.allKeys(), ...customerSecret.allKeys() },
        },
      ],
    });
    const orionBackend = new FargateService(this, "OrionBackend", {
      ...task("orion-backend"),
      ...services.orionBackend,
      why: "the back office's API, called from the browser",
      containers: [
        {
          name: "orion-backend",
          image: images.of("orion-backend"),
          ports: { http: 3022 },
          environment: { NODE_ENV: "production", PORT: "3022", REDIS_TLS: "true" },
          secrets: { ...aurora.secret.allKeys(), ...redis.secret.allKeys(), ...orionSecret.allKeys() },
        },
      ],
    });
    const eventsConsumer = new FargateService(this, "EventsConsumer", {
      ...task("events-consumer"),
      ...services.eventsConsumer,
      why: "takes events off the queue and writes them to ClickHouse",
      containers: [
        {
          name: "events-consumer",
          image: images.of("events-consumer"),
          environment: { NODE_ENV: "production", REDIS_TLS: "true" },
          secrets: { ...redis.secret.allKeys() },
          // A job that has begun is finished; 120 seconds is the longest that Fargate waits.
          stopTimeoutSeconds: 120,
        },
      ],
    });
    const storefront = new FargateService(this, "Storefront", {
      ...task("storefront"),
      ...services.storefront,
      why: "the shops themselves: Astro behind Caddy, which obtains their certificates",
      containers: [
        {
          name: "caddy",
          image: images.of("storefront-caddy"),
          ports: { http: 80, https: 443 },
          environment: { STOREFRONT_UPSTREAM: "127.0.0.1:4321" },
          mounts: { "/data": caddyData },
        },
        {
          name: "astro",
          image: images.of("storefront"),
          environment: { NODE_ENV: "production", HOST: "127.0.0.1", PORT: "4321" },
          secrets: { ...aurora.secret.allKeys() },
        },
      ],
    });
    const internalTools = new FargateService(this, "InternalTools", {
      ...task("internal_tools"),
      ...services.internalTools,
      why: "operators' views of the queues and of Redis, over the VPN",
      containers: [
        {
          name: "bullmq-dashboard",
          image: images.of("internal_tools"),
          ports: { bullmq: 3000 },
          environment: { NODE_ENV: "production", PORT: "3000", BULLMQ_QUEUES: QUEUES, REDIS_TLS: "true" },
          secrets: { ...redis.secret.allKeys() },
        },
        {
          name: "redisinsight",
          image: "redis/redisinsight:2.70",
          ports: { redisinsight: 5540 },
          environment: { RI_APP_PORT: "5540", RI_REDIS_TLS: "true" },
          secrets: {
            RI_REDIS_HOST: redis.secret.key("REDIS_HOST"),
            RI_REDIS_PORT: redis.secret.key("REDIS_PORT"),
            RI_REDIS_PASSWORD: redis.secret.key("REDIS_PASSWORD"),
          },
        },
      ],
    });
    const internalNames = new PrivateNames(this, "InternalNames", { network, domain: "zelly.internal" });
    const internalToolsName = internalNames.give(internalTools, "internal-tools");

    // Who is reached from outside.
    const nova = this.publicBalancer("AlbNova", "alb-nova", "NovaName", {
      ...shared,
      service: fastifyNova,
      host: variables.novaHost,
      hostLabel: "nova",
      zoneId,
    });
    const customer = this.publicBalancer("AlbCustomer", "alb-customer", "CustomerName", {
      ...shared,
      service: customerPanel,
      host: variables.customerHost,
      hostLabel: "customer",
      zoneId,
    });
    const orion = this.publicBalancer("AlbOrion", "alb-orion", "OrionName", {
      ...shared,
      service: orionBackend,
      host: variables.orionHost,
      hostLabel: "orion",
      zoneId,
    });
    const nlb = new NetworkLoadBalancer(this, "NlbStorefront", {
      ...shared,
      name: "nlb-storefront",
      why: "passes shop visitors through to Caddy, which needs their addresses and ends TLS itself",
      service: storefront,
      passthrough: ["http", "https"],
    });
    new PublicName(this, "StorefrontNames", {
      zoneId,
      names: { each: variables.storefrontHosts },
      target: nlb.dnsName,
      why: "shops",
      proxied: false,
    });

    // Who reaches whom inside.
    aurora.connections.allowFrom(fastifyNova, "orders and catalogues");
    aurora.connections.allowFrom(customerPanel, "orders of a customer");
    aurora.connections.allowFrom(orionBackend, "back-office data");
    aurora.connections.allowFrom(storefront, "catalogue pages");
    redis.connections.allowFrom(fastifyNova, "puts jobs on the queues, caches");
    redis.connections.allowFrom(customerPanel, "caches");
    redis.connections.allowFrom(orionBackend, "puts Shopify jobs on the queues");
    redis.connections.allowFrom(eventsConsumer, "takes events off the queue");
    redis.connections.allowFrom(internalTools, "shows queues and keys");

    new ZellyDashboard(this, "Dashboard", { cluster, balancers: [nova, customer, orion], redis });
    new Budget(this, "Budget", { monthlyUsd: config.monthlyBudgetUsd, email: variables.alertEmail });

    const outputs: Record<string, { value: unknown; description: string }> = {
      AuroraEndpoint: { value: aurora.endpoint, description: "mysql -h <this>; over the VPN where Aurora is private" },
      RedisEndpoint: { value: redis.endpoint, description: "redis-cli --tls -h <this>, over the VPN" },
      InternalToolsName: { value: internalToolsName, description: "BullMQ on 3000 and RedisInsight on 5540, over the VPN" },
      StorefrontAddresses: { value: nlb.addresses, description: "Elastic IPs of nlb-storefront" },
    };
    for (const [outputId, output] of Object.entries(outputs)) new TerraformOutput(this, outputId, output);
  }

  /** A balancer with its own certificate and name, in front of one service's port `http`. */
  private publicBalancer(id: string, name: string, nameId: string, props: PublicBalancerProps): ApplicationLoadBalancer<"http"> {
    const { service, host, hostLabel, zoneId, ...shared } = props;
    const certificate = new Certificate(this, `${id}Certificate`, {
      domain: host,
      domainLabel: `domain_names.${this.environment}.${hostLabel}`,
      zoneId,
    });
    const balancer = new ApplicationLoadBalancer(this, id, {
      ...shared,
      name,
      why: `public HTTPS for ${service.name}`,
      certificate,
      target: { service, port: "http", healthCheck: { path: "/health" } },
    });
    new PublicName(this, nameId, { zoneId, names: host, target: balancer.dnsName, why: `${service.name} through ${name}`, proxied: false });
    return balancer;
  }
}

interface PublicBalancerProps {
  readonly network: Network;
  readonly protection: ZellyConfig["protection"];
  readonly alarms: AlarmTopic;
  readonly service: FargateService<"http">;
  readonly host: string;
  /** Key of the host in the variable `domain_names`. */
  readonly hostLabel: string;
  readonly zoneId: string;
}
