import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { AuroraMysql, type AuroraMysqlProps } from "../../../constructs/data/aurora-mysql";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addNetwork, addService, UNPROTECTED } from "../parts";
import { exception, facts, once, rules } from "../readings";
import { databaseProps, STATED, testBackupDays } from "./databases";

const PUBLIC = { publicTo: ["203.0.113.0/24", "198.51.100.7/32"], because: "developers reach it without the VPN" } as const;

function addDatabase(stack: TestStack, props: Partial<AuroraMysqlProps> = {}, scope: Construct = stack, id = "Database"): AuroraMysql {
  return new AuroraMysql(scope, id, {
    ...databaseProps(stack, props.network),
    minAcu: 0.5,
    maxAcu: 8,
    ...props,
  });
}

function synthDatabase(props: Partial<AuroraMysqlProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => addDatabase(stack, props));
}

const plain = once(() => synthDatabase());

describe("AuroraMysql", () => {
  test("is encrypted, private, recoverable and protected when only the required props are given", () => {
    const synthesized = plain();
    expect(synthesized.only(RdsCluster)).toMatchObject({
      cluster_identifier: "shop-test-database",
      engine: "aurora-mysql",
      engine_version: "8.0.mysql_aurora.3.10.0",
      db_subnet_group_name: "${aws_db_subnet_group.database_subnets.name}",
      vpc_security_group_ids: ["${aws_security_group.database.id}"],
      storage_encrypted: true,
      backup_retention_period: 14,
      copy_tags_to_snapshot: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "shop-test-database-final",
      serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 8 },
      tags: {},
      lifecycle: { prevent_destroy: true },
    });
    expect(synthesized.only(RdsClusterInstance)).toMatchObject({
      identifier: "shop-test-database-writer",
      instance_class: "db.serverless",
      publicly_accessible: false,
      auto_minor_version_upgrade: false,
    });
    expect(synthesized.only(DbSubnetGroup)).toEqual({
      name: "shop-test-database-private",
      description: "private subnets for shop-test-database",
      subnet_ids: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
    });
    expect(rules(synthesized)).toEqual([]);
  });

  test("takes TLS connections only, from a parameter group that can be replaced while it is in use", () => {
    expect(plain().only(RdsClusterParameterGroup)).toEqual({
      name_prefix: "shop-test-database-",
      family: "aurora-mysql8.0",
      description: "parameters of shop-test-database",
      parameter: [
        { name: "require_secure_transport", value: "ON", apply_method: "immediate" },
        { name: "slow_query_log", value: "1", apply_method: "immediate" },
        { name: "long_query_time", value: "1", apply_method: "immediate" },
      ],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("keeps its password in Secrets Manager, and in no argument that Terraform keeps", () => {
    const synthesized = synthDatabase({ passwordVersion: 3 });
    const password = "${ephemeral.aws_secretsmanager_secret_version.database_password_read_back.secret_string}";
    const cluster = synthesized.only(RdsCluster);
    expect(cluster).toMatchObject({ master_username: "master", master_password_wo: password, master_password_wo_version: 3 });
    expect(cluster).not.toHaveProperty("master_password");
    expect(synthesized.byName(SecretsmanagerSecretVersion)["database_secret_value"]).toEqual({
      secret_id: "${aws_secretsmanager_secret.database_secret.arn}",
      secret_string_wo: `\${jsonencode({"DB_HOST" = aws_rds_cluster.database.endpoint, "DB_USER" = "master", "DB_PASSWORD" = ${password.slice(2, -1)}})}`,
      secret_string_wo_version: 3,
      lifecycle: { replace_triggered_by: ["aws_rds_cluster.database.endpoint"] },
    });
    expect(facts(synthesized, "secret")).toEqual([
      { kind: "secret", id: "shop/database", name: "shop/database", keys: ["DB_HOST", "DB_USER", "DB_PASSWORD"], setBy: "terraform" },
      { kind: "secret", id: "shop/database-password", name: "shop/database-password", keys: [], setBy: "terraform" },
    ]);
  });

  test("pauses after five idle minutes when it may go down to nothing", () => {
    expect(synthDatabase({ minAcu: 0 }).only(RdsCluster)["serverlessv2_scaling_configuration"]).toEqual({
      min_capacity: 0,
      max_capacity: 8,
      seconds_until_auto_pause: 300,
    });
  });

  test("is reached by the given addresses, and stands in public subnets, when it is told why", () => {
    const synthesized = synthDatabase({ access: PUBLIC });
    expect(synthesized.only(RdsClusterInstance)["publicly_accessible"]).toBe(true);
    expect(synthesized.only(DbSubnetGroup)).toEqual({
      name: "shop-test-database-public",
      description: "public subnets for shop-test-database",
      subnet_ids: ["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"],
    });
    expect(synthesized.edges()).toEqual([
      "AllowedAddresses (203.0.113.0/24, 198.51.100.7/32) -> Database tcp/3306: developers reach it without the VPN",
    ]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Database public", "database shop-test-database has a public address", "developers reach it without the VPN"),
    );
  });

  test("says why protection is off, and then goes without a snapshot", () => {
    const synthesized = synthDatabase({ protection: UNPROTECTED });
    expect(synthesized.only(RdsCluster)).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      tags: { UnprotectedBecause: "a tests data is thrown away" },
      lifecycle: { prevent_destroy: false },
    });
    expect(synthesized.only(RdsCluster)).not.toHaveProperty("final_snapshot_identifier");
  });

  testBackupDays((backupDays) => synthDatabase({ backupDays }).only(RdsCluster)["backup_retention_period"]);

  test("gives its writer a name that RDS takes, however long the cluster's is", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const reporting = new Construct(stack, "ReportingOfTheWarehouseInTheNorth");
      addDatabase(stack, {}, reporting, "DatabaseOfFulfilledOrders");
    });
    for (const name of [synthesized.only(RdsCluster)["cluster_identifier"], synthesized.only(RdsClusterInstance)["identifier"]]) {
      expect(name).toMatch(/^[a-z](-?[0-9a-z])*$/);
      expect(String(name).length).toBeLessThanOrEqual(63);
    }
  });

  test("lets a service wait until its secret has a value", () => {
    // Aurora takes minutes, and ECS starts no task whose secret has no value yet.
    const synthesized = synthesizeTestStack((stack) => {
      const network = addNetwork(stack);
      const database = addDatabase(stack, { network });
      const image = "registry.example.com/app:1";
      addService(stack, "Api", network, { containers: [{ name: "app", image, secrets: database.secret.allKeys() }] });
    });
    const waits = [EcsService, EcsTaskDefinition].flatMap((type) => (synthesized.only(type)["depends_on"] ?? []) as string[]);
    expect(waits).toContain("aws_secretsmanager_secret_version.database_secret_value");
  });

  test("keeps the addresses that its data is stored under", () => {
    expect(plain().addresses(RdsCluster, RdsClusterInstance, SecretsmanagerSecretVersion)).toEqual([
      "aws_rds_cluster.database",
      "aws_rds_cluster_instance.database_writer",
      "aws_secretsmanager_secret_version.database_password_stored",
      "aws_secretsmanager_secret_version.database_secret_value",
    ]);
  });

  test("states itself", () => {
    expect(facts(plain(), "database")).toEqual([
      {
        ...STATED,
        size: "0.5 to 8 ACU",
        fails: "Aurora starts another writer on the same storage, in about ten minutes; point-in-time recovery restores the rest",
        engine: "aurora-mysql 8.0.mysql_aurora.3.10.0",
        port: 3306,
      },
    ]);
  });
});
