import { EcsCluster as AwsEcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { EcsCluster, type EcsClusterProps } from "../../../constructs/compute/ecs-cluster";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addNetwork, addService } from "../parts";
import { facts } from "../readings";

function synthCluster(props: Partial<EcsClusterProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => new EcsCluster(stack, "Cluster", { name: "shop", ...props }));
}

describe("EcsCluster", () => {
  test("runs on Fargate and Fargate Spot only, and measures each task", () => {
    const synthesized = synthCluster();
    expect(synthesized.only(AwsEcsCluster)).toEqual({ name: "shop", setting: [{ name: "containerInsights", value: "enabled" }] });
    expect(synthesized.only(EcsClusterCapacityProviders)).toEqual({
      cluster_name: "${aws_ecs_cluster.cluster.name}",
      capacity_providers: ["FARGATE", "FARGATE_SPOT"],
    });
  });

  test("measures no task when told not to", () => {
    expect(synthCluster({ containerInsights: false }).only(AwsEcsCluster)["setting"]).toEqual([
      { name: "containerInsights", value: "disabled" },
    ]);
  });

  test("knows its services, in the order in which they were made", () => {
    const stack = new TestStack(scratchApp());
    const network = addNetwork(stack);
    const services = ["Web", "Api"].map((id) => addService(stack, id, network));
    const cluster = stack.node.findChild("Cluster") as EcsCluster;
    expect(cluster.services).toEqual(services);
  });

  test("keeps its address and states itself", () => {
    const synthesized = synthCluster();
    expect(synthesized.addresses(AwsEcsCluster)).toEqual(["aws_ecs_cluster.cluster"]);
    expect(facts(synthesized, "cluster")).toEqual([
      {
        kind: "cluster",
        id: "Cluster",
        name: "shop",
        why: "runs the services",
        size: "Fargate",
        stateful: false,
        fails: "AWS runs it; tasks go on when its control plane does not answer",
      },
    ]);
  });
});
