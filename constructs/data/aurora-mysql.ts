import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { fitName, NAME_LIMIT, physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import type { Alarms } from "../observability/alarm-topic";
import { LogGroup } from "../observability/log-group";
import { GeneratedPassword } from "../security/generated-password";
import { Secret } from "../security/secret";
import { AuroraAlarms } from "./aurora-alarms";

export interface AuroraMysqlProps {
  readonly network: Network;
  readonly why: string;
  /** Aurora capacity units, 0 to 256 in halves. At 0 the cluster pauses after five idle minutes, and its first query waits. */
  readonly minAcu: number;
  /** Aurora capacity units, 1 to 256. */
  readonly maxAcu: number;
  /** Who reaches it from outside the network. Changing it replaces the subnet group and, with it, the cluster. */
  readonly access: "private" | { readonly publicTo: readonly string[]; readonly because: string };
  /** Secret that gets DB_HOST, DB_USER and DB_PASSWORD. The password's own secret is named after it. */
  readonly secretName: string;
  /** Raise it by one and the next apply sets another password. */
  readonly passwordVersion: number;
  /** Days of point-in-time recovery, 1 to 35. @default 14 */
  readonly backupDays?: number;
  /** Deletion protection, a final snapshot, and Terraform's own refusal to destroy. */
  readonly protection: Protection;
  readonly alarms: Alarms;
}

const MYSQL_PORT = 3306;
const LOG_DAYS = 30;
const MASTER_USER = "master";
/**
 * Aurora MySQL 3.08 and up can pause at 0 ACU; 3.10 is the long-term line. Raised on purpose, in config review, not by AWS.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
const ENGINE_VERSION = "8.0.mysql_aurora.3.10.0";
/** The shortest that Aurora offers. */
const PAUSE_AFTER_SECONDS = 300;

/**
 * An encrypted Aurora MySQL 8.0 cluster on Serverless v2 that takes TLS connections only, from whom
 * `connections.allowFrom` names.
 *
 * The master password is made by AWS and written without being kept: it is in Secrets Manager, and in no state file.
 */
export class AuroraMysql extends Construct implements Connectable<"mysql"> {
  readonly connections: Connections<"mysql">;
  /** Credentials and host for applications. */
  readonly secret: Secret<"DB_HOST" | "DB_USER" | "DB_PASSWORD">;
  /** Host name of the writer. */
  readonly endpoint: string;

  /** @throws {PropsError} when `backupDays` is out of Aurora's range. */
  constructor(scope: Construct, id: string, props: AuroraMysqlProps) {
    super(scope, id);
    const { network, why, minAcu, maxAcu, access, secretName, passwordVersion, backupDays = 14, protection, alarms } = props;
    if (backupDays < 1 || backupDays > 35) throw new PropsError(this, "backupDays", "must be 1 to 35", backupDays);
    const stack = SystemStack.of(this);
    const isProtected = protection === "protected";
    const isPublic = access !== "private";
    const name = physicalName(this, NAME_LIMIT.databaseIdentifier);

    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: { mysql: MYSQL_PORT } });
    if (isPublic) {
      this.connections.allowFromAddresses("AllowedAddresses", access.publicTo, access.because);
      stack.inventory.add({
        kind: "exception",
        id: `${pathInStack(this)} public`,
        what: `database ${name} has a public address`,
        because: access.because,
      });
    }
    const password = new GeneratedPassword(this, "Password", {
      name: `${secretName}-password`,
      why: `master password of ${name}, as AWS made it`,
      version: passwordVersion,
      protection,
    });
    const subnets = new DbSubnetGroup(this, "Subnets", {
      // Two groups, not one that changes: a cluster cannot leave the group that it was made in.
      name: `${name}-${isPublic ? "public" : "private"}`,
      description: `${isPublic ? "public" : "private"} subnets for ${name}`,
      subnetIds: (isPublic ? network.publicSubnets : network.privateSubnets).map((subnet) => subnet.id),
    });
    const parameters = new RdsClusterParameterGroup(this, "Parameters", {
      namePrefix: `${name}-`,
      family: "aurora-mysql8.0",
      description: `parameters of ${name}`,
      parameter: [
        { name: "require_secure_transport", value: "ON", applyMethod: "immediate" },
        { name: "slow_query_log", value: "1", applyMethod: "immediate" },
        { name: "long_query_time", value: "1", applyMethod: "immediate" },
      ],
      lifecycle: { createBeforeDestroy: true },
    });
    // Made before the cluster: RDS would make them itself, and keep them for ever.
    const logs = ["error", "slowquery"].map((log) => ({
      export: log,
      group: new LogGroup(this, `${log}-log`, { name: `/aws/rds/cluster/${name}/${log}`, retentionDays: LOG_DAYS }),
    }));
    const cluster = new RdsCluster(this, "Default", {
      clusterIdentifier: name,
      engine: "aurora-mysql",
      engineVersion: ENGINE_VERSION,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      dbClusterParameterGroupName: parameters.name,
      masterUsername: MASTER_USER,
      masterPasswordWo: password.value,
      masterPasswordWoVersion: password.version,
      storageEncrypted: true,
      backupRetentionPeriod: backupDays,
      copyTagsToSnapshot: true,
      deletionProtection: isProtected,
      skipFinalSnapshot: !isProtected,
      finalSnapshotIdentifier: isProtected ? `${name}-final` : undefined,
      // A protected cluster changes in its maintenance window, others at once.
      applyImmediately: !isProtected,
      enabledCloudwatchLogsExports: logs.map(({ export: name }) => name),
      dependsOn: logs.map(({ group }) => group.made),
      serverlessv2ScalingConfiguration: {
        minCapacity: minAcu,
        maxCapacity: maxAcu,
        secondsUntilAutoPause: minAcu === 0 ? PAUSE_AFTER_SECONDS : undefined,
      },
      tags: protectionTags(protection),
      lifecycle: { preventDestroy: isProtected },
    });
    new RdsClusterInstance(this, "Writer", {
      identifier: fitName(`${name}-writer`, NAME_LIMIT.databaseIdentifier),
      clusterIdentifier: cluster.id,
      engine: cluster.engine,
      engineVersion: cluster.engineVersion,
      instanceClass: "db.serverless",
      publiclyAccessible: isPublic,
      autoMinorVersionUpgrade: false,
      performanceInsightsEnabled: true,
      tags: protectionTags(protection),
    });
    this.endpoint = cluster.endpoint;

    this.secret = new Secret(this, "Secret", {
      name: secretName,
      why: `host and master credentials of ${name}`,
      keys: ["DB_HOST", "DB_USER", "DB_PASSWORD"],
      setBy: "terraform",
      protection,
    });
    this.secret.value = new SecretsmanagerSecretVersion(this, "SecretValue", {
      secretId: this.secret.arn,
      secretStringWo: Fn.jsonencode({ DB_HOST: cluster.endpoint, DB_USER: MASTER_USER, DB_PASSWORD: password.value }),
      secretStringWoVersion: password.version,
      // The version number says nothing of the host: another cluster has another one.
      lifecycle: { replaceTriggeredBy: [`${cluster.terraformResourceType}.${cluster.friendlyUniqueId}.endpoint`] },
    });

    new AuroraAlarms(this, "Alarms", { cluster: name, maxAcu, alarms });
    stack.inventory.add({
      kind: "database",
      id: pathInStack(this),
      name,
      why,
      size: `${minAcu} to ${maxAcu} ACU`,
      stateful: true,
      fails: "Aurora starts another writer on the same storage, in about ten minutes; point-in-time recovery restores the rest",
      engine: `aurora-mysql ${ENGINE_VERSION}`,
      port: MYSQL_PORT,
      public: isPublic,
      secret: secretName,
    });
  }
}
