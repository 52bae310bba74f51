import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { snakeCase } from "../base/address";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import { policyDocument } from "../security/policy-document";
import type { Grantee } from "../security/role";

export interface FileSystemProps {
  readonly network: Network;
  readonly why: string;
  readonly protection: Protection;
}

export interface AccessPointProps {
  /** Folder of the file system that the access point shows as its root. Another one replaces the access point. */
  readonly path: `/${string}`;
  /** User and group that own every file made through it. @default 1000 */
  readonly ownerId?: number;
}

/** One access point, as a container mounts it. */
export interface EfsAccess {
  /** Name of the volume in a task definition. */
  readonly volume: string;
  readonly fileSystem: FileSystem;
  readonly accessPointId: string;
  readonly accessPointArn: string;
}

const NFS_PORT = 2049;

/**
 * An encrypted EFS file system with a mount target in every zone and daily backups. It is reached over TLS, through an
 * access point, by an IAM role that was granted it, and in no other way.
 */
export class FileSystem extends Construct implements Connectable<"nfs"> {
  readonly connections: Connections<"nfs">;
  readonly id: string;
  /** A task that mounts the file system must wait for these. */
  readonly mountTargets: readonly ITerraformDependable[];
  private readonly arn: string;
  private readonly accessPoints: string[] = [];

  constructor(scope: Construct, id: string, { network, why, protection }: FileSystemProps) {
    super(scope, id);
    const name = physicalName(this, NAME_LIMIT.efsCreationToken);
    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: { nfs: NFS_PORT } });
    const fileSystem = new EfsFileSystem(this, "Default", {
      creationToken: name,
      encrypted: true,
      throughputMode: "elastic",
      lifecyclePolicy: [{ transitionToIa: "AFTER_30_DAYS" }],
      tags: { Name: name, ...protectionTags(protection) },
      lifecycle: { preventDestroy: protection === "protected" },
    });
    this.id = fileSystem.id;
    this.arn = fileSystem.arn;
    new EfsBackupPolicy(this, "Backup", { fileSystemId: fileSystem.id, backupPolicy: { status: "ENABLED" } });
    new EfsFileSystemPolicy(this, "Policy", { fileSystemId: fileSystem.id, policy: sharedPolicy(fileSystem.arn) });
    this.mountTargets = network.privateSubnets.map(
      (subnet) =>
        new EfsMountTarget(this, `MountTarget${subnet.letter.toUpperCase()}`, {
          fileSystemId: fileSystem.id,
          subnetId: subnet.id,
          securityGroups: [this.connections.securityGroupId],
        }),
    );
    SystemStack.of(this).inventory.add({
      kind: "fileSystem",
      id: pathInStack(this),
      name,
      why,
      size: `elastic, ${network.privateSubnets.length} zones`,
      stateful: true,
      fails: "a zone that fails takes its own mount target only; daily backups restore the rest",
      accessPoints: this.accessPoints,
    });
  }

  /** A folder that a container can mount; grant it with {@link grantMount}. */
  accessPoint(id: string, { path, ownerId = 1000 }: AccessPointProps): EfsAccess {
    this.accessPoints.push(path);
    const owner = { uid: ownerId, gid: ownerId };
    const point = new EfsAccessPoint(this, id, {
      fileSystemId: this.id,
      posixUser: owner,
      rootDirectory: { path, creationInfo: { ownerUid: ownerId, ownerGid: ownerId, permissions: "0750" } },
      tags: { Name: `${SystemStack.of(this).namePrefix}-${snakeCase(id).replace(/_/g, "-")}` },
    });
    return { volume: snakeCase(`${this.node.id}${id}`), fileSystem: this, accessPointId: point.id, accessPointArn: point.arn };
  }

  /** Lets `grantee` mount `access` and write to it. The network is opened apart, by `connections.allowFrom`. */
  grantMount(grantee: Grantee, access: EfsAccess): void {
    grantee.role.allow({
      sid: `Mount${access.volume.replace(/_/g, "")}`,
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      resources: [this.arn],
      condition: { StringEquals: { "elasticfilesystem:AccessPointArn": access.accessPointArn } },
    });
  }
}

/** Without this policy EFS lets anybody in the network mount it, without IAM. */
function sharedPolicy(arn: string): string {
  return policyDocument([
    {
      sid: "OnlyThroughAccessPoints",
      effect: "Deny",
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess", "elasticfilesystem:ClientWrite"],
      resources: [arn],
      principal: "*",
      condition: { Null: { "elasticfilesystem:AccessPointArn": "true" } },
    },
    {
      sid: "OnlyOverTls",
      effect: "Deny",
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess", "elasticfilesystem:ClientWrite"],
      resources: [arn],
      principal: "*",
      condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
