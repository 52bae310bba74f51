import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { allAddresses, containers, facts, statements } from "../constructs/readings";
import { projectRoot } from "../support/project";
import type { Synthesized } from "../support/synthesized";
import { BOTH, PRODUCTION, STAGING } from "./allthrive-roots";

const DJANGO_KEYS = [
  "ANTHROPIC_API_KEY",
  "DATABASE_URL",
  "GITHUB_CLIENT_ID",
  "GITHUB_CLIENT_SECRET",
  "GOOGLE_API_KEY",
  "GOOGLE_CLIENT_ID",
  "GOOGLE_CLIENT_SECRET",
  "OPENAI_API_KEY",
  "REDIS_HOST",
  "REDIS_PASSWORD",
  "REDIS_PORT",
  "SECRET_KEY",
  "SENTRY_DSN",
  "STRIPE_PUBLIC_KEY",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
];

const HOLDS_DATA = /^aws_(db_instance|ecr_repository|efs_file_system|elasticache_replication_group|s3_bucket)\./;

/** The one container of a task. */
function container(root: Synthesized, service: string): Record<string, unknown> {
  const [only, ...others] = containers(root.byName(EcsTaskDefinition)[`ecs_${service}_task_definition`] ?? {});
  if (only === undefined || others.length > 0) throw new Error(`expected one container in ${service}`);
  return only;
}

describe.each(BOTH)("AllThrive in %s", (environment, root) => {
  const prefix = `${environment}-allthrive`;
  const service = (name: string) => root().byName(EcsService)[`ecs_${name}`];

  test("has the eleven pieces under the names that its owners know", () => {
    const page = readFileSync(join(projectRoot, "docs", "systems", "allthrive.md"), "utf8");
    const pieces = [...page.matchAll(/^\| (\d\d) [^|]+\|[^|]+\| ([^|]+) \|$/gm)].map(([, number = "", starts = ""]) => ({
      number,
      starts: [...starts.matchAll(/`([a-z0-9_]+)`/g)].map(([, start = ""]) => start),
    }));
    expect(pieces.map(({ number }) => number)).toEqual(["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"]);
    const names = allAddresses(root()).map((address) => address.split(".")[1] ?? "");
    for (const start of new Set(pieces.flatMap(({ starts }) => starts))) {
      // Endpoints beside NAT are a choice, and not taken here.
      if (start === "endpoints") continue;
      expect(names.filter((name) => name === start || name.startsWith(`${start}_`))).not.toEqual([]);
    }
    const known = [...pieces.flatMap(({ starts }) => starts), "alarms", "budget", "dashboard", "ws_name"];
    expect(names.filter((name) => !known.some((start) => name === start || name.startsWith(`${start}_`)))).toEqual([]);
  });

  test("runs the four services in the documented sizes, containers and log groups", () => {
    const rows = facts(root(), "service").map(({ name, cluster, cpu, memoryMib, containers }) => [
      name,
      cluster,
      cpu,
      memoryMib,
      containers.map((one) => `${one.name} ${one.logGroup}`),
    ]);
    const cluster = `${prefix}-cluster`;
    expect(rows).toEqual([
      [`${prefix}-celery`, cluster, 512, 1024, [`celery /ecs/${prefix}-celery`]],
      [`${prefix}-celery-beat`, cluster, 256, 512, [`celery /ecs/${prefix}-celery-beat`]],
      [`${prefix}-weaviate`, cluster, 512, 1024, [`weaviate /ecs/${prefix}-weaviate`]],
      [`${prefix}-web`, cluster, 512, 1024, [`web /ecs/${prefix}-web`]],
    ]);
    for (const task of root().all(EcsTaskDefinition)) {
      const fact = facts(root(), "service").find(({ family }) => family === task["family"]);
      expect(task).toMatchObject({ cpu: String(fact?.cpu), memory: String(fact?.memoryMib), track_latest: true });
    }
    const logs = facts(root(), "logGroup").filter(({ name }) => name.startsWith("/ecs/"));
    expect(logs.map(({ name, retentionDays }) => `${name} ${retentionDays}`)).toEqual(
      ["celery", "celery-beat", "weaviate", "web"].map((name) => `/ecs/${prefix}-${name} 30`),
    );
  });

  test("runs Celery on Spot, and nothing else, with two minutes to finish what it has begun", () => {
    expect(service("celery")?.["capacity_provider_strategy"]).toEqual([{ capacity_provider: "FARGATE_SPOT", weight: 1, base: 0 }]);
    expect(container(root(), "celery")).toMatchObject({ stopTimeout: 120, linuxParameters: { initProcessEnabled: true } });
    for (const name of ["celery_beat", "web", "weaviate"]) {
      expect(service(name)).toMatchObject({ launch_type: "FARGATE" });
      expect(service(name)).not.toHaveProperty("capacity_provider_strategy");
    }
  });

  test.each(["celery_beat", "weaviate"])("runs exactly one task of %s at any time, in a deployment too", (name) => {
    expect(service(name)).toMatchObject({
      desired_count: 1,
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      availability_zone_rebalancing: "DISABLED",
    });
    const scaled = root()
      .all(AppautoscalingTarget)
      .map(({ resource_id }) => String(resource_id));
    expect(scaled.filter((id) => id.includes(name.replace("_", "-")))).toEqual([]);
  });

  test.each(["celery", "web"])("keeps the old tasks of %s until the new ones are well", (name) => {
    expect(service(name)).toMatchObject({ deployment_minimum_healthy_percent: 100, deployment_maximum_percent: 200 });
  });

  test("rolls a release back that does not get well, and lets operators open a shell in every task", () => {
    for (const one of root().all(EcsService))
      expect(one).toMatchObject({ deployment_circuit_breaker: { enable: true, rollback: true }, enable_execute_command: true });
  });

  test("finds Weaviate as weaviate:8080 and weaviate:50051, from the three Django services alone", () => {
    const connect = (name: string) => service(name)?.["service_connect_configuration"] as Record<string, unknown>;
    expect(connect("weaviate")).toMatchObject({
      service: [
        { port_name: "rest", client_alias: { dns_name: "weaviate", port: 8080 } },
        { port_name: "grpc", client_alias: { dns_name: "weaviate", port: 50051 } },
      ],
    });
    expect(container(root(), "weaviate")["portMappings"]).toEqual([
      { name: "grpc", containerPort: 50051, hostPort: 50051, protocol: "tcp", appProtocol: "grpc" },
      { name: "rest", containerPort: 8080, hostPort: 8080, protocol: "tcp", appProtocol: "http" },
    ]);
    for (const name of ["celery", "celery_beat", "web"]) {
      expect(connect(name)).toMatchObject({ enabled: true, namespace: connect("weaviate")["namespace"] });
      expect(connect(name)).not.toHaveProperty("service");
      // Who starts before Weaviate's name is there does not learn it.
      expect(service(name)?.["depends_on"]).toContain("aws_ecs_service.ecs_weaviate");
      expect(container(root(), name)["environment"]).toEqual(
        expect.arrayContaining([
          { name: "WEAVIATE_URL", value: "http://weaviate:8080" },
          { name: "WEAVIATE_GRPC_ADDRESS", value: "weaviate:50051" },
        ]),
      );
    }
  });

  test("keeps Weaviate's vectors on EFS, through an access point", () => {
    expect(container(root(), "weaviate")["mountPoints"]).toEqual([
      { containerPath: "/var/lib/weaviate", sourceVolume: "vectors_data", readOnly: false },
    ]);
    expect(root().only(EfsAccessPoint)).toMatchObject({ root_directory: { path: "/weaviate" } });
    expect(root().byName(EcsTaskDefinition)["ecs_weaviate_task_definition"]?.["volume"]).toEqual([
      {
        name: "vectors_data",
        efs_volume_configuration: {
          file_system_id: "${aws_efs_file_system.ecs_vectors.id}",
          transit_encryption: "ENABLED",
          authorization_config: { access_point_id: "${aws_efs_access_point.ecs_vectors_data.id}", iam: "ENABLED" },
        },
      },
    ]);
  });

  test("keeps the documented secrets with the documented keys, and three of its own", () => {
    expect(Object.fromEntries(facts(root(), "secret").map(({ name, keys, setBy }) => [name, `${setBy}: ${keys.join(" ")}`]))).toEqual({
      [`${environment}/allthrive/ai/api-keys`]: "operator: OPENAI_API_KEY ANTHROPIC_API_KEY GOOGLE_API_KEY",
      [`${environment}/allthrive/oauth/credentials`]:
        "operator: GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET GITHUB_CLIENT_ID GITHUB_CLIENT_SECRET",
      [`${environment}/allthrive/stripe/credentials`]: "operator: STRIPE_PUBLIC_KEY STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET",
      [`${environment}/allthrive/database`]: "terraform: DATABASE_URL",
      [`${environment}/allthrive/app`]: "operator: SECRET_KEY SENTRY_DSN",
      [`${environment}/allthrive/rds/master`]: "terraform: DB_HOST DB_PORT DB_NAME DB_USER DB_PASSWORD",
      [`${environment}/allthrive/rds/master-password`]: "terraform: ",
      [`${environment}/allthrive/redis`]: "operator: REDIS_HOST REDIS_PORT REDIS_PASSWORD",
    });
  });

  test("gives every Django process all of Django's secrets, and Weaviate none", () => {
    const names = (name: string) => (container(root(), name)["secrets"] as { name: string }[]).map((secret) => secret.name);
    for (const name of ["celery", "celery_beat", "web"]) expect(names(name)).toEqual(DJANGO_KEYS);
    expect(names("weaviate")).toEqual([]);
  });

  test("tells Django the names that it answers to, and the pages that may call it", () => {
    const site = environment === "production" ? "allthrive.ai" : "staging.allthrive.ai";
    expect(container(root(), "web")["environment"]).toEqual([
      { name: "ALLOWED_HOSTS", value: `${site},api.${site},ws.${site}` },
      { name: "AWS_STORAGE_BUCKET_NAME", value: `${prefix}-media-222222222222` },
      { name: "BACKUP_BUCKET_NAME", value: `${prefix}-backups-222222222222` },
      { name: "CORS_ALLOWED_ORIGINS", value: `https://${site}` },
      { name: "CSRF_TRUSTED_ORIGINS", value: `https://${site}` },
      { name: "REDIS_TLS", value: "true" },
      { name: "WEAVIATE_GRPC_ADDRESS", value: "weaviate:50051" },
      { name: "WEAVIATE_URL", value: "http://weaviate:8080" },
    ]);
  });

  test("tiers media, and locks backups by governance, which an unprotected environment can lift", () => {
    const lifecycles = root().byName(S3BucketLifecycleConfiguration);
    const rules = (bucket: string) => ([lifecycles[`s3_${bucket}_lifecycle`]?.["rule"]].flat() as { id: string }[]).map(({ id }) => id);
    expect(rules("media")).toContain("tier-objects");
    expect(rules("frontend")).not.toContain("tier-objects");
    expect(root().only(S3BucketObjectLockConfigurationA)).toMatchObject({
      bucket: "${aws_s3_bucket.s3_backups.id}",
      rule: { default_retention: { mode: "GOVERNANCE", days: environment === "production" ? 30 : 1 } },
    });
  });

  test("tells operators where everything is", () => {
    const outputs = Object.entries(root().json["output"] as Record<string, { description: string; value: string }>);
    expect(outputs.filter(([, { description }]) => !/\S{2}/.test(description))).toEqual([]);
    const site = environment === "production" ? "allthrive.ai" : "staging.allthrive.ai";
    expect(Object.fromEntries(outputs.map(([name, { value }]) => [name, value]))).toEqual({
      distribution_name: "${aws_cloudfront_distribution.cloudfront.domain_name}",
      frontend_bucket: `${prefix}-frontend-222222222222`,
      github_deploy_role: "${aws_iam_role.github_deploy.arn}",
      github_plan_role: "${aws_iam_role.github_plan.arn}",
      github_push_role: "${aws_iam_role.github_push.arn}",
      health_url: `https://api.${site}/api/health/`,
      rds_endpoint: "${aws_db_instance.rds.address}",
      redis_endpoint: "${aws_elasticache_replication_group.elasticache.primary_endpoint_address}",
      site_url: `https://${site}/`,
      websocket_url: `wss://ws.${site}/ws/`,
    });
  });

  test("keeps what holds data at its addresses", () => {
    expect(allAddresses(root()).filter((address) => HOLDS_DATA.test(address))).toEqual([
      "aws_db_instance.rds",
      "aws_ecr_repository.ecr_celery_beat_repository",
      "aws_ecr_repository.ecr_celery_repository",
      "aws_ecr_repository.ecr_web_repository",
      "aws_efs_file_system.ecs_vectors",
      "aws_elasticache_replication_group.elasticache",
      "aws_s3_bucket.s3_backups",
      "aws_s3_bucket.s3_frontend",
      "aws_s3_bucket.s3_media",
    ]);
  });
});

test("Celery may write backups, and neither read nor delete one; nobody else may anything with them", () => {
  const policies = Object.entries(PRODUCTION().json["resource"] as Record<string, Record<string, { policy?: string }>>).flatMap(
    ([type, all]) => (type === "aws_iam_role_policy" ? Object.entries(all) : []),
  );
  const onBackups = policies.flatMap(([name, { policy }]) =>
    (statements(policy) as { Action: unknown; Effect: string; Resource?: unknown }[])
      .filter(({ Effect, Resource }) => Effect === "Allow" && JSON.stringify(Resource ?? "").includes("s3_backups"))
      .map(({ Action }) => [name, Action]),
  );
  expect(onBackups).toEqual([["ecs_celery_task_role_policy", ["s3:AbortMultipartUpload", "s3:PutObject"]]]);
});

test("web and Celery scale with their load in production, and staging keeps one task of each", () => {
  const most = (root: Synthesized) => root.all(AppautoscalingTarget).map(({ max_capacity }) => max_capacity);
  expect(most(PRODUCTION())).toEqual([4, 4]);
  expect(most(STAGING())).toEqual([]);
});
