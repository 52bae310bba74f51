import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type EfsAccess, FileSystem, type FileSystemProps } from "../../../constructs/data/file-system";
import type { Network } from "../../../constructs/network/network";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addNetwork, addService, UNPROTECTED } from "../parts";
import { containers, facts, once, rules, statements } from "../readings";

function synthFiles(
  props: Partial<FileSystemProps> = {},
  use: (files: FileSystem, network: Network, stack: TestStack) => void = () => undefined,
): Synthesized {
  return synthesizeTestStack((stack) => {
    const network = addNetwork(stack);
    use(new FileSystem(stack, "Files", { network, why: "keeps certificates", protection: "protected", ...props }), network, stack);
  });
}

/** A service that mounts what `points` makes, by path. */
function synthMounted(points: (files: FileSystem) => Record<string, EfsAccess>): Synthesized {
  return synthFiles({}, (files, network, stack) => {
    addService(stack, "Web", network, { containers: [{ name: "web", image: "registry.example.com/web:1", mounts: points(files) }] });
  });
}

const plain = once(() => synthFiles());

describe("FileSystem", () => {
  test("is encrypted, backed up and protected when only the required props are given", () => {
    const synthesized = plain();
    expect(synthesized.only(EfsFileSystem)).toEqual({
      creation_token: "shop-test-files",
      encrypted: true,
      throughput_mode: "elastic",
      lifecycle_policy: [{ transition_to_ia: "AFTER_30_DAYS" }],
      tags: { Name: "shop-test-files" },
      lifecycle: { prevent_destroy: true },
    });
    expect(synthesized.only(EfsBackupPolicy)).toEqual({
      file_system_id: "${aws_efs_file_system.files.id}",
      backup_policy: { status: "ENABLED" },
    });
  });

  test("says why protection is off", () => {
    expect(synthFiles({ protection: UNPROTECTED }).only(EfsFileSystem)).toMatchObject({
      tags: { Name: "shop-test-files", UnprotectedBecause: "a tests data is thrown away" },
      lifecycle: { prevent_destroy: false },
    });
  });

  test("is mounted over TLS and through an access point, or not at all", () => {
    const common = {
      Effect: "Deny",
      Principal: "*",
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess", "elasticfilesystem:ClientWrite"],
      Resource: "${aws_efs_file_system.files.arn}",
    };
    expect(statements(plain().only(EfsFileSystemPolicy)["policy"])).toEqual([
      { ...common, Sid: "OnlyThroughAccessPoints", Condition: { Null: { "elasticfilesystem:AccessPointArn": "true" } } },
      { ...common, Sid: "OnlyOverTls", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  test("can be mounted from every zone, by those it lets in", () => {
    const synthesized = plain();
    expect(synthesized.byName(EfsMountTarget)).toEqual(
      Object.fromEntries(
        ["a", "b"].map((letter) => [
          `files_mount_target_${letter}`,
          {
            file_system_id: "${aws_efs_file_system.files.id}",
            subnet_id: `\${aws_subnet.network_private_${letter}.id}`,
            security_groups: ["${aws_security_group.files.id}"],
          },
        ]),
      ),
    );
    expect(rules(synthesized)).toEqual([]);
  });

  test("shows a folder as an access point's root, owned by one user", () => {
    const synthesized = synthFiles({}, (files) => {
      files.accessPoint("CaddyData", { path: "/data" });
      files.accessPoint("Top", { path: "/top", ownerId: 0 });
    });
    expect(synthesized.byName(EfsAccessPoint)).toEqual({
      files_caddy_data: {
        file_system_id: "${aws_efs_file_system.files.id}",
        posix_user: { uid: 1000, gid: 1000 },
        root_directory: { path: "/data", creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: "0750" } },
        tags: { Name: "shop-test-caddy-data" },
      },
      files_top: {
        file_system_id: "${aws_efs_file_system.files.id}",
        posix_user: { uid: 0, gid: 0 },
        root_directory: { path: "/top", creation_info: { owner_uid: 0, owner_gid: 0, permissions: "0750" } },
        tags: { Name: "shop-test-top" },
      },
    });
    expect(facts(synthesized, "fileSystem")).toMatchObject([{ accessPoints: ["/data", "/top"] }]);
  });

  test("keeps the address that its data is stored under, and states itself", () => {
    const synthesized = plain();
    expect(synthesized.addresses(EfsFileSystem)).toEqual(["aws_efs_file_system.files"]);
    expect(facts(synthesized, "fileSystem")).toEqual([
      {
        kind: "fileSystem",
        id: "Files",
        name: "shop-test-files",
        why: "keeps certificates",
        size: "elastic, 2 zones",
        stateful: true,
        fails: "a zone that fails takes its own mount target only; daily backups restore the rest",
        accessPoints: [],
      },
    ]);
  });
});

describe("a service that mounts a FileSystem", () => {
  const volume = (name: string, accessPoint: string) => ({
    name,
    efs_volume_configuration: {
      file_system_id: "${aws_efs_file_system.files.id}",
      transit_encryption: "ENABLED",
      authorization_config: { access_point_id: `\${aws_efs_access_point.${accessPoint}.id}`, iam: "ENABLED" },
    },
  });

  test("does so with IAM and TLS, and waits for the mount targets", () => {
    const synthesized = synthMounted((files) => ({ "/data": files.accessPoint("Data", { path: "/data" }) }));
    const definition = synthesized.only(EcsTaskDefinition);
    expect(definition["volume"]).toEqual([volume("files_data", "files_data")]);
    expect(containers(definition)[0]?.["mountPoints"]).toEqual([{ containerPath: "/data", sourceVolume: "files_data", readOnly: false }]);
    expect(definition["depends_on"]).toEqual(
      expect.arrayContaining(["aws_efs_mount_target.files_mount_target_a", "aws_efs_mount_target.files_mount_target_b"]),
    );
    expect(rules(synthesized)).toEqual([
      "in files <- web tcp/2049: mounts its files",
      "out web -> 0.0.0.0/0 tcp/443: pulls images, reads secrets, writes logs, calls other companies",
      "out web -> files tcp/2049: mounts its files",
    ]);
  });

  test("may mount and write through its own access point, and no other", () => {
    const synthesized = synthMounted((files) => ({ "/data": files.accessPoint("Data", { path: "/data" }) }));
    expect(statements(synthesized.byName(IamRolePolicy)["web_task_role_policy"]?.["policy"])).toEqual([
      expect.objectContaining({ Sid: "OpenExecChannels" }),
      {
        Sid: expect.stringMatching(/^[A-Za-z0-9]+$/),
        Effect: "Allow",
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: "${aws_efs_file_system.files.arn}",
        Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": "${aws_efs_access_point.files_data.arn}" } },
      },
    ]);
  });

  test("may mount one access point in two containers", () => {
    const synthesized = synthFiles({}, (files, network, stack) => {
      const data = files.accessPoint("Data", { path: "/data" });
      const image = "registry.example.com/web:1";
      const mounts = { "/data": data };
      addService(stack, "Web", network, {
        containers: [
          { name: "web", image, mounts },
          { name: "helper", image, mounts },
        ],
      });
    });
    expect(synthesized.only(EcsTaskDefinition)["volume"]).toEqual([volume("files_data", "files_data")]);
  });

  test("may mount two access points of one file system", () => {
    const synthesized = synthMounted((files) => ({
      "/data": files.accessPoint("Data", { path: "/data" }),
      "/cache": files.accessPoint("Cache", { path: "/cache" }),
    }));
    expect(synthesized.only(EcsTaskDefinition)["volume"]).toEqual([
      volume("files_data", "files_data"),
      volume("files_cache", "files_cache"),
    ]);
    expect(rules(synthesized).filter((rule) => rule.startsWith("in "))).toEqual(["in files <- web tcp/2049: mounts its files"]);
  });
});
