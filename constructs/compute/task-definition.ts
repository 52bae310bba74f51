import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Lazy } from "cdktf";
import type { Construct } from "constructs";
import { SystemStack } from "../base/system-stack";
import { ReleasedImage } from "../delivery/released-image";
import type { Connectable } from "../network/connections";
import type { LogGroup } from "../observability/log-group";
import type { Grantee } from "../security/role";
import { type Container, containerDefinition, uniqueAccesses } from "./container";
import type { TaskExecutionRole } from "./task-execution-role";

export interface TaskProps<Port extends string> {
  /** Name of the family. */
  readonly family: string;
  readonly cpu: number;
  readonly memoryMib: number;
  readonly containers: readonly Container<Port>[];
  readonly logs: LogGroup;
  readonly executionRole: TaskExecutionRole;
}

/**
 * The task definition of a service, called `TaskDefinition` below it, and what its tasks need before they start: log
 * streams, images and secrets for the execution role, file systems for the tasks themselves.
 */
export function taskDefinition<Port extends string>(service: Construct & Connectable & Grantee, props: TaskProps<Port>): EcsTaskDefinition {
  const { family, cpu, memoryMib, containers, logs, executionRole } = props;
  grantStart(props);
  const accesses = uniqueAccesses(containers);
  for (const access of accesses) access.fileSystem.grantMount(service, access);
  const fileSystems = [...new Set(accesses.map(({ fileSystem }) => fileSystem))];
  for (const fileSystem of fileSystems) fileSystem.connections.allowFrom(service, "mounts its files");
  const target = { group: logs.nameOnceMade, region: SystemStack.of(service).region };
  return new EcsTaskDefinition(service, "TaskDefinition", {
    family,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: String(cpu),
    memory: String(memoryMib),
    runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
    executionRoleArn: executionRole.arn,
    taskRoleArn: service.role.arn,
    trackLatest: true,
    // A release that fails goes back to the revision before it, which must not be deregistered by then.
    skipDestroy: true,
    dependsOn: fileSystems.flatMap(({ mountTargets }) => mountTargets),
    volume: accesses.map(({ volume, fileSystem, accessPointId }) => ({
      name: volume,
      efsVolumeConfiguration: {
        fileSystemId: fileSystem.id,
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId, iam: "ENABLED" },
      },
    })),
    containerDefinitions: Lazy.stringValue({
      produce: () => JSON.stringify(containers.map((container) => containerDefinition(container, target))),
    }),
  });
}

function grantStart<Port extends string>({ containers, logs, executionRole }: TaskProps<Port>): void {
  const starter = { role: executionRole };
  logs.grantWrite(starter);
  for (const { image, secrets = {} } of containers) {
    if (image instanceof ReleasedImage) image.repository.grantPull(starter);
    if (!executionRole.readsSecretsByPath) for (const { secret } of Object.values(secrets)) secret.grantRead(starter);
  }
}
