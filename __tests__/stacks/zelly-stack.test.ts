import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { loadZelly } from "../../config/zelly";
import type { Fact } from "../../constructs/base/inventory-facts";
import { ZellyStack } from "../../stacks/zelly/zelly-stack";
import { type Body, Synthesized } from "../support/synthesized";

const zelly = new Map(
  [...loadZelly()].map(([environment, config]) => [
    environment,
    new Synthesized((app) => new ZellyStack(app, `zelly-${environment}`, { environment, config, backend: "s3" })),
  ]),
);
const production = environmentOf("production");
const staging = environmentOf("staging");

function environmentOf(name: string): Synthesized {
  const found = zelly.get(name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
}

function facts<K extends Fact["kind"]>({ inventory }: Synthesized, kind: K): Extract<Fact, { kind: K }>[] {
  return inventory.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string }[];
  readonly mountPoints: readonly { readonly containerPath: string; readonly sourceVolume: string }[];
  readonly portMappings: readonly { readonly containerPort: number }[];
  readonly stopTimeout: number;
}

function containers(synthesized: Synthesized, task: string): ContainerDefinition[] {
  return JSON.parse(String(synthesized.byName(EcsTaskDefinition)[`${task}_task_definition`]?.["container_definitions"]));
}

test("there are the two environments of the owners' documents, in their regions, with their state", () => {
  const places = [...loadZelly()].map(([name, { region, state, network }]) => [name, region, `${state.bucket}/${state.key}`, network.cidr]);
  expect(places).toEqual([
    ["production", "ap-south-1", "zelly-terraform-state/production/terraform.tfstate", "10.0.0.0/16"],
    ["staging", "ap-southeast-1", "zelly-terraform-state/staging/terraform.tfstate", "10.1.0.0/16"],
  ]);
  for (const { json } of zelly.values()) {
    expect(json["terraform"]).toMatchObject({
      backend: { s3: { region: "ap-south-1", dynamodb_table: "zelly-terraform-locks", encrypt: true } },
    });
  }
});

describe.each([...zelly])("Zelly in %s", (environment, synthesized) => {
  const most = environment === "production" ? 4 : 2;

  test("runs the six services in the documented sizes", () => {
    const rows = facts(synthesized, "service").map(({ name, cpu, memoryMib, tasks }) => [
      name,
      cpu,
      memoryMib,
      tasks.min,
      tasks.max,
      tasks.cpuPercent,
    ]);
    expect(rows).toEqual([
      ["customer-panel", 512, 1024, 1, 2, 70],
      ["events-consumer", 256, 512, 1, 1, undefined],
      ["fastify-nova", 1024, 2048, 1, most, 70],
      ["internal_tools", 256, 512, 1, 1, undefined],
      ["orion-backend", 512, 1024, 1, 2, 70],
      ["storefront", 1024, 2048, 1, most, 70],
    ]);
    expect(
      Object.fromEntries(
        Object.values(synthesized.byName(EcsTaskDefinition)).map(({ family, cpu, memory }) => [family, `${cpu}/${memory}`]),
      ),
    ).toEqual({
      "customer-panel": "512/1024",
      "events-consumer": "256/512",
      "fastify-nova": "1024/2048",
      internal_tools: "256/512",
      "orion-backend": "512/1024",
      storefront: "1024/2048",
    });
    expect(
      synthesized
        .all(AppautoscalingTarget)
        .map(({ resource_id, max_capacity }) => `${String(resource_id).split(".").at(-1)} ${max_capacity}`),
    ).toHaveLength(4);
  });

  test("places every task privately, with ECS Exec, a rollback and the newest revision", () => {
    const services = synthesized.all(EcsService);
    expect(services).toHaveLength(facts(synthesized, "service").length);
    for (const service of services) {
      expect(service).toMatchObject({
        launch_type: "FARGATE",
        enable_execute_command: true,
        deployment_circuit_breaker: { enable: true, rollback: true },
        network_configuration: { assign_public_ip: false },
      });
    }
    for (const task of synthesized.all(EcsTaskDefinition)) expect(task).toMatchObject({ track_latest: true });
  });

  test("has the four balancers of the documents, and what they route to", () => {
    expect(
      facts(synthesized, "loadBalancer").map(({ name, type, listeners }) => [name, type, listeners.map(({ port, to }) => `${port} ${to}`)]),
    ).toEqual([
      ["alb-customer", "application", ["80 redirect to HTTPS", "443 customer-panel:5174"]],
      ["alb-nova", "application", ["80 redirect to HTTPS", "443 fastify-nova:3000"]],
      ["alb-orion", "application", ["80 redirect to HTTPS", "443 orion-backend:3022"]],
      ["nlb-storefront", "network", ["80 storefront:80", "443 storefront:443"]],
    ]);
    expect(
      synthesized
        .all(Lb)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["alb-customer", "alb-nova", "alb-orion", "nlb-storefront"]);
  });

  test("passes shop visitors through with their own addresses, from one Elastic IP in each zone", () => {
    const nlb = synthesized.byName(Lb)["nlb_storefront"];
    expect(nlb).toMatchObject({ load_balancer_type: "network", enable_cross_zone_load_balancing: true });
    expect(nlb?.["subnet_mapping"]).toHaveLength(3);
    const targets = synthesized.all(LbTargetGroup).filter(({ protocol }) => protocol === "TCP");
    expect(targets.map(({ port, preserve_client_ip }) => [port, preserve_client_ip])).toEqual([
      [80, "true"],
      [443, "true"],
    ]);
    expect(Object.keys(synthesized.byName(Eip)).filter((name) => name.startsWith("nlb_storefront"))).toHaveLength(3);
  });

  test("lets each reach exactly what it needs", () => {
    const everywhere = [
      "AlbCustomer -> CustomerPanel tcp/5174: requests through alb-customer",
      "AlbNova -> FastifyNova tcp/3000: requests through alb-nova",
      "AlbOrion -> OrionBackend tcp/3022: requests through alb-orion",
      "Bastion -> Aurora tcp/3306: operators on the VPN",
      "Bastion -> Clickhouse tcp/8123: operators on the VPN",
      "Bastion -> Clickhouse tcp/9000: operators on the VPN",
      "Bastion -> CustomerPanel tcp/5174: operators on the VPN",
      "Bastion -> FastifyNova tcp/3000: operators on the VPN",
      "Bastion -> Internet (0.0.0.0/0) tcp/443: installs updates and images, and talks to AWS",
      "Bastion -> InternalTools tcp/3000: operators on the VPN",
      "Bastion -> InternalTools tcp/5540: operators on the VPN",
      "Bastion -> OrionBackend tcp/3022: operators on the VPN",
      "Bastion -> Redis tcp/6379: operators on the VPN",
      "Bastion -> Storefront tcp/443: operators on the VPN",
      "Bastion -> Storefront tcp/80: operators on the VPN",
      "Clickhouse -> Internet (0.0.0.0/0) tcp/443: installs updates and images, and talks to AWS",
      ...["CustomerPanel", "EventsConsumer", "FastifyNova", "InternalTools", "OrionBackend", "Storefront"].map(
        (service) => `${service} -> Internet (0.0.0.0/0) tcp/443: pulls images, reads secrets, writes logs, calls other companies`,
      ),
      "CustomerPanel -> Aurora tcp/3306: orders of a customer",
      "CustomerPanel -> Redis tcp/6379: caches",
      "EventsConsumer -> Clickhouse tcp/8123: writes events",
      "EventsConsumer -> Redis tcp/6379: takes events off the queue",
      "FastifyNova -> Aurora tcp/3306: orders and catalogues",
      "FastifyNova -> Redis tcp/6379: puts jobs on the queues, caches",
      "InternalTools -> Redis tcp/6379: shows queues and keys",
      "Internet (0.0.0.0/0) -> AlbCustomer tcp/443: visitors",
      "Internet (0.0.0.0/0) -> AlbCustomer tcp/80: visitors",
      "Internet (0.0.0.0/0) -> AlbNova tcp/443: visitors",
      "Internet (0.0.0.0/0) -> AlbNova tcp/80: visitors",
      "Internet (0.0.0.0/0) -> AlbOrion tcp/443: visitors",
      "Internet (0.0.0.0/0) -> AlbOrion tcp/80: visitors",
      "Internet (0.0.0.0/0) -> Bastion udp/51820: tunnels of developers, from wherever they are",
      "Internet (0.0.0.0/0) -> NlbStorefront tcp/443: visitors, and certificate authorities that check a name",
      "Internet (0.0.0.0/0) -> NlbStorefront tcp/80: visitors, and certificate authorities that check a name",
      "NlbStorefront -> Storefront tcp/443: visitors through nlb-storefront",
      "NlbStorefront -> Storefront tcp/80: visitors through nlb-storefront",
      "OrionBackend -> Aurora tcp/3306: back-office data",
      "OrionBackend -> Clickhouse tcp/8123: reads analytics",
      "OrionBackend -> Redis tcp/6379: puts Shopify jobs on the queues",
      "Storefront -> Aurora tcp/3306: catalogue pages",
      "Storefront -> CaddyFiles tcp/2049: mounts its files",
    ];
    const publicAurora = "AllowedAddresses (203.0.113.0/24) -> Aurora tcp/3306: developers reach staging without the VPN";
    expect(synthesized.edges().sort()).toEqual([...everywhere, ...(environment === "staging" ? [publicAurora] : [])].sort());
  });

  test("opens nothing to the internet but balancers and the VPN server", () => {
    const open = Object.entries(synthesized.byName(VpcSecurityGroupIngressRule)).filter(([, rule]) => rule["cidr_ipv4"] === "0.0.0.0/0");
    expect(open.map(([name, { from_port }]) => `${name} ${from_port}`).sort()).toEqual([
      "alb_customer_from_internet_http 80",
      "alb_customer_from_internet_https 443",
      "alb_nova_from_internet_http 80",
      "alb_nova_from_internet_https 443",
      "alb_orion_from_internet_http 80",
      "alb_orion_from_internet_https 443",
      "bastion_from_internet_wireguard 51820",
      "nlb_storefront_from_internet_http 80",
      "nlb_storefront_from_internet_https 443",
    ]);
  });

  test("keeps the documented secrets with the documented keys", () => {
    expect(Object.fromEntries(facts(synthesized, "secret").map(({ name, keys }) => [name, keys]))).toEqual({
      "zelly-vpn/server-key": [],
      "zelly/aurora/master": ["DB_HOST", "DB_USER", "DB_PASSWORD"],
      "zelly/aurora/master-password": [],
      "zelly/clickhouse/auth": [
        "CLICKHOUSE_WRITER_USER",
        "CLICKHOUSE_WRITER_PASSWORD",
        "CLICKHOUSE_READER_USER",
        "CLICKHOUSE_READER_PASSWORD",
      ],
      "zelly/customer-panel/env": ["JWT_SECRET", "COOKIE_SECRET", "SSO_CONFIG"],
      "zelly/fastify-nova/env": [
        "JWT_SECRET",
        "RAZORPAY_KEY_ID",
        "RAZORPAY_KEY_SECRET",
        "SLACK_WEBHOOK_URL",
        "FIREBASE_CONFIG",
        "CLICKHOUSE_USER",
        "CLICKHOUSE_PASSWORD",
      ],
      "zelly/orion-backend/env": ["JWT_SECRET_KEY", "CORS_ORIGINS"],
      "zelly/redis/auth": ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"],
    });
  });

  test("lets one execution role read what is below zelly/, and no more", () => {
    const { region, accountId } = synthesized.inventory;
    const policy = JSON.parse(String(synthesized.byName(IamRolePolicy)["task_execution_role_policy"]?.["policy"]));
    const reads = policy.Statement.filter(({ Action }: { Action: string }) => Action === "secretsmanager:GetSecretValue");
    expect(reads).toEqual([
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: `arn:aws:secretsmanager:${region}:${accountId}:secret:zelly/*`,
      },
    ]);
  });

  test("gives events-consumer the writer of ClickHouse and orion-backend the reader", () => {
    const of = (task: string) => containers(synthesized, task)[0]?.secrets.map(({ name }) => name);
    const secretsOf = (task: string) => JSON.stringify(containers(synthesized, task)[0]?.secrets);
    expect(of("events_consumer")).toEqual(["CLICKHOUSE_PASSWORD", "CLICKHOUSE_USER", "REDIS_HOST", "REDIS_PASSWORD", "REDIS_PORT"]);
    expect(secretsOf("events_consumer")).toMatch(/CLICKHOUSE_WRITER_PASSWORD::/);
    expect(secretsOf("events_consumer")).not.toMatch(/READER/);
    expect(secretsOf("orion_backend")).toMatch(/CLICKHOUSE_READER_PASSWORD::/);
    expect(secretsOf("orion_backend")).not.toMatch(/WRITER/);
  });

  test("keeps Caddy's certificates on EFS at /data, and puts Astro behind it", () => {
    const [caddy, astro] = containers(synthesized, "storefront");
    expect(caddy?.mountPoints).toEqual([{ containerPath: "/data", sourceVolume: "caddy_files_data", readOnly: false }]);
    expect(caddy?.portMappings.map(({ containerPort }) => containerPort)).toEqual([80, 443]);
    expect(astro?.portMappings).toEqual([]);
    expect(astro?.environment).toContainEqual({ name: "HOST", value: "127.0.0.1" });
    expect(synthesized.byName(EcsTaskDefinition)["storefront_task_definition"]?.["volume"]).toEqual([
      {
        name: "caddy_files_data",
        efs_volume_configuration: {
          file_system_id: "${aws_efs_file_system.caddy_files.id}",
          transit_encryption: "ENABLED",
          authorization_config: { access_point_id: "${aws_efs_access_point.caddy_files_data.id}", iam: "ENABLED" },
        },
      },
    ]);
  });

  test("tells the queue dashboard the five queues", () => {
    const [dashboard] = containers(synthesized, "internal_tools");
    expect(dashboard?.environment).toContainEqual({
      name: "BULLMQ_QUEUES",
      value: "store-events,SHOPIFY_WEBHOOK,SHOPIFY_SETTINGS_PUSH,SHOPIFY_SETTINGS_FETCH,SHOPIFY_CATALOG_SYNC",
    });
  });

  test("writes each service's log for 30 days where the documents say", () => {
    const logs = facts(synthesized, "logGroup").filter(({ name }) => name.startsWith("/zelly/ecs/"));
    expect(logs.map(({ name, retentionDays }) => `${name} ${retentionDays}`)).toEqual(
      facts(synthesized, "service").map(({ name }) => `/zelly/ecs/${name} 30`),
    );
  });

  test("has one NAT gateway, in public subnet a", () => {
    expect(synthesized.only(NatGateway)).toMatchObject({ subnet_id: "${aws_subnet.network_public_a.id}" });
  });

  test("answers for the storefront's names without Cloudflare in between", () => {
    expect(synthesized.byName(DnsRecord)["storefront_names"]).toMatchObject({
      for_each: `\${toset(var.domain_names.${environment}.storefront)}`,
      content: "${aws_lb.nlb_storefront.dns_name}",
      proxied: false,
    });
  });

  test("gives each VPN peer its configuration as an output", () => {
    const outputs = synthesized.json["output"] as Record<string, Body>;
    // Operators add and revoke peers: whoever they are, each has a file.
    const peers = Object.keys(loadZelly().get(environment)?.wireguard.peers ?? {});
    const files = peers.map((peer) => `wireguard_client_config_${peer}`);
    expect(Object.keys(outputs).sort()).toEqual(
      ["aurora_endpoint", "clickhouse_address", "internal_tools_name", "redis_endpoint", "storefront_addresses", ...files].sort(),
    );
    for (const name of files) {
      const file = String(outputs[name]?.["value"]);
      expect(file).toContain("PostUp = wg set %i private-key /etc/wireguard/%i.key");
      expect(file).not.toMatch(/PrivateKey/);
    }
  });
});

describe("Zelly's environments differ", () => {
  const pick = (synthesized: Synthesized) => ({
    aurora: synthesized.only(RdsCluster)["serverlessv2_scaling_configuration"],
    auroraIsPublic: synthesized.only(RdsClusterInstance)["publicly_accessible"],
    protected: synthesized.only(RdsCluster)["deletion_protection"],
    redis: synthesized.only(ElasticacheReplicationGroup)["node_type"],
    clickhouse: synthesized.byName(Instance).clickhouse?.["instance_type"],
    bastion: synthesized.byName(Instance).bastion?.["instance_type"],
    repositories: synthesized.all(EcrRepository).length,
  });

  test("in sizes, in who reaches Aurora, in protection and in whose repositories they are", () => {
    expect(pick(production)).toEqual({
      aurora: { min_capacity: 0.5, max_capacity: 8 },
      auroraIsPublic: false,
      protected: true,
      redis: "cache.t4g.small",
      clickhouse: "t3.medium",
      bastion: "t3.micro",
      repositories: 7,
    });
    expect(pick(staging)).toEqual({
      aurora: { min_capacity: 0, max_capacity: 2, seconds_until_auto_pause: 300 },
      auroraIsPublic: true,
      protected: false,
      redis: "cache.t4g.micro",
      clickhouse: "t3.small",
      bastion: "t3.micro",
      repositories: 0,
    });
  });

  test("and staging reads production's repositories in production's region", () => {
    const data = staging.json["data"] as Record<string, Record<string, Body>>;
    const repositories = Object.values(data["aws_ecr_repository"] ?? {});
    expect(repositories.map(({ name }) => name).sort()).toEqual(
      production
        .all(EcrRepository)
        .map(({ name }) => name)
        .sort(),
    );
    for (const repository of repositories) expect(repository).toMatchObject({ provider: "aws.ap-south-1" });
    expect(staging.json["provider"]).toMatchObject({ aws: [{ region: "ap-southeast-1" }, { alias: "ap-south-1", region: "ap-south-1" }] });
  });

  test("in nothing but values: the same resources stand at the same addresses", () => {
    const addresses = ({ json }: Synthesized) =>
      Object.entries(json["resource"] as Record<string, Record<string, Body>>).flatMap(([type, all]) =>
        Object.keys(all).map((name) => `${type}.${name}`),
      );
    const only = (a: Synthesized, b: Synthesized) => addresses(a).filter((address) => !addresses(b).includes(address));
    expect(only(production, staging).every((address) => address.startsWith("aws_ecr_"))).toBe(true);
    expect(only(staging, production)).toEqual(["aws_vpc_security_group_ingress_rule.aurora_from_allowed_addresses_mysql"]);
  });
});

test("every image is one parameter that releases write and Terraform leaves alone", () => {
  for (const [environment, synthesized] of zelly) {
    const images = synthesized.all(SsmParameter).filter(({ name }) => String(name).endsWith("/image"));
    expect(images.map(({ name }) => name).sort()).toEqual(
      ["customer-panel", "events-consumer", "fastify-nova", "internal_tools", "orion-backend", "storefront-caddy", "storefront"].map(
        (name) => `/zelly/${environment}/${name}/image`,
      ),
    );
    for (const image of images) expect(image).toMatchObject({ lifecycle: { ignore_changes: ["insecure_value"] } });
  }
});
