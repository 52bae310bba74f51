import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import type { Construct } from "constructs";
import type { ZellyConfig } from "../../config/zelly-schema";
import type { BackendKind } from "../../constructs/base/backend";
import { SystemStack } from "../../constructs/base/system-stack";
import { EcsCluster } from "../../constructs/compute/ecs-cluster";
import { FargateService } from "../../constructs/compute/fargate-service";
import { TaskExecutionRole } from "../../constructs/compute/task-execution-role";
import { AuroraMysql } from "../../constructs/data/aurora-mysql";
import { ClickHouse } from "../../constructs/data/clickhouse";
import { FileSystem } from "../../constructs/data/file-system";
import { Redis } from "../../constructs/data/redis";
import { CloudflareZone } from "../../constructs/edge/cloudflare-zone";
import { NetworkLoadBalancer } from "../../constructs/edge/network-load-balancer";
import { PublicName } from "../../constructs/edge/public-name";
import { Bastion } from "../../constructs/network/bastion";
import { Network } from "../../constructs/network/network";
import { PrivateNames } from "../../constructs/network/private-names";
import { AlarmTopic } from "../../constructs/observability/alarm-topic";
import { Budget } from "../../constructs/observability/budget";
import { ZellyBalancer } from "./zelly-balancer";
import { ZellyDashboard } from "./zelly-dashboard";
import { ZellyImages } from "./zelly-images";
import { ZellySecrets } from "./zelly-secrets";
import { ZellyVariables } from "./zelly-variables";

export interface ZellyStackProps {
  readonly environment: string;
  readonly config: ZellyConfig;
  readonly backend: BackendKind;
}

/** Queues of BullMQ in Redis: what the shops and Shopify tell one another. */
const QUEUES = ["store-events", "SHOPIFY_WEBHOOK", "SHOPIFY_SETTINGS_PUSH", "SHOPIFY_SETTINGS_FETCH", "SHOPIFY_CATALOG_SYNC"].join(",");
const LOG_DAYS = 30;
/** Zone of what stands in one zone only: the bastion, ClickHouse, and the single NAT gateway. */
const FIRST_ZONE = "a";

/** Zelly, an e-commerce platform. docs/architecture.md#zelly is written from what this stack states. */
export class ZellyStack extends SystemStack {
  constructor(scope: Construct, id: string, { environment, config, backend }: ZellyStackProps) {
    const { accountId, region, state } = config;
    super(scope, id, { system: "zelly", environment, backend, accountId, region, state });
    const { protection, services } = config;
    const variables = new ZellyVariables(this, "Variables", environment);
    // Not proxied: what stands behind the names ends TLS itself.
    const zone = new CloudflareZone({ id: variables.cloudflareZoneId, proxied: false });
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
    const clickhouse = new ClickHouse(this, "Clickhouse", {
      ...shared,
      ...config.clickhouse,
      why: "analytics of shop events",
      zone: FIRST_ZONE,
      secretName: "zelly/clickhouse/auth",
    });
    const caddyFiles = new FileSystem(this, "CaddyFiles", { ...shared, why: "keeps the storefront's certificates when its tasks go" });
    const secrets = new ZellySecrets(this, "Secrets", protection);

    // Compute.
    const cluster = new EcsCluster(this, "Cluster", { name: this.namePrefix });
    const images = new ZellyImages(this, "Images", { registry: config.registry, protection });
    const executionRole = new TaskExecutionRole(this, "TaskExecutionRole");
    executionRole.readSecretsBelow("zelly/", "one execution role starts every service, and every secret of theirs is below zelly/");
    const task = (name: string) => ({
      ...shared,
      cluster,
      executionRole,
      name,
      logs: { name: `/zelly/ecs/${name}`, retentionDays: LOG_DAYS },
    });
    const node = { NODE_ENV: "production", REDIS_TLS: "true" };

    const fastifyNova = new FargateService(this, "FastifyNova", {
      ...task("fastify-nova"),
      ...services.fastifyNova,
      why: "the shops' API",
      containers: [
        {
          name: "fastify-nova",
          image: images.add("FastifyNova", "fastify-nova"),
          ports: { http: 3000 },
          environment: { ...node, PORT: "3000" },
          secrets: { ...aurora.secret.allKeys(), ...redis.secret.allKeys(), ...secrets.fastifyNova.allKeys() },
        },
      ],
    });
    const customerPanel = new FargateService(this, "CustomerPanel", {
      ...task("customer-panel"),
      ...services.customerPanel,
      why: "where a shop's customers see their orders",
      containers: [
        {
          name: "customer-panel",
          image: images.add("CustomerPanel", "customer-panel"),
          ports: { http: 5174 },
          environment: { ...node, PORT: "5174" },
          secrets: { ...aurora.secret.allKeys(), ...redis.secret.allKeys(), ...secrets.customerPanel.allKeys() },
        },
      ],
    });
    const orionBackend = new FargateService(this, "OrionBackend", {
      ...task("orion-backend"),
      ...services.orionBackend,
      why: "the back office's API; its React app calls it from the browser",
      containers: [
        {
          name: "orion-backend",
          image: images.add("OrionBackend", "orion-backend"),
          ports: { http: 3022 },
          environment: { ...node, PORT: "3022", CLICKHOUSE_URL: `http://${clickhouse.host}:8123` },
          secrets: {
            ...aurora.secret.allKeys(),
            ...redis.secret.allKeys(),
            ...secrets.orionBackend.allKeys(),
            CLICKHOUSE_USER: clickhouse.secret.key("CLICKHOUSE_READER_USER"),
            CLICKHOUSE_PASSWORD: clickhouse.secret.key("CLICKHOUSE_READER_PASSWORD"),
          },
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
          image: images.add("EventsConsumer", "events-consumer"),
          environment: { ...node, CLICKHOUSE_URL: `http://${clickhouse.host}:8123` },
          secrets: {
            ...redis.secret.allKeys(),
            CLICKHOUSE_USER: clickhouse.secret.key("CLICKHOUSE_WRITER_USER"),
            CLICKHOUSE_PASSWORD: clickhouse.secret.key("CLICKHOUSE_WRITER_PASSWORD"),
          },
          // A job that has begun is finished: the longest that Fargate waits.
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
          image: images.add("StorefrontCaddy", "storefront-caddy"),
          ports: { http: 80, https: 443 },
          environment: { STOREFRONT_UPSTREAM: "127.0.0.1:4321" },
          mounts: { "/data": caddyFiles.accessPoint("Data", { path: "/data" }) },
        },
        {
          name: "astro",
          image: images.add("Storefront", "storefront"),
          environment: { ...node, HOST: "127.0.0.1", PORT: "4321" },
          secrets: aurora.secret.allKeys(),
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
          image: images.add("InternalTools", "internal_tools"),
          ports: { bullmq: 3000 },
          environment: { ...node, PORT: "3000", BULLMQ_QUEUES: QUEUES },
          secrets: redis.secret.allKeys(),
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

    // Ways in from outside.
    const entrance = { ...shared, zone };
    const balancers = [
      new ZellyBalancer(this, "AlbNova", { ...entrance, name: "alb-nova", service: fastifyNova, host: variables.hosts.nova }),
      new ZellyBalancer(this, "AlbCustomer", { ...entrance, name: "alb-customer", service: customerPanel, host: variables.hosts.customer }),
      new ZellyBalancer(this, "AlbOrion", { ...entrance, name: "alb-orion", service: orionBackend, host: variables.hosts.orion }),
    ];
    const nlb = new NetworkLoadBalancer(this, "NlbStorefront", {
      ...shared,
      name: "nlb-storefront",
      why: "passes shop visitors through to Caddy, which needs their addresses and ends TLS itself",
      service: storefront,
      passthrough: ["http", "https"],
    });
    new PublicName(this, "StorefrontNames", {
      zone,
      names: { each: variables.storefrontHosts },
      target: nlb,
      why: "shops",
    });
    const bastion = new Bastion(this, "Bastion", {
      ...shared,
      ...config.bastion,
      zone: FIRST_ZONE,
      sshPublicKey: variables.bastionSshPublicKey,
      vpnCidr: config.wireguard.cidr,
      serverPublicKey: config.wireguard.serverPublicKey,
      peers: config.wireguard.peers,
      // Not below zelly/, which every task's execution role may read.
      serverKeySecret: "zelly-vpn/server-key",
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
    clickhouse.connections.allowFrom(eventsConsumer, "writes events", "http");
    clickhouse.connections.allowFrom(orionBackend, "reads analytics", "http");
    for (const target of [aurora, redis, clickhouse, fastifyNova, customerPanel, orionBackend, storefront, internalTools]) {
      target.connections.allowFrom(bastion, "operators on the VPN");
    }
    const names = new PrivateNames(this, "InternalNames", { network, domain: "zelly.internal" });
    const internalToolsName = names.give(internalTools, "internal-tools");

    new ZellyDashboard(this, "Dashboard", { cluster, balancers: balancers.map(({ balancer }) => balancer), redis });
    new Budget(this, "Budget", { monthlyUsd: config.monthlyBudgetUsd, email: variables.alertEmail });

    this.output("AuroraEndpoint", aurora.endpoint, "mysql -h <this>; over the VPN where Aurora is private");
    this.output("RedisEndpoint", redis.endpoint, "redis-cli --tls -h <this>, over the VPN");
    this.output("ClickhouseAddress", clickhouse.host, "curl --user reader 'http://<this>:8123/?query=SELECT+1', over the VPN");
    this.output("InternalToolsName", internalToolsName, "BullMQ on 3000 and RedisInsight on 5540, over the VPN");
    this.output("StorefrontAddresses", nlb.addresses, "Elastic IPs of nlb-storefront");
    for (const [peer, file] of Object.entries(bastion.clientConfigs())) {
      this.output(
        `WireguardClientConfig_${peer}`,
        file,
        `/etc/wireguard/wg0.conf of ${peer}; its private key goes to /etc/wireguard/wg0.key`,
      );
    }
  }
}
