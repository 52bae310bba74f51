import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { MskCluster } from "@cdktf/provider-aws/lib/msk-cluster";
import { MskConfiguration } from "@cdktf/provider-aws/lib/msk-configuration";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { allAddresses, containers, facts } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import type { Synthesized } from "../support/synthesized";
import { BOTH, PROD, PROD_EXPORTING, STAGING, STAGING_PUBLIC } from "./atlas-roots";

beforeAll(packHandlers);

const HOLDS_DATA = /^aws_(db_instance|ecr_repository|msk_cluster|s3_bucket)\./;
const SERVICES = ["dashboard-backend", "events-ingestion", "kafka-ui"] as const;

interface Container {
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly [attribute: string]: unknown;
}

/** The one container of a service's task. */
function container(root: Synthesized, service: string): Container {
  const task = root.byName(EcsTaskDefinition)[`${service.replace("-", "_")}_task_definition`];
  const [only, ...others] = containers(task ?? {}) as unknown as Container[];
  if (only === undefined || others.length > 0) throw new Error(`expected one container in ${service}`);
  return only;
}

function variables(root: Synthesized, service: string): Record<string, string> {
  return Object.fromEntries(container(root, service).environment.map(({ name, value }) => [name, value]));
}

function secrets(root: Synthesized, service: string): Record<string, string> {
  return Object.fromEntries(container(root, service).secrets.map(({ name, valueFrom }) => [name, valueFrom]));
}

describe.each(BOTH)("Atlas in %s", (environment, prefix, root) => {
  test(`begins every name with ${prefix}`, () => {
    const named = root().inventory.facts.flatMap((fact) => ("name" in fact && fact.kind !== "publicName" ? [[fact.kind, fact.name]] : []));
    const others = named.filter(
      ([, name]) =>
        !String(name)
          .replace(/^\/(aws\/(lambda|msk|rds\/instance)\/)?/, "")
          .startsWith(prefix),
    );
    expect(others).toEqual([]);
    expect(named.length).toBeGreaterThan(50);
  });

  test("runs three services on one cluster with Container Insights, on Fargate, in the private subnets", () => {
    expect(root().only(EcsCluster)).toMatchObject({ name: prefix, setting: [{ name: "containerInsights", value: "enabled" }] });
    const services = root().all(EcsService);
    expect(services.map(({ name }) => name).sort()).toEqual(SERVICES.map((service) => `${prefix}-${service}`));
    for (const service of services)
      expect(service).toMatchObject({
        cluster: "${aws_ecs_cluster.cluster.arn}",
        launch_type: "FARGATE",
        deployment_circuit_breaker: { enable: true, rollback: true },
      });
    const logs = facts(root(), "service").flatMap((fact) => fact.containers.map(({ name, logGroup }) => `${name} ${logGroup}`));
    expect(logs).toEqual(SERVICES.map((service) => `${service} /${prefix}/ecs/${service}`));
  });

  test("has two zones, a NAT gateway in each, and S3 without one", () => {
    const places = root()
      .all(NatGateway)
      .map(({ subnet_id }) => subnet_id);
    expect(places).toEqual(["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"]);
    const ways = Object.entries(root().byName(Route)).flatMap(([name, { nat_gateway_id }]) =>
      nat_gateway_id ? [`${name} ${nat_gateway_id}`] : [],
    );
    expect(ways).toEqual(["a", "b"].map((zone) => `network_private_${zone}_default_route \${aws_nat_gateway.network_nat_${zone}.id}`));
    expect(root().only(VpcEndpoint)).toMatchObject({ vpc_endpoint_type: "Gateway", service_name: "com.amazonaws.us-east-1.s3" });
  });

  test("has one runtime secret a service, whose value the operator sets and Terraform does not know", () => {
    const stated = facts(root(), "secret").filter(({ setBy }) => setBy === "operator");
    expect(stated.map(({ name }) => name)).toEqual(SERVICES.map((service) => `${prefix}/${service}`));
    const own = (service: string) => `\${aws_secretsmanager_secret.${service}_secret.arn}`;
    expect(secrets(root(), "events-ingestion")).toEqual({ RUNTIME_CONFIG: own("events_ingestion") });
    expect(secrets(root(), "dashboard-backend")).toEqual({
      RUNTIME_CONFIG: own("dashboard_backend"),
      ...Object.fromEntries(
        ["DB_HOST", "DB_NAME", "DB_PASSWORD", "DB_PORT", "DB_USER"].map((key) => [
          key,
          `\${aws_secretsmanager_secret.rds_secret.arn}:${key}::`,
        ]),
      ),
    });
    // By the one name under which Kafka UI, which is Spring's, reads a whole document.
    expect(secrets(root(), "kafka-ui")).toEqual({ SPRING_APPLICATION_JSON: own("kafka_ui") });
    for (const version of root().all(SecretsmanagerSecretVersion)) {
      expect(version).not.toHaveProperty("secret_string");
      expect(version).not.toHaveProperty("secret_binary");
    }
  });

  test("tells each service where Kafka is, and Kafka UI to come by IAM over TLS and to change nothing", () => {
    const brokers = "${aws_msk_cluster.msk.bootstrap_brokers_sasl_iam}";
    const own = { AWS_REGION: "us-east-1", KAFKA_BOOTSTRAP_BROKERS: brokers, PORT: "8080" };
    expect(variables(root(), "events-ingestion")).toEqual(own);
    expect(variables(root(), "dashboard-backend")).toEqual(own);
    expect(variables(root(), "kafka-ui")).toEqual({
      SERVER_PORT: "8080",
      DYNAMIC_CONFIG_ENABLED: "false",
      KAFKA_CLUSTERS_0_NAME: prefix,
      KAFKA_CLUSTERS_0_READONLY: "true",
      KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: brokers,
      KAFKA_CLUSTERS_0_PROPERTIES_SECURITY_PROTOCOL: "SASL_SSL",
      KAFKA_CLUSTERS_0_PROPERTIES_SASL_MECHANISM: "AWS_MSK_IAM",
      KAFKA_CLUSTERS_0_PROPERTIES_SASL_JAAS_CONFIG: "software.amazon.msk.auth.iam.IAMLoginModule required;",
      KAFKA_CLUSTERS_0_PROPERTIES_SASL_CLIENT_CALLBACK_HANDLER_CLASS: "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
    });
  });

  test("runs the images that other repositories push, by one parameter each, and Kafka UI's of one release", () => {
    const repositories = ["images_dashboard_backend_repository", "images_events_ingestion_repository"];
    expect(Object.keys(root().byName(EcrRepository)).sort()).toEqual(repositories);
    const names = root()
      .all(SsmParameter)
      .map(({ name }) => name);
    expect(names.sort()).toEqual(["dashboard-backend", "events-ingestion"].map((service) => `/${prefix}/${service}/image`));
    expect(container(root(), "kafka-ui")["image"]).toMatch(/^ghcr\.io\/kafbat\/kafka-ui:v\d+\.\d+\.\d+$/);
  });

  test("has one cluster of Kafka, whose brokers' settings lose no message and admit nobody without a permission", () => {
    expect(root().only(MskCluster)).toMatchObject({
      cluster_name: prefix,
      number_of_broker_nodes: 2,
      enhanced_monitoring: "PER_BROKER",
      logging_info: { broker_logs: { cloudwatch_logs: { enabled: true, log_group: "${aws_cloudwatch_log_group.msk_log_group.name}" } } },
    });
    const settings = String(root().only(MskConfiguration)["server_properties"]).split("\n");
    for (const line of [
      "allow.everyone.if.no.acl.found=false",
      "auto.create.topics.enable=false",
      "default.replication.factor=2",
      "unclean.leader.election.enable=false",
    ])
      expect(settings).toContain(line);
  });

  test("takes no share of the account's concurrency for the function that makes topics", () => {
    // A new account has ten in all, and AWS keeps those ten from being reserved.
    expect(root().only(LambdaFunction)).not.toHaveProperty("reserved_concurrent_executions");
  });

  test("forces TLS at the database, keeps backups, and lets its storage grow", () => {
    const isProd = environment === "prod";
    expect(root().only(DbInstance)).toMatchObject({
      engine: "postgres",
      db_name: "dashboard",
      storage_encrypted: true,
      multi_az: isProd,
      deletion_protection: isProd,
      skip_final_snapshot: !isProd,
      backup_retention_period: 14,
      performance_insights_enabled: true,
      max_allocated_storage: isProd ? 500 : 50,
      ca_cert_identifier: "rds-ca-rsa2048-g1",
    });
    expect(root().only(DbInstance)).not.toHaveProperty("password");
    const { parameter } = root().only(DbParameterGroup) as unknown as { parameter: { name: string; value: string }[] };
    expect(parameter.find(({ name }) => name === "rds.force_ssl")?.value).toBe("1");
  });

  test("tells operators where everything is", () => {
    const outputs = Object.entries(root().json["output"] as Record<string, { description: string; value: string }>);
    expect(outputs.filter(([, { description }]) => !/\S{2}/.test(description))).toEqual([]);
    const domain = environment === "prod" ? "atlas.example.com" : "atlas-staging.example.com";
    expect(Object.fromEntries(outputs.map(([name, { value }]) => [name, value]))).toEqual({
      balancer_name: "${aws_lb.alb.dns_name}",
      bootstrap_brokers_internal: "${aws_msk_cluster.msk.bootstrap_brokers_sasl_iam}",
      dashboard_backend_url: `https://dashboard.${domain}/`,
      events_ingestion_url: `https://events.${domain}/`,
      kafka_ui_url: `https://kafka.${domain}/`,
      rds_endpoint: "${aws_db_instance.rds.address}",
    });
  });

  test("keeps what holds data at its addresses", () => {
    expect(allAddresses(root()).filter((address) => HOLDS_DATA.test(address))).toEqual([
      "aws_db_instance.rds",
      "aws_ecr_repository.images_dashboard_backend_repository",
      "aws_ecr_repository.images_events_ingestion_repository",
      "aws_msk_cluster.msk",
    ]);
  });
});

test.each([
  ["in the public phase", STAGING_PUBLIC, "bootstrap_brokers_public", "public"],
  ["in the multi-VPC phase", PROD_EXPORTING, "bootstrap_brokers_vpc_connectivity", "vpc_connectivity"],
])("%s the other brokers' addresses stand beside the internal ones", (_phase, root, name, attribute) => {
  const outputs = root().json["output"] as Record<string, { value: string }>;
  expect(Object.keys(outputs).filter((output) => output.startsWith("bootstrap_brokers"))).toEqual(["bootstrap_brokers_internal", name]);
  expect(outputs[name]?.value).toBe(`\${aws_msk_cluster.msk.bootstrap_brokers_${attribute}_sasl_iam}`);
});

test("two services scale with their load in prod, Kafka UI never, and staging keeps one task of each", () => {
  const scaled = (root: Synthesized) =>
    root
      .all(AppautoscalingTarget)
      .flatMap(({ service_namespace, resource_id, max_capacity }) =>
        service_namespace === "ecs" ? [`${String(resource_id).split("/").at(-1)} ${max_capacity}`] : [],
      );
  expect(scaled(PROD()).sort()).toEqual(["${aws_ecs_service.dashboard_backend.name} 4", "${aws_ecs_service.events_ingestion.name} 6"]);
  expect(scaled(STAGING())).toEqual([]);
});

test("exports keep the data's addresses and add one: the bucket", () => {
  const held = (root: Synthesized) => allAddresses(root).filter((address) => HOLDS_DATA.test(address));
  expect(held(PROD_EXPORTING()).filter((address) => !held(PROD()).includes(address))).toEqual(["aws_s3_bucket.exports_bucket"]);
});
