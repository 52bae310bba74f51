import { EcsCluster as AwsEcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { SystemStack } from "../base/system-stack";
import type { FargateService } from "./fargate-service";

export interface EcsClusterProps {
  /** Name in ECS. Another name replaces the cluster and every service in it. */
  readonly name: string;
  /** Per-task metrics, at CloudWatch's price for custom metrics. @default true */
  readonly containerInsights?: boolean;
}

/** An ECS cluster that runs on Fargate and Fargate Spot only. */
export class EcsCluster extends Construct {
  readonly name: string;
  readonly arn: string;
  /** The services that run here, in the order in which they were made. */
  readonly services: FargateService[] = [];

  constructor(scope: Construct, id: string, { name, containerInsights = true }: EcsClusterProps) {
    super(scope, id);
    this.name = name;
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
}
