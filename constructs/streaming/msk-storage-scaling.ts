import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";

export interface MskStorageScalingProps {
  readonly clusterArn: string;
  /** Most storage of one broker, in GiB. */
  readonly maxGib: number;
}

/** Share of the storage that may be in use before it grows, in percent. @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html - 50 to 60 is what AWS recommends */
const AIM_PERCENT = 60;

/** Lets the brokers' storage grow by itself before it is full. It never shrinks: MSK cannot. */
export class MskStorageScaling extends Construct {
  constructor(scope: Construct, id: string, { clusterArn, maxGib }: MskStorageScalingProps) {
    super(scope, id);
    const target = new AppautoscalingTarget(this, "Default", {
      serviceNamespace: "kafka",
      scalableDimension: "kafka:broker-storage:VolumeSize",
      resourceId: clusterArn,
      // The one least that MSK takes.
      minCapacity: 1,
      maxCapacity: maxGib,
    });
    new AppautoscalingPolicy(this, "Storage", {
      name: "storage",
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "KafkaBrokerStorageUtilization" },
        targetValue: AIM_PERCENT,
        disableScaleIn: true,
      },
    });
  }
}
