import { EcsService, type EcsServiceLoadBalancer } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { dependable, type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { ReleasedImage } from "../delivery/released-image";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import { LogGroup } from "../observability/log-group";
import type { Metric } from "../observability/metric";
import { type Grantee, Role } from "../security/role";
import { allPorts, type Container, checkContainers, containerDefinition, secretValues, uniqueAccesses } from "./container";
import { CpuScaling } from "./cpu-scaling";
import type { EcsCluster } from "./ecs-cluster";

/** How many tasks run. They follow the CPU when `cpuPercent` is given; without it `min` and `max` are the same. */
export interface TaskCount {
  readonly min: number;
  readonly max: number;
  /** Average CPU that scaling aims at, 10 to 90. */
  readonly cpuPercent?: number;
}

export interface FargateServiceProps<Port extends string> {
  readonly cluster: EcsCluster;
  readonly network: Network;
  /** Name in ECS, and of the task family. Another name replaces the service. */
  readonly name: string;
  readonly why: string;
  /** Units of 1/1024 vCPU; only some pairs with `memoryMib` exist. */
  readonly cpu: number;
  /** MiB. */
  readonly memoryMib: number;
  readonly tasks: TaskCount;
  /** The first is the one that ECS Exec opens by default. */
  readonly containers: readonly Container<Port>[];
  /** Log group of all containers, one stream prefix each. */
  readonly logs: { readonly name: string; readonly retentionDays: number };
  /** Role that ECS itself uses to pull images, read secrets and write logs. @default - a role of its own, with just these */
  readonly executionRole?: Role;
  /**
   * Tasks kept and tasks allowed while a new revision rolls out, in percent of the wanted number.
   * @default 100 and 200 - the old tasks stay until the new ones are healthy
   */
  readonly rollout?: { readonly minPercent: number; readonly maxPercent: number };
  readonly alarms: Alarms;
}

/** Where a load balancer sends a service's traffic. */
interface Target {
  readonly targetGroupArn: string;
  readonly container: string;
  readonly port: number;
}

/**
 * A Fargate service in private subnets that nothing can reach until `connections.allowFrom` says so.
 *
 * A release that does not become healthy, or rings a watched alarm, is rolled back. ECS Exec is on. The task definition
 * follows the newest revision of its family, so that a release made outside Terraform is not taken back.
 */
export class FargateService<Port extends string = string> extends Construct implements Connectable<Port>, Grantee {
  readonly connections: Connections<Port>;
  /** What the containers themselves may do. */
  readonly role: Role;
  readonly executionRole: Role;
  readonly name: string;
  private readonly props: FargateServiceProps<Port>;
  private readonly service: EcsService;
  private readonly targets: Target[] = [];
  private readonly watchedAlarms: string[] = [];
  /** What must be there before the first task starts. */
  private readonly awaited = new Set<ITerraformDependable>();

  /** @throws {PropsError} when the containers cannot work; see {@link checkContainers}. */
  constructor(scope: Construct, id: string, props: FargateServiceProps<Port>) {
    super(scope, id);
    const { cluster, network, name, tasks, containers, rollout = { minPercent: 100, maxPercent: 200 } } = props;
    checkContainers(this, containers);
    this.props = props;
    this.name = name;

    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: allPorts(containers) });
    this.connections.allowToInternet(443, "pulls images, reads secrets, writes logs, calls other companies");
    this.role = new Role(this, "TaskRole", { service: "ecs-tasks.amazonaws.com" });
    this.role.allow(EXEC_CHANNELS);
    this.executionRole = props.executionRole ?? new Role(this, "ExecutionRole", { service: "ecs-tasks.amazonaws.com" });

    this.service = new EcsService(this, "Default", {
      name,
      cluster: cluster.arn,
      launchType: "FARGATE",
      platformVersion: "LATEST",
      taskDefinition: this.taskDefinition().arn,
      desiredCount: tasks.min,
      deploymentMinimumHealthyPercent: rollout.minPercent,
      deploymentMaximumPercent: rollout.maxPercent,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: true,
      propagateTags: "SERVICE",
      networkConfiguration: {
        subnets: network.privateSubnets.map((subnet) => subnet.id),
        securityGroups: [this.connections.securityGroupId],
        assignPublicIp: false,
      },
      // Scaling owns the number of tasks once there is any.
      lifecycle: tasks.cpuPercent === undefined ? undefined : { ignoreChanges: ["desired_count"] },
    });
    if (tasks.cpuPercent !== undefined) {
      new CpuScaling(this, "Scaling", { cluster: cluster.name, service: this.service.name, ...tasks, cpuPercent: tasks.cpuPercent });
    }
    // A task without a way out, its permissions or its secrets cannot start, and three of those are a failed deployment.
    this.startAfter(...network.privateRoutes, ...this.role.policies, ...this.executionRole.policies, ...secretValues(containers));
    cluster.services.push(this);
    this.monitor();
    this.stateFacts();
  }

  /** CPU that the tasks use, in percent of what they have. */
  get cpu(): Metric {
    return this.metric("CPUUtilization");
  }

  /** Memory that the tasks use, in percent of what they have. */
  get memory(): Metric {
    return this.metric("MemoryUtilization");
  }

  /**
   * Registers the service's tasks with a target group. Called by the load balancers.
   *
   * @throws {PropsError} when no container listens on `port`.
   */
  registerTarget(port: Port, targetGroupArn: string, listener: ITerraformDependable): void {
    this.targets.push({ targetGroupArn, ...this.listener(port) });
    const blocks: EcsServiceLoadBalancer[] = this.targets.map((target) => ({
      targetGroupArn: target.targetGroupArn,
      containerName: target.container,
      containerPort: target.port,
    }));
    this.service.putLoadBalancer(blocks);
    this.service.healthCheckGracePeriodSeconds = HEALTH_GRACE_SECONDS;
    // ECS refuses a target group that no listener forwards to yet.
    this.startAfter(listener);
  }

  /** Gives the service a name in the network, which follows its tasks. Called by `PrivateNames.give`. */
  registerName(registryArn: string): void {
    this.service.putServiceRegistries({ registryArn });
  }

  /**
   * Number of a named port.
   *
   * @throws {PropsError} when no container listens on it.
   */
  portNumber(port: Port): number {
    return this.listener(port).port;
  }

  /** Rolls a release back when this alarm rings while the release is going out. */
  rollBackOn(alarm: Alarm): void {
    this.watchedAlarms.push(alarm.name);
    this.service.putAlarms({ alarmNames: this.watchedAlarms, enable: true, rollback: true });
  }

  private startAfter(...others: readonly ITerraformDependable[]): void {
    for (const other of others) this.awaited.add(other);
    this.service.dependsOn = [...this.awaited].map((other) => dependable(other));
  }

  private taskDefinition(): EcsTaskDefinition {
    const { name, cpu, memoryMib, containers, logs: logProps } = this.props;
    const logs = new LogGroup(this, "LogGroup", logProps);
    const target = { group: logs.nameOnceMade, region: SystemStack.of(this).region };
    logs.grantWrite({ role: this.executionRole });
    for (const { image, secrets = {} } of containers) {
      if (image instanceof ReleasedImage) image.repository.grantPull({ role: this.executionRole });
      // A shared execution role has been given the secrets of all its services at once.
      if (this.props.executionRole === undefined)
        for (const { secret } of Object.values(secrets)) secret.grantRead({ role: this.executionRole });
    }
    const accesses = uniqueAccesses(containers);
    for (const access of accesses) access.fileSystem.grantMount(this, access);
    const fileSystems = [...new Set(accesses.map(({ fileSystem }) => fileSystem))];
    for (const fileSystem of fileSystems) fileSystem.connections.allowFrom(this, "mounts its files");
    return new EcsTaskDefinition(this, "TaskDefinition", {
      family: name,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(cpu),
      memory: String(memoryMib),
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      executionRoleArn: this.executionRole.arn,
      taskRoleArn: this.role.arn,
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

  private listener(port: Port): { container: string; port: number } {
    const container = this.props.containers.find(({ ports }) => ports?.[port] !== undefined);
    const number = container?.ports?.[port];
    if (container === undefined || number === undefined)
      throw new PropsError(this, "port", "must be a port that a container listens on", port);
    return { container: container.name, port: number };
  }

  private metric(name: string): Metric {
    const dimensions = { ClusterName: this.props.cluster.name, ServiceName: this.name };
    return { namespace: "AWS/ECS", name, dimensions, statistic: "Average" };
  }

  private monitor(): void {
    const topic = alarmTopic(this, this.props.alarms, `service ${this.name}`);
    if (topic === undefined) return;
    const common = { topic, comparison: "GreaterThanOrEqualToThreshold", missingData: "breaching" } as const;
    new Alarm(this, "CpuHigh", {
      ...common,
      metric: this.cpu,
      threshold: 90,
      means: `${this.name} uses nearly all its CPU, and scaling does not help or is at its end; no data means that no task runs.`,
      runbook: "ecs.md#cpu",
    });
    new Alarm(this, "MemoryHigh", {
      ...common,
      metric: this.memory,
      threshold: 90,
      means: `${this.name} is close to its memory limit, where ECS kills the task; no data means that no task runs.`,
      runbook: "ecs.md#memory",
    });
  }

  private stateFacts(): void {
    const { cluster, name, why, cpu, memoryMib, tasks, containers, logs } = this.props;
    const count = tasks.min === tasks.max ? `${tasks.min}` : `${tasks.min} to ${tasks.max}`;
    SystemStack.of(this).inventory.add({
      kind: "service",
      id: pathInStack(this),
      name,
      why,
      size: `${cpu / 1024} vCPU, ${memoryMib} MiB, ${count} ${tasks.max === 1 ? "task" : "tasks"}${tasks.cpuPercent === undefined ? "" : ` at ${tasks.cpuPercent}% CPU`}`,
      stateful: false,
      fails: "ECS starts another task; a release that does not get healthy is rolled back",
      cluster: cluster.name,
      family: name,
      cpu,
      memoryMib,
      tasks,
      containers: containers.map((container) => ({
        name: container.name,
        image: container.image instanceof ReleasedImage ? { parameter: container.image.parameter } : { fixed: container.image },
        logGroup: logs.name,
        secrets: [...new Set(Object.values(container.secrets ?? {}).map(({ secret }) => secret.name))].sort(),
      })),
    });
  }
}

/** A task may take this long to answer its first health check. Arbitrary: several times what a Node server needs. */
const HEALTH_GRACE_SECONDS = 120;

/** What the agent of ECS Exec needs. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
const EXEC_CHANNELS = {
  sid: "OpenExecChannels",
  actions: [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  resources: ["*"],
  wildcardBecause: "Session Manager's channels have no ARN",
};
