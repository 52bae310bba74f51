import { EcsService, type EcsServiceLoadBalancer } from "@cdktf/provider-aws/lib/ecs-service";
import { dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { ReleasedImage } from "../delivery/released-image";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import type { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import { LogGroup } from "../observability/log-group";
import type { Metric } from "../observability/metric";
import { type Grantee, Role } from "../security/role";
import { allPorts, type Container, checkContainers, secretValues } from "./container";
import { CpuScaling } from "./cpu-scaling";
import type { EcsCluster } from "./ecs-cluster";
import { serviceAlarms } from "./service-alarms";
import { type ServiceDiscovery, serviceConnect } from "./service-discovery";
import { taskDefinition } from "./task-definition";
import { TaskExecutionRole } from "./task-execution-role";

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
  readonly executionRole?: TaskExecutionRole;
  /**
   * How a new revision comes in. `startFirst`: old tasks stay until the new ones are healthy. `stopFirst`: old tasks are
   * gone before new ones start, so that there are never more than wanted; the service is away for that moment.
   *
   * @default "startFirst"
   */
  readonly rollout?: keyof typeof ROLLOUTS;
  /**
   * What the tasks run on. `spot` costs about 70% less, and AWS takes tasks back with two minutes' notice; a change
   * either way replaces the service.
   *
   * @default "onDemand"
   */
  readonly capacity?: "onDemand" | "spot";
  /** Part in Service Connect; the cluster must have it. @default - none */
  readonly discovery?: ServiceDiscovery<Port>;
  readonly alarms: Alarms;
}

/**
 * Percent of the wanted tasks that a rollout keeps, and that it allows. Tasks that are stopping count as well. Moving
 * tasks between zones starts before it stops, which `stopFirst` forbids.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
const ROLLOUTS = {
  startFirst: { deploymentMinimumHealthyPercent: 100, deploymentMaximumPercent: 200 },
  stopFirst: { deploymentMinimumHealthyPercent: 0, deploymentMaximumPercent: 100, availabilityZoneRebalancing: "DISABLED" },
} as const;

/** What ECS starts tasks on. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
const CAPACITIES = {
  onDemand: { launchType: "FARGATE" },
  spot: { capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }] },
};

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
  readonly executionRole: TaskExecutionRole;
  readonly name: string;
  readonly cluster: EcsCluster;
  private readonly props: FargateServiceProps<Port>;
  private readonly service: EcsService;
  private readonly targets: Target[] = [];
  private readonly watchedAlarms: string[] = [];
  /** What must be there before the first task starts. */
  private readonly awaited = new Set<ITerraformDependable>();

  /** @throws {PropsError} when the containers cannot work; see {@link checkContainers}. */
  constructor(scope: Construct, id: string, props: FargateServiceProps<Port>) {
    super(scope, id);
    const { cluster, network, name, tasks, containers, rollout = "startFirst", capacity = "onDemand", discovery } = props;
    checkContainers(this, containers);
    this.props = props;
    this.name = name;
    this.cluster = cluster;

    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: allPorts(containers) });
    this.connections.allowToInternet(443, "pulls images, reads secrets, writes logs, calls other companies");
    this.role = new Role(this, "TaskRole", { service: "ecs-tasks.amazonaws.com" });
    this.role.allow(EXEC_CHANNELS);
    this.executionRole = props.executionRole ?? new TaskExecutionRole(this, "ExecutionRole");
    const logs = new LogGroup(this, "LogGroup", props.logs);
    const { executionRole } = this;
    const task = taskDefinition(this, { family: name, ...props, logs, executionRole });

    this.service = new EcsService(this, "Default", {
      name,
      cluster: cluster.arn,
      ...CAPACITIES[capacity],
      platformVersion: "LATEST",
      taskDefinition: task.arn,
      desiredCount: tasks.min,
      ...ROLLOUTS[rollout],
      deploymentCircuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: true,
      propagateTags: "SERVICE",
      networkConfiguration: {
        subnets: network.privateSubnets.map((subnet) => subnet.id),
        securityGroups: [this.connections.securityGroupId],
        assignPublicIp: false,
      },
      serviceConnectConfiguration:
        discovery === undefined
          ? undefined
          : serviceConnect(this, discovery, { namespaceArn: cluster.namespaceArn(this), containers, logs }),
      // Scaling owns the number of tasks once there is any.
      lifecycle: tasks.cpuPercent === undefined ? undefined : { ignoreChanges: ["desired_count"] },
    });
    if (tasks.cpuPercent !== undefined) {
      new CpuScaling(this, "Scaling", { cluster: cluster.name, service: this.service.name, ...tasks, cpuPercent: tasks.cpuPercent });
    }
    // A task without a way out, its permissions or its secrets cannot start, and three of those are a failed deployment.
    this.startAfter(...network.privateRoutes, ...this.role.policies, ...this.executionRole.policies, ...secretValues(containers));
    if (discovery === "caller") this.startAfter(...cluster.calledServices);
    cluster.register(this, this.service, typeof discovery === "object");
    const topic = alarmTopic(this, props.alarms, `service ${name}`);
    if (topic !== undefined)
      serviceAlarms(this, topic, { name, cpu: this.cpu, memory: this.memory, running: this.running, minTasks: tasks.min });
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

  /** Tasks that run. None where the cluster has no Container Insights, which count them. */
  get running(): Metric | undefined {
    if (!this.cluster.countsTasks) return undefined;
    return { ...this.metric("RunningTaskCount"), namespace: "ECS/ContainerInsights" };
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

  private stateFacts(): void {
    const { cluster, name, why, cpu, memoryMib, tasks, containers, logs, capacity, discovery } = this.props;
    const count = tasks.min === tasks.max ? `${tasks.min}` : `${tasks.min} to ${tasks.max}`;
    SystemStack.of(this).inventory.add({
      kind: "service",
      id: pathInStack(this),
      name,
      why,
      size: `${cpu / 1024} vCPU, ${memoryMib} MiB, ${count} ${tasks.max === 1 ? "task" : "tasks"}${tasks.cpuPercent === undefined ? "" : ` at ${tasks.cpuPercent}% CPU`}${capacity === "spot" ? ", on Spot" : ""}`,
      stateful: false,
      fails: `${failure(this.props)}; a release that does not get healthy is rolled back`,
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
        variables: Object.keys({ ...container.environment, ...container.secrets }).sort(),
      })),
      ...(typeof discovery === "object"
        ? { discovery: { name: discovery.name, ports: discovery.ports.map((port) => this.portNumber(port)) } }
        : {}),
    });
  }
}

function failure({ capacity, rollout }: Pick<FargateServiceProps<string>, "capacity" | "rollout">): string {
  if (capacity === "spot") return "AWS takes Spot tasks back with two minutes' notice, and ECS starts others as soon as there is room";
  if (rollout === "stopFirst") return "it is away until ECS has started another task, in a release too";
  return "ECS starts another task";
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
