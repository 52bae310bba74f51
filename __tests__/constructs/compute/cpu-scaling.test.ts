import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CpuScaling } from "../../../constructs/compute/cpu-scaling";
import { synthesizeTestStack } from "../../support/synthesized";

function synthScaling(cpuPercent: number) {
  return synthesizeTestStack((stack) => new CpuScaling(stack, "Scaling", { cluster: "shop", service: "api", min: 2, max: 6, cpuPercent }));
}

describe("CpuScaling", () => {
  test("keeps the number of tasks between its bounds", () => {
    expect(synthScaling(70).only(AppautoscalingTarget)).toEqual({
      service_namespace: "ecs",
      scalable_dimension: "ecs:service:DesiredCount",
      resource_id: "service/shop/api",
      min_capacity: 2,
      max_capacity: 6,
    });
  });

  test("aims at the given CPU, five times slower in than out", () => {
    expect(synthScaling(55).only(AppautoscalingPolicy)).toMatchObject({
      policy_type: "TargetTrackingScaling",
      resource_id: "${aws_appautoscaling_target.scaling.resource_id}",
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: "ECSServiceAverageCPUUtilization" },
        target_value: 55,
        scale_out_cooldown: 60,
        scale_in_cooldown: 300,
      },
    });
  });

  test("changes the aim in place: the policy's name does not hold it", () => {
    expect(synthScaling(55).only(AppautoscalingPolicy)["name"]).toBe(synthScaling(70).only(AppautoscalingPolicy)["name"]);
  });
});
