import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { allAddresses, containers, facts } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import { ALL, synthesizeWith } from "./marqo-roots";

beforeAll(packHandlers);

const HOLDS_DATA = /^aws_(cognito_user_pool|dynamodb_table|ecr_repository|s3_bucket|secretsmanager_secret|ssm_parameter)\./;

describe.each(ALL)("Marqo in %s", (environment, root) => {
  const usersAccounts = environment === "staging" ? "UsersAccountsTable" : `${environment}-UsersAccountsTable`;
  const isProd = environment === "prod";

  test("has the names that its owners know", () => {
    expect(root().only(EcsCluster)).toMatchObject({ name: `${environment}-MonolithCluster` });
    expect(root().only(EcsService)).toMatchObject({ name: `${environment}-MonolithService`, launch_type: "FARGATE" });
    expect(root().byName(CloudwatchLogGroup)["monolith_log_group"]).toMatchObject({
      name: `${environment}-monolith-logs`,
      retention_in_days: 30,
    });
    expect(root().only(S3Bucket)).toMatchObject({ bucket: `${environment}-console-static` });
    expect(Object.fromEntries(Object.entries(root().byName(DynamodbTable)).map(([id, { name }]) => [id, name]))).toEqual({
      tables_users_accounts: usersAccounts,
      tables_index_configs: `${environment}-CustomerIndexConfigTable`,
      tables_cluster_pool: `${environment}-CustomerClusterPoolTable`,
      tables_cluster_assignment: `${environment}-CustomerClusterAssignmentTable`,
    });
  });

  test("tells its container these things and no others, and gives it no secret", () => {
    const [container, ...others] = containers(root().only(EcsTaskDefinition));
    expect(others).toEqual([]);
    const cells = isProd
      ? '{"us-east-1a":"k1l2m3n4o5","us-east-1b":"p6q7r8s9t0"}'
      : `{"us-east-1a":"${environment === "dev" ? "a1b2c3d4e5" : "f6g7h8i9j0"}"}`;
    const told = ((container?.["environment"] ?? []) as { name: string; value: string }[]).map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(told)).toEqual({
      ENVIRONMENT: environment,
      cognito_user_pool_id: "${aws_cognito_user_pool.users_pool.id}",
      cognito_client_id: "${aws_cognito_user_pool_client.users_pool_client.id}",
      users_accounts_table_name: usersAccounts,
      index_configs_table_name: `${environment}-CustomerIndexConfigTable`,
      data_plane_cells: cells,
      stripe_secret_key_secret_name: `${environment}/stripe-secret-key`,
      api_key_encryption_key_secret_name: `${environment}/api-key-encryption-key`,
    });
    expect(container?.["secrets"] ?? []).toEqual([]);
    expect(container).toMatchObject({ name: "monolith", portMappings: [{ name: "http", containerPort: 8000 }] });
  });

  test("makes the two secrets under the names that it tells, and no value", () => {
    expect(
      root()
        .all(SecretsmanagerSecret)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([`${environment}/api-key-encryption-key`, `${environment}/stripe-secret-key`]);
    expect(root().all(SecretsmanagerSecretVersion)).toEqual([]);
  });

  test("keeps every table by pk and sk, encrypted, restorable, paid by use, and undeletable where data is missed", () => {
    for (const table of root().all(DynamodbTable)) {
      expect(table).toMatchObject({
        hash_key: "pk",
        range_key: "sk",
        attribute: [
          { name: "pk", type: "S" },
          { name: "sk", type: "S" },
        ],
        billing_mode: "PAY_PER_REQUEST",
        point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
        server_side_encryption: { enabled: true },
        deletion_protection_enabled: isProd,
        lifecycle: { prevent_destroy: isProd },
      });
    }
  });

  test("runs the documented size, scales with its load, rolls back what does not get well, and lets operators in", () => {
    const [cpu, memory] = isProd ? ["1024", "2048"] : ["512", "1024"];
    const [least, most] = isProd ? [2, 6] : [1, 2];
    expect(root().only(EcsTaskDefinition)).toMatchObject({ cpu, memory, family: `${environment}-MonolithService` });
    expect(root().only(EcsService)).toMatchObject({
      desired_count: least,
      deployment_circuit_breaker: { enable: true, rollback: true },
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      enable_execute_command: true,
    });
    expect(root().only(AppautoscalingTarget)).toMatchObject({
      min_capacity: least,
      max_capacity: most,
      resource_id: `service/${environment}-MonolithCluster/\${aws_ecs_service.monolith.name}`,
    });
    expect(root().only(AppautoscalingPolicy)).toMatchObject({
      target_tracking_scaling_policy_configuration: {
        target_value: 70,
        predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
      },
    });
  });

  test("watches the API's errors and the balancer's tasks while it deploys", () => {
    expect(root().only(EcsService)["alarms"]).toEqual({
      alarm_names: [
        "${aws_cloudwatch_metric_alarm.balancer_http_no_healthy_task.alarm_name}",
        "${aws_cloudwatch_metric_alarm.api_server_errors.alarm_name}",
      ],
      enable: true,
      rollback: true,
    });
  });

  test("runs the image that releases name, out of a repository whose tags stay what they are", () => {
    expect(root().only(EcrRepository)).toMatchObject({ name: `${environment}-monolith`, image_tag_mutability: "IMMUTABLE" });
    expect(root().only(SsmParameter)).toMatchObject({
      name: `/marqo/${environment}/monolith/image`,
      lifecycle: { ignore_changes: ["insecure_value"] },
    });
    expect(containers(root().only(EcsTaskDefinition))[0]).toMatchObject({ image: "${aws_ssm_parameter.monolith_image.insecure_value}" });
  });

  test("keeps what holds data at its addresses", () => {
    expect(allAddresses(root()).filter((address) => HOLDS_DATA.test(address))).toEqual([
      "aws_cognito_user_pool.users_pool",
      "aws_dynamodb_table.tables_cluster_assignment",
      "aws_dynamodb_table.tables_cluster_pool",
      "aws_dynamodb_table.tables_index_configs",
      "aws_dynamodb_table.tables_users_accounts",
      "aws_ecr_repository.monolith_repository",
      "aws_s3_bucket.api_site",
      "aws_secretsmanager_secret.api_key_encryption_key",
      "aws_secretsmanager_secret.stripe_secret_key",
      "aws_ssm_parameter.monolith_image",
    ]);
  });

  test("tells operators where everything is", () => {
    const outputs = Object.entries(root().json["output"] as Record<string, { description: string; value: string }>);
    expect(outputs.filter(([, { description }]) => !/\S{2}/.test(description))).toEqual([]);
    expect(Object.fromEntries(outputs.map(([name, { value }]) => [name, value]))).toEqual({
      api_id: "${aws_api_gateway_rest_api.api.id}",
      console_bucket: `${environment}-console-static`,
      console_url: isProd ? "https://console.example.com/" : `https://console.${environment}.example.com/`,
      user_pool_client_id: "${aws_cognito_user_pool_client.users_pool_client.id}",
      user_pool_id: "${aws_cognito_user_pool.users_pool.id}",
    });
  });

  test("states its service, tables and bucket under the names that operations ask for", () => {
    expect(facts(root(), "service").map(({ cluster, name }) => `${cluster}/${name}`)).toEqual([
      `${environment}-MonolithCluster/${environment}-MonolithService`,
    ]);
    expect(facts(root(), "table").map(({ name }) => name)).toContain(usersAccounts);
    expect(facts(root(), "bucket").map(({ name }) => name)).toEqual([`${environment}-console-static`]);
  });
});

test("a bucket's name that somebody else has is replaced in the configuration, for the API, its role and the output", () => {
  const root = synthesizeWith("staging", { "api.siteBucket": "example-marqo-staging" });
  expect(root.only(S3Bucket)).toMatchObject({ bucket: "example-marqo-staging" });
  expect(JSON.stringify(root.json)).not.toContain("staging-console-static");
  expect(JSON.stringify(root.json)).toContain("s3:path/example-marqo-staging/html/index.html");
});
