import { type Fake, type FakeResource, type Fakes, fixed, same } from "./fake-resource";

/** Port of a database engine, when the configuration names none. */
const PORTS: Readonly<Record<string, number>> = { mysql: 3306, mariadb: 3306, postgres: 5432, oracle: 1521, sqlserver: 1433 };

const databasePort: Fake = (r) => {
  const engine = r.text("engine");
  return Object.entries(PORTS).find(([name]) => engine.includes(name))?.[1] ?? 3306;
};

function rdsKey(r: FakeResource): string {
  return r.arn("kms", `key/${r.uuid()}`);
}

const encryptedWithDefaultKey: Fake = (r) => (r.value("storage_encrypted") === true ? rdsKey(r) : "");

/** Secret that RDS makes when it is asked to keep the master password itself. */
const masterUserSecret: Fake = (r) =>
  r.value("manage_master_user_password") === true
    ? [{ kms_key_id: rdsKey(r), secret_arn: r.arn("secretsmanager", `secret:rds!${r.uuid()}-Fake00`), secret_status: "active" }]
    : [];

const rdsHost = (r: FakeResource, name: string): string => `${name}.${r.word(12)}.${r.place.region}.rds.${r.place.dnsSuffix}`;

const engine: Fakes = {
  engine_version_actual: same("engine_version"),
  network_type: fixed("IPV4"),
  monitoring_role_arn: fixed(""),
  performance_insights_kms_key_id: fixed(""),
  performance_insights_retention_period: fixed(0),
  db_subnet_group_name: fixed("default"),
};

const support: Fakes = {
  engine_lifecycle_support: fixed("open-source-rds-extended-support"),
  database_insights_mode: fixed("standard"),
  master_user_secret_kms_key_id: fixed(""),
};

const windows: Fakes = { preferred_backup_window: fixed("00:00-00:30"), preferred_maintenance_window: fixed("sun:01:00-sun:01:30") };

const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";

export const DATABASE_FAKES: Readonly<Record<string, Fakes>> = {
  aws_rds_cluster: {
    ...engine,
    ...support,
    ...windows,
    apply_immediately: fixed(false),
    id: same("cluster_identifier"),
    cluster_identifier: (r) => r.generatedName(r.text("cluster_identifier_prefix") || "tf-"),
    cluster_identifier_prefix: fixed(""),
    arn: (r) => r.arn("rds", `cluster:${r.text("cluster_identifier")}`),
    cluster_resource_id: (r) => r.letters("cluster-", 34),
    endpoint: (r) => rdsHost(r, `${r.text("cluster_identifier")}.cluster`).replace(".cluster.", ".cluster-"),
    reader_endpoint: (r) => r.text("endpoint").replace(".cluster-", ".cluster-ro-"),
    engine_version: fixed("8.0.mysql_aurora.3.08.0"),
    hosted_zone_id: (r) => r.letters("Z", 14),
    kms_key_id: encryptedWithDefaultKey,
    master_user_secret: masterUserSecret,
    port: databasePort,
    allocated_storage: fixed(1),
    availability_zones: (r) => ["a", "b", "c"].map((zone) => `${r.place.region}${zone}`),
    backup_retention_period: fixed(1),
    ca_certificate_identifier: fixed(""),
    ca_certificate_valid_till: fixed(""),
    cluster_members: fixed([]),
    cluster_scalability_type: fixed("standard"),
    database_name: fixed(""),
    db_cluster_parameter_group_name: (r) => `default.${r.text("engine")}`,
    db_system_id: fixed(""),
    iam_roles: fixed([]),
    master_username: fixed("admin"),
    monitoring_interval: fixed(0),
    storage_encrypted: fixed(false),
    storage_type: fixed(""),
    vpc_security_group_ids: (r) => [r.hexId("sg")],
    "serverlessv2_scaling_configuration.seconds_until_auto_pause": fixed(300),
  },
  aws_rds_cluster_instance: {
    ...engine,
    ...windows,
    apply_immediately: fixed(false),
    ca_cert_identifier: fixed(CERTIFICATE_AUTHORITY),
    id: same("identifier"),
    identifier: (r) => r.generatedName(r.text("identifier_prefix") || "tf-"),
    identifier_prefix: fixed(""),
    arn: (r) => r.arn("rds", `db:${r.text("identifier")}`),
    availability_zone: (r) => `${r.place.region}a`,
    db_parameter_group_name: (r) => `default.${r.text("engine")}`,
    dbi_resource_id: (r) => r.letters("db-", 29),
    endpoint: (r) => rdsHost(r, r.text("identifier")),
    engine_version: fixed("8.0.mysql_aurora.3.08.0"),
    kms_key_id: fixed(""),
    performance_insights_enabled: fixed(false),
    port: databasePort,
    publicly_accessible: fixed(false),
    storage_encrypted: fixed(true),
    writer: fixed(true),
  },
  aws_db_instance: {
    ...engine,
    ...support,
    backup_window: fixed("00:00-00:30"),
    maintenance_window: fixed("sun:01:00-sun:01:30"),
    ca_cert_identifier: fixed(CERTIFICATE_AUTHORITY),
    id: same("resource_id"),
    identifier: (r) => r.generatedName(r.text("identifier_prefix") || "terraform-"),
    identifier_prefix: fixed(""),
    resource_id: (r) => r.letters("db-", 29),
    arn: (r) => r.arn("rds", `db:${r.text("identifier")}`),
    address: (r) => rdsHost(r, r.text("identifier")),
    endpoint: (r) => `${r.text("address")}:${r.text("port")}`,
    allocated_storage: fixed(20),
    availability_zone: (r) => `${r.place.region}a`,
    backup_retention_period: fixed(0),
    backup_target: fixed("region"),
    character_set_name: fixed(""),
    db_name: fixed(""),
    domain_fqdn: fixed(""),
    engine: fixed("postgres"),
    engine_version: fixed("16"),
    hosted_zone_id: (r) => r.letters("Z", 14),
    iops: (r) => (r.text("storage_type") === "gp3" ? 3000 : 0),
    kms_key_id: encryptedWithDefaultKey,
    latest_restorable_time: fixed(""),
    license_model: fixed("general-public-license"),
    listener_endpoint: fixed([]),
    master_user_secret: masterUserSecret,
    multi_az: fixed(false),
    nchar_character_set_name: fixed(""),
    option_group_name: (r) => `default:${r.text("engine")}`,
    parameter_group_name: (r) => `default.${r.text("engine")}`,
    port: databasePort,
    replica_mode: fixed(""),
    replicas: fixed([]),
    snapshot_identifier: fixed(""),
    status: fixed("available"),
    storage_throughput: (r) => (r.text("storage_type") === "gp3" ? 125 : 0),
    storage_type: fixed("gp2"),
    timezone: fixed(""),
    username: fixed("admin"),
    vpc_security_group_ids: (r) => [r.hexId("sg")],
  },
  aws_db_subnet_group: {
    id: same("name"),
    name: (r) => r.generatedName(r.text("name_prefix") || "terraform-"),
    arn: (r) => r.arn("rds", `subgrp:${r.text("name")}`),
    supported_network_types: fixed(["IPV4"]),
    vpc_id: (r) => r.hexId("vpc"),
  },
  aws_db_parameter_group: { id: same("name"), arn: (r) => r.arn("rds", `pg:${r.text("name")}`) },
  aws_rds_cluster_parameter_group: {
    id: same("name"),
    name: (r) => r.generatedName(r.text("name_prefix") || "terraform-"),
    arn: (r) => r.arn("rds", `cluster-pg:${r.text("name")}`),
  },
};
