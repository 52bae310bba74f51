import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { UNPROTECTED } from "../parts";
import { exception, facts, once, rules } from "../readings";
import { STATED, testBackupDays } from "./databases";
import { synthDatabase } from "./postgres-parts";

const PUBLIC = { publicTo: ["203.0.113.0/24"], because: "analysts reach it without the VPN" } as const;

const plain = once(() => synthDatabase());

describe("PostgresDatabase", () => {
  test("is encrypted, private, in two zones, recoverable and protected when only the required props are given", () => {
    const synthesized = plain();
    expect(synthesized.only(DbInstance)).toMatchObject({
      identifier: "shop-test-database",
      engine: "postgres",
      engine_version: "17",
      auto_minor_version_upgrade: true,
      allow_major_version_upgrade: true,
      instance_class: "db.t3.micro",
      storage_type: "gp3",
      storage_encrypted: true,
      allocated_storage: 20,
      max_allocated_storage: 100,
      multi_az: true,
      db_name: "orders",
      port: 5432,
      db_subnet_group_name: "${aws_db_subnet_group.database_subnets.name}",
      vpc_security_group_ids: ["${aws_security_group.database.id}"],
      publicly_accessible: false,
      ca_cert_identifier: "rds-ca-rsa2048-g1",
      backup_retention_period: 14,
      delete_automated_backups: false,
      copy_tags_to_snapshot: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: "shop-test-database-final",
      apply_immediately: false,
      tags: {},
      lifecycle: { prevent_destroy: true },
    });
    expect(synthesized.only(DbSubnetGroup)).toEqual({
      name: "shop-test-database-private",
      description: "private subnets for shop-test-database",
      subnet_ids: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
    });
    expect(rules(synthesized)).toEqual([]);
    expect(facts(synthesized, "exception").map(({ id }) => id)).toEqual(["Database/Alarms alarms"]);
  });

  test("takes TLS connections only, and as many as alarms count on, from a group that can be replaced while it is in use", () => {
    expect(plain().only(DbInstance)["parameter_group_name"]).toBe("${aws_db_parameter_group.database_parameters.name}");
    expect(plain().only(DbParameterGroup)).toEqual({
      name_prefix: "shop-test-database-",
      family: "postgres17",
      description: "parameters of shop-test-database",
      parameter: [
        { name: "rds.force_ssl", value: "1", apply_method: "immediate" },
        { name: "log_min_duration_statement", value: "1000", apply_method: "immediate" },
        { name: "max_connections", value: "80", apply_method: "pending-reboot" },
      ],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("writes its logs into groups that were there before, and that end", () => {
    const synthesized = plain();
    expect(synthesized.only(DbInstance)).toMatchObject({
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      depends_on: ["aws_cloudwatch_log_group.database_postgresql_log", "aws_cloudwatch_log_group.database_upgrade_log"],
    });
    const folder = "/aws/rds/instance/shop-test-database";
    expect(facts(synthesized, "logGroup").map(({ name, retentionDays }) => [name, retentionDays])).toEqual(
      expect.arrayContaining([
        [`${folder}/postgresql`, 30],
        [`${folder}/upgrade`, 30],
      ]),
    );
  });

  test("shows what queries wait for, on the smallest class too and at no cost", () => {
    expect(plain().only(DbInstance)).toMatchObject({
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      database_insights_mode: "standard",
    });
    expect(plain().only(DbInstance)).not.toHaveProperty("monitoring_interval");
  });

  test("stands in one zone when it is told why, and says so", () => {
    const synthesized = synthDatabase({ multiAz: { singleZoneBecause: "staging's data can be made again" } });
    expect(synthesized.only(DbInstance)).toMatchObject({
      multi_az: false,
      tags: { SingleZoneBecause: "stagings data can be made again" },
    });
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Database single zone", "database shop-test-database stands in one zone", "staging's data can be made again"),
    );
    expect(facts(synthesized, "database")).toMatchObject([{ size: "db.t3.micro, 20 to 100 GiB, one zone" }]);
  });

  test("is reached by the given addresses, and stands in public subnets, when it is told why", () => {
    const synthesized = synthDatabase({ access: PUBLIC });
    expect(synthesized.only(DbInstance)["publicly_accessible"]).toBe(true);
    expect(synthesized.only(DbSubnetGroup)).toMatchObject({
      name: "shop-test-database-public",
      subnet_ids: ["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"],
    });
    expect(synthesized.edges()).toEqual(["AllowedAddresses (203.0.113.0/24) -> Database tcp/5432: analysts reach it without the VPN"]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Database public", "database shop-test-database has a public address", "analysts reach it without the VPN"),
    );
  });

  test("is replaced together with its subnet group, since RDS moves no instance within a network", () => {
    expect(plain().only(DbInstance)["lifecycle"]).toEqual({
      prevent_destroy: true,
      replace_triggered_by: ["aws_db_subnet_group.database_subnets.name"],
    });
  });

  test("says why protection is off, and then goes without a snapshot or backups", () => {
    const synthesized = synthDatabase({ protection: UNPROTECTED }, (database) =>
      database.urlSecret("Url", { secretName: "shop/url", key: "DATABASE_URL" }),
    );
    const instance = synthesized.only(DbInstance);
    expect(instance).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      delete_automated_backups: true,
      apply_immediately: true,
      tags: { UnprotectedBecause: "a tests data is thrown away" },
      lifecycle: { prevent_destroy: false },
    });
    expect(instance).not.toHaveProperty("final_snapshot_identifier");
    expect(synthesized.byName(SecretsmanagerSecret)["database_url"]).toMatchObject({ recovery_window_in_days: 0 });
  });

  test("has another version, another class and a name of its own when told to", () => {
    const synthesized = synthDatabase({ engineVersion: "16", instanceClass: "db.r6g.large", identifier: "orders-1" });
    expect(synthesized.only(DbInstance)).toMatchObject({
      identifier: "orders-1",
      engine_version: "16",
      instance_class: "db.r6g.large",
      final_snapshot_identifier: "orders-1-final",
    });
    expect(synthesized.only(DbParameterGroup)).toMatchObject({
      name_prefix: "orders-1-",
      family: "postgres16",
      parameter: [{}, {}, { name: "max_connections", value: "1280" }],
    });
  });

  testBackupDays((backupDays) => synthDatabase({ backupDays }).only(DbInstance)["backup_retention_period"]);

  test("refuses a class that it does not know, and storage that RDS does not take", () => {
    expect(() => synthDatabase({ instanceClass: "db.t3.tiny" })).toThrow(
      'shop-test/Database: instanceClass must be a class from db.t3, db.m5 or db.r5 on, for example db.t4g.medium, got "db.t3.tiny"',
    );
    expect(() => synthDatabase({ storageGib: 19 })).toThrow("shop-test/Database: storageGib must be whole GiB, 20 to 65536, got 19");
  });

  test("shows itself on a dashboard", () => {
    synthDatabase({ identifier: "orders-1" }, ({ metrics }) => {
      expect(metrics.cpu).toEqual({
        namespace: "AWS/RDS",
        name: "CPUUtilization",
        dimensions: { DBInstanceIdentifier: "orders-1" },
        statistic: "Average",
      });
      const { connections, freeStorage, freeableMemory, readLatency, writeLatency } = metrics;
      expect(
        [connections, freeStorage, freeableMemory, readLatency, writeLatency].map(({ name, statistic }) => `${name} ${statistic}`),
      ).toEqual([
        "DatabaseConnections Maximum",
        "FreeStorageSpace Minimum",
        "FreeableMemory Minimum",
        "ReadLatency Average",
        "WriteLatency Average",
      ]);
    });
    expect.assertions(2);
  });

  test("keeps the addresses that its data is stored under", () => {
    expect(plain().addresses(DbInstance, SecretsmanagerSecret, SecretsmanagerSecretVersion)).toEqual([
      "aws_db_instance.database",
      "aws_secretsmanager_secret.database_password_secret",
      "aws_secretsmanager_secret.database_secret",
      "aws_secretsmanager_secret_version.database_password_stored",
      "aws_secretsmanager_secret_version.database_secret_value",
    ]);
  });

  test("states itself", () => {
    expect(facts(plain(), "database")).toEqual([
      {
        ...STATED,
        size: "db.t3.micro, 20 to 100 GiB, two zones",
        fails: "the standby in another zone takes over within two minutes; point-in-time recovery restores the rest",
        engine: "postgres 17",
        port: 5432,
        databaseName: "orders",
        urls: [],
      },
    ]);
  });
});
