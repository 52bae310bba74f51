import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { fitName, NAME_LIMIT, physicalName } from "../base/physical-name";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import type { Alarms } from "../observability/alarm-topic";
import type { Secret } from "../security/secret";
import { AuroraAlarms } from "./aurora-alarms";
import { allowPublicAccess, type DatabaseAccess, databaseSubnets } from "./database-access";
import { type DatabaseCredentialsProps, MASTER_USER, masterPassword, masterSecret } from "./database-credentials";
import { databaseLogs, databaseSafety } from "./database-safety";

export interface AuroraMysqlProps extends DatabaseCredentialsProps {
  readonly network: Network;
  readonly why: string;
  /** Aurora capacity units, 0 to 256 in halves. At 0 the cluster pauses after five idle minutes, and its first query waits. */
  readonly minAcu: number;
  /** Aurora capacity units, 1 to 256. */
  readonly maxAcu: number;
  /** Who reaches it from outside the network. Changing it replaces the subnet group and, with it, the cluster. */
  readonly access: DatabaseAccess;
  /** Days of point-in-time recovery, 1 to 35. @default 14 */
  readonly backupDays?: number;
  /** Deletion protection, a final snapshot, and Terraform's own refusal to destroy. */
  readonly protection: Protection;
  readonly alarms: Alarms;
}

const MYSQL_PORT = 3306;
const LOGS = ["error", "slowquery"];
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
    const { network, why, minAcu, maxAcu, access, secretName, backupDays = 14, protection, alarms } = props;
    const isPublic = access !== "private";
    const name = physicalName(this, NAME_LIMIT.databaseIdentifier);
    const safety = databaseSafety(this, name, protection, backupDays);

    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: { mysql: MYSQL_PORT } });
    allowPublicAccess(this, name, access);
    const password = masterPassword(this, name, props);
    const subnets = databaseSubnets(this, name, network, access);
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
    const logs = databaseLogs(this, `/aws/rds/cluster/${name}`, LOGS);
    const cluster = new RdsCluster(this, "Default", {
      ...safety,
      clusterIdentifier: name,
      engine: "aurora-mysql",
      engineVersion: ENGINE_VERSION,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      dbClusterParameterGroupName: parameters.name,
      masterUsername: MASTER_USER,
      masterPasswordWo: password.value,
      masterPasswordWoVersion: password.version,
      enabledCloudwatchLogsExports: LOGS,
      dependsOn: logs.map(({ made }) => made),
      serverlessv2ScalingConfiguration: {
        minCapacity: minAcu,
        maxCapacity: maxAcu,
        secondsUntilAutoPause: minAcu === 0 ? PAUSE_AFTER_SECONDS : undefined,
      },
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

    this.secret = masterSecret(
      this,
      name,
      props,
      { DB_HOST: cluster.endpoint, DB_USER: MASTER_USER, DB_PASSWORD: password.value },
      { resource: cluster, attribute: "endpoint" },
    );

    new AuroraAlarms(this, "Alarms", { cluster: name, maxAcu, alarms });
    SystemStack.of(this).inventory.add({
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
