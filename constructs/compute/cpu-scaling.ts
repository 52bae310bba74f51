import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";

export interface CpuScalingProps {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Name of the service. */
  readonly service: string;
  readonly min: number;
  readonly max: number;
  /** Average CPU that scaling aims at. */
  readonly cpuPercent: number;
}

/** Seconds to wait after scaling out: about the time in which a new task takes load. Arbitrary. */
const SCALE_OUT_SECONDS = 60;
/** Seconds to wait after scaling in: five times as slow, so that a wave does not take tasks away between two crests. Arbitrary. */
const SCALE_IN_SECONDS = 300;

/** Keeps a service's number of tasks where its average CPU is at the aim. */
export class CpuScaling extends Construct {
  constructor(scope: Construct, id: string, { cluster, service, min, max, cpuPercent }: CpuScalingProps) {
    super(scope, id);
    const target = new AppautoscalingTarget(this, "Default", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${cluster}/${service}`,
      minCapacity: min,
      maxCapacity: max,
    });
    new AppautoscalingPolicy(this, "Cpu", {
      name: "cpu",
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: cpuPercent,
        scaleOutCooldown: SCALE_OUT_SECONDS,
        scaleInCooldown: SCALE_IN_SECONDS,
      },
    });
  }
}
