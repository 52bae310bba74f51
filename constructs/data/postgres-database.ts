import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import { type Protection, tagValue } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import type { Alarms } from "../observability/alarm-topic";
import type { GeneratedPassword } from "../security/generated-password";
import { Secret } from "../security/secret";
import { allowPublicAccess, type DatabaseAccess, databaseSubnets } from "./database-access";
import { type DatabaseCredentialsProps, MASTER_USER, masterPassword, masterSecret } from "./database-credentials";
import { databaseLogs, databaseSafety } from "./database-safety";
import { PostgresAlarms } from "./postgres-alarms";
import { checkPostgres, checkUrlScheme } from "./postgres-checks";
import { type PostgresClass, postgresClass } from "./postgres-class";
import { PostgresMetrics } from "./postgres-metrics";
import { type PostgresUrlForm, postgresUrl, urlVersion } from "./postgres-url";

export interface PostgresDatabaseProps extends DatabaseCredentialsProps {
  readonly network: Network;
  readonly why: string;
  /** Name in RDS, and start of the host's name. Another one replaces the instance. @default - from the path */
  readonly identifier?: string;
  /** Database that is there from the start. Another one replaces the instance. */
  readonly databaseName: string;
  /** Major version; RDS keeps the minor one up to date. A higher one upgrades in place, with an outage and no way back. @default "17" */
  readonly engineVersion?: "15" | "16" | "17" | "18";
  /** Class of a family t, m or r, for example `db.t4g.medium`. Another one means a restart. */
  readonly instanceClass: string;
  /** Storage at first, in GiB, 20 to 65536. It grows, and never shrinks. */
  readonly storageGib: number;
  /** What RDS may grow the storage to by itself, in GiB: a tenth more than `storageGib` at least. */
  readonly maxStorageGib: number;
  /** A standby in another zone, which takes over by itself. @default true */
  readonly multiAz?: true | { readonly singleZoneBecause: string };
  /** Who reaches it from outside the network. Changing it replaces the subnet group and, with it, the instance. */
  readonly access: DatabaseAccess;
  /** Days of point-in-time recovery, 1 to 35. @default 14 */
  readonly backupDays?: number;
  /** Deletion protection, a final snapshot, backups that stay, and Terraform's own refusal to destroy. */
  readonly protection: Protection;
  readonly alarms: Alarms;
}

export interface UrlSecretProps<Key extends string> extends PostgresUrlForm {
  /** Name in Secrets Manager. */
  readonly secretName: string;
  /** The one key of the secret. */
  readonly key: Key;
}

const POSTGRES_PORT = 5432;
const LOGS = ["postgresql", "upgrade"];
/** Valid until 2061. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";
/** Days of Performance Insights that cost nothing. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.cost.html */
const INSIGHTS_DAYS = 7;

/**
 * An encrypted RDS PostgreSQL instance that takes TLS connections only, from whom `connections.allowFrom` names.
 *
 * The master password is made by AWS and written without being kept: it is in Secrets Manager, and in no state file.
 */
export class PostgresDatabase extends Construct implements Connectable<"postgres"> {
  readonly connections: Connections<"postgres">;
  /** Credentials and host, one by one. {@link urlSecret} has them as one text. */
  readonly secret: Secret<"DB_HOST" | "DB_PORT" | "DB_NAME" | "DB_USER" | "DB_PASSWORD">;
  /** Host name. */
  readonly endpoint: string;
  /** What the instance reports of itself, for dashboards. */
  readonly metrics: PostgresMetrics;
  private readonly name: string;
  private readonly databaseName: string;
  private readonly urls: { readonly secret: string; readonly key: string }[] = [];
  private readonly engineVersion: string;
  private readonly singleZoneBecause: string | undefined;
  private readonly protection: Protection;
  private readonly password: GeneratedPassword;
  private readonly instance: DbInstance;

  /** @throws {PropsError} for names, a class, storage or `backupDays` that RDS does not take, and for a class that is not known. */
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const { network, identifier, databaseName, engineVersion = "17", instanceClass, storageGib, multiAz = true, access } = props;
    const { protection, alarms } = props;
    checkPostgres(this, props);
    const capacity = postgresClass(this, instanceClass);
    this.name = identifier ?? physicalName(this, NAME_LIMIT.databaseIdentifier);
    this.databaseName = databaseName;
    this.engineVersion = engineVersion;
    this.singleZoneBecause = multiAz === true ? undefined : multiAz.singleZoneBecause;
    this.protection = protection;
    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: { postgres: POSTGRES_PORT } });
    allowPublicAccess(this, this.name, access);
    this.password = masterPassword(this, this.name, props);
    this.instance = this.makeInstance(props, capacity);
    this.endpoint = this.instance.address;
    const fields = {
      DB_HOST: this.endpoint,
      DB_PORT: String(POSTGRES_PORT),
      DB_NAME: databaseName,
      DB_USER: MASTER_USER,
      DB_PASSWORD: this.password.value,
    };
    this.secret = masterSecret(this, this.name, props, fields, { resource: this.instance, attribute: "address" });
    this.metrics = new PostgresMetrics(this.name);
    new PostgresAlarms(this, "Alarms", { identifier: this.name, metrics: this.metrics, capacity, storageGib, alarms });
    this.state(props);
  }

  /**
   * A secret whose one key holds the connection URL, password and all. It is written again when the password, the host
   * or the form of the URL changes.
   *
   * @throws {PropsError} for a scheme by which no driver knows PostgreSQL.
   */
  urlSecret<Key extends string>(id: string, { secretName, key, ...form }: UrlSecretProps<Key>): Secret<Key> {
    const { name, databaseName, protection, password, endpoint, instance } = this;
    checkUrlScheme(this, form.scheme);
    const secret = new Secret<Key>(this, id, {
      name: secretName,
      why: `connection URL of ${name}`,
      keys: [key],
      setBy: "terraform",
      protection,
    });
    this.urls.push({ secret: secretName, key });
    const url = postgresUrl({ ...form, user: MASTER_USER, password: password.value, host: endpoint, port: POSTGRES_PORT, databaseName });
    secret.write(`${id}Value`, {
      json: { [key]: url } as Record<Key, string>,
      version: urlVersion(form, password.version),
      rewriteWith: { resource: instance, attribute: "address" },
    });
    return secret;
  }

  private makeInstance(props: PostgresDatabaseProps, { maxConnections }: PostgresClass): DbInstance {
    const { network, databaseName, instanceClass, storageGib, maxStorageGib, access, backupDays = 14, protection } = props;
    const { name, password, engineVersion, singleZoneBecause } = this;
    const subnets = databaseSubnets(this, name, network, access);
    const parameters = this.parameters(maxConnections);
    const logs = databaseLogs(this, `/aws/rds/instance/${name}`, LOGS);
    const { tags, lifecycle, ...safety } = databaseSafety(this, name, protection, backupDays);
    return new DbInstance(this, "Default", {
      ...safety,
      identifier: name,
      engine: "postgres",
      engineVersion,
      // RDS refuses a higher major version without it. The version changes in a reviewed configuration alone.
      allowMajorVersionUpgrade: true,
      autoMinorVersionUpgrade: true,
      instanceClass,
      storageType: "gp3",
      allocatedStorage: storageGib,
      maxAllocatedStorage: maxStorageGib,
      multiAz: singleZoneBecause === undefined,
      dbName: databaseName,
      username: MASTER_USER,
      passwordWo: password.value,
      passwordWoVersion: password.version,
      port: POSTGRES_PORT,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      publiclyAccessible: access !== "private",
      caCertIdentifier: CERTIFICATE_AUTHORITY,
      parameterGroupName: parameters.name,
      // Every class has it with this engine. Only MySQL's and MariaDB's small ones go without.
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
      databaseInsightsMode: "standard",
      enabledCloudwatchLogsExports: LOGS,
      // Backups of a protected instance outlive it, for as many days as they were to be kept.
      deleteAutomatedBackups: protection !== "protected",
      dependsOn: logs.map(({ made }) => made),
      tags: { ...tags, ...(singleZoneBecause === undefined ? {} : { SingleZoneBecause: tagValue(singleZoneBecause) }) },
      // RDS moves no instance between subnet groups of one network: without this, the plan would promise it and the apply fail.
      lifecycle: { ...lifecycle, replaceTriggeredBy: [`${subnets.terraformResourceType}.${subnets.friendlyUniqueId}.name`] },
    });
  }

  private parameters(maxConnections: number): DbParameterGroup {
    return new DbParameterGroup(this, "Parameters", {
      namePrefix: `${this.name}-`,
      family: `postgres${this.engineVersion}`,
      description: `parameters of ${this.name}`,
      parameter: [
        { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
        // Milliseconds from which on a statement is logged.
        { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
        { name: "max_connections", value: String(maxConnections), applyMethod: "pending-reboot" },
      ],
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private state({ why, instanceClass, storageGib, maxStorageGib, access, secretName }: PostgresDatabaseProps): void {
    const { name, engineVersion, singleZoneBecause } = this;
    const { inventory } = SystemStack.of(this);
    const id = pathInStack(this);
    if (singleZoneBecause !== undefined) {
      const what = `database ${name} stands in one zone`;
      inventory.add({ kind: "exception", id: `${id} single zone`, what, because: singleZoneBecause });
    }
    inventory.add({
      kind: "database",
      id,
      name,
      why,
      size: `${instanceClass}, ${storageGib} to ${maxStorageGib} GiB, ${singleZoneBecause === undefined ? "two zones" : "one zone"}`,
      stateful: true,
      fails:
        singleZoneBecause === undefined
          ? "the standby in another zone takes over within two minutes; point-in-time recovery restores the rest"
          : "RDS starts it again in its zone; when the zone or the data are gone, point-in-time recovery restores them",
      engine: `postgres ${engineVersion}`,
      port: POSTGRES_PORT,
      public: access !== "private",
      secret: secretName,
      databaseName: this.databaseName,
      urls: this.urls,
    });
  }
}
