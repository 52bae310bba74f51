import { EcsCluster as AwsEcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import type { FargateService } from "./fargate-service";

export interface EcsClusterProps {
  /** Name in ECS. Another name replaces the cluster and every service in it. */
  readonly name: string;
  /** Per-task metrics, at CloudWatch's price for custom metrics. @default true */
  readonly containerInsights?: boolean;
  /** Name of a Service Connect namespace, in which services call one another by short names. @default - none */
  readonly namespace?: string;
}

/** An ECS cluster that runs on Fargate and Fargate Spot only. */
export class EcsCluster extends Construct {
  readonly name: string;
  readonly arn: string;
  /** Whether Container Insights count the tasks of each service. */
  readonly countsTasks: boolean;
  private readonly namespace: ServiceDiscoveryHttpNamespace | undefined;
  private readonly registered: FargateService[] = [];
  private readonly called: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { name, containerInsights = true, namespace }: EcsClusterProps) {
    super(scope, id);
    this.namespace =
      namespace === undefined
        ? undefined
        : new ServiceDiscoveryHttpNamespace(this, "Namespace", { name: namespace, description: `services of ${name}` });
    this.name = name;
    this.countsTasks = containerInsights;
    const cluster = new AwsEcsCluster(this, "Default", {
      name,
      setting: [{ name: "containerInsights", value: containerInsights ? "enabled" : "disabled" }],
    });
    this.arn = cluster.arn;
    new EcsClusterCapacityProviders(this, "CapacityProviders", {
      clusterName: cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    });
    SystemStack.of(this).inventory.add({
      kind: "cluster",
      id: pathInStack(this),
      name,
      why: "runs the services",
      size: "Fargate",
      stateful: false,
      fails: "AWS runs it; tasks go on when its control plane does not answer",
    });
  }

  /** The services that run here, in the order in which they were made. */
  get services(): readonly FargateService[] {
    return this.registered;
  }

  /** Services that others call by a short name. A caller's tasks learn of those only that were there before them. */
  get calledServices(): readonly ITerraformDependable[] {
    return this.called;
  }

  /** Adds a service. Called by the service itself. */
  register(service: FargateService, resource: ITerraformDependable, isCalled: boolean): void {
    this.registered.push(service);
    if (isCalled) this.called.push(resource);
  }

  /**
   * ARN of the Service Connect namespace.
   *
   * @throws {PropsError} when the cluster has none, naming the service that asks.
   */
  namespaceArn(service: Construct): string {
    if (this.namespace === undefined) throw new PropsError(service, "discovery", "must stand in a cluster with a namespace", this.name);
    return this.namespace.arn;
  }
}
