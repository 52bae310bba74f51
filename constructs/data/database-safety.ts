import type { TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { LogGroup } from "../observability/log-group";

const LOG_DAYS = 30;

/** How RDS keeps a database and what it leaves behind. The same arguments for a cluster and for an instance. */
export interface DatabaseSafety {
  readonly storageEncrypted: true;
  readonly backupRetentionPeriod: number;
  readonly copyTagsToSnapshot: true;
  readonly deletionProtection: boolean;
  readonly skipFinalSnapshot: boolean;
  readonly finalSnapshotIdentifier: string | undefined;
  readonly applyImmediately: boolean;
  readonly tags: Record<string, string>;
  readonly lifecycle: TerraformResourceLifecycle;
}

/**
 * Arguments that keep a database encrypted and recoverable, and a protected one from being deleted.
 *
 * @param backupDays days of point-in-time recovery.
 * @throws {PropsError} when `backupDays` is out of RDS's range with backups, 1 to 35.
 */
export function databaseSafety(database: Construct, name: string, protection: Protection, backupDays: number): DatabaseSafety {
  if (backupDays < 1 || backupDays > 35) throw new PropsError(database, "backupDays", "must be 1 to 35", backupDays);
  const isProtected = protection === "protected";
  return {
    storageEncrypted: true,
    backupRetentionPeriod: backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: isProtected,
    skipFinalSnapshot: !isProtected,
    finalSnapshotIdentifier: isProtected ? `${name}-final` : undefined,
    // A protected database changes in its maintenance window, others at once.
    applyImmediately: !isProtected,
    tags: { ...protectionTags(protection) },
    lifecycle: { preventDestroy: isProtected },
  };
}

/**
 * Groups for the logs that a database exports, each as its child `<log>-log`. Made before the database: RDS would make
 * them itself, and keep them for ever.
 *
 * @param folder what RDS puts before the name of the log, for example `/aws/rds/cluster/shop`.
 */
export function databaseLogs(database: Construct, folder: string, logs: readonly string[]): LogGroup[] {
  return logs.map((log) => new LogGroup(database, `${log}-log`, { name: `${folder}/${log}`, retentionDays: LOG_DAYS }));
}
