import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { Construct } from "constructs";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import type { Instance } from "../compute/instance";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import { Role } from "../security/role";

export interface DataVolumeProps {
  /** Name tag. */
  readonly name: string;
  /** Availability zone, for example `ap-south-1a`. Another one replaces the volume. */
  readonly zone: string;
  /** GiB. A volume can grow, never shrink. */
  readonly sizeGib: number;
  /** Daily snapshots that are kept, 1 to 1000. @default 7 */
  readonly snapshots?: number;
  /** Protected: Terraform refuses to destroy it, and AWS takes a last snapshot of one that goes all the same. */
  readonly protection: Protection;
  readonly alarms: Alarms;
  /** Heading in docs/runbooks that says what to do when there are no snapshots. */
  readonly runbook: `${string}.md#${string}`;
}

/** When snapshots start, in UTC: in the early hours of India and South-East Asia. Arbitrary. */
const SNAPSHOT_TIME = "20:00";
/** EC2 recommends the letters f to p for data volumes. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html */
const DEVICE = "/dev/sdf";
/** Tag by which the lifecycle policy finds its volume, and the role its snapshots. */
const TAG = "DailySnapshots";

/** An encrypted volume that outlives the instance it is attached to, with daily snapshots. */
export class DataVolume extends Construct {
  readonly id: string;
  readonly name: string;
  readonly sizeGib: number;
  private readonly arn: string;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const { name, zone, sizeGib, protection } = props;
    this.name = name;
    this.sizeGib = sizeGib;
    const isProtected = protection === "protected";
    const volume = new EbsVolume(this, "Default", {
      availabilityZone: zone,
      type: "gp3",
      size: sizeGib,
      encrypted: true,
      finalSnapshot: isProtected,
      tags: { Name: name, [TAG]: name, ...protectionTags(protection) },
      lifecycle: { preventDestroy: isProtected },
    });
    this.id = volume.id;
    this.arn = volume.arn;
    this.keepSnapshots(props);
  }

  /** Attaches the volume. An instance that goes is stopped first, so that what it has in memory is written. */
  attachTo(instance: Instance): void {
    new VolumeAttachment(this, "Attachment", {
      deviceName: DEVICE,
      volumeId: this.id,
      instanceId: instance.id,
      stopInstanceBeforeDetaching: true,
    });
  }

  private keepSnapshots({ name, snapshots = 7, alarms, runbook }: DataVolumeProps): void {
    const policy = new DlmLifecyclePolicy(this, "Snapshots", {
      description: `Daily snapshots of ${name}`,
      executionRoleArn: this.snapshotRole(name).arn,
      state: "ENABLED",
      policyDetails: {
        resourceTypes: ["VOLUME"],
        targetTags: { [TAG]: name },
        schedule: [
          {
            name: "daily",
            createRule: { interval: 24, intervalUnit: "HOURS", times: [SNAPSHOT_TIME] },
            retainRule: { count: snapshots },
            copyTags: true,
          },
        ],
      },
    });
    const topic = alarmTopic(this, alarms, `volume ${name}`);
    if (topic === undefined) return;
    new Alarm(this, "SnapshotMissing", {
      topic,
      metric: { namespace: "AWS/EBS", name: "SnapshotsCreateCompleted", dimensions: { DLMPolicyId: policy.id }, statistic: "Sum" },
      comparison: "LessThanThreshold",
      threshold: 1,
      periodSeconds: 86_400,
      periods: { of: 2, bad: 2 },
      missingData: "breaching",
      means: `${name} has had no snapshot for two days, or has had none yet since it was made.`,
      runbook,
    });
  }

  /** What the lifecycle policy does, and to this volume and its snapshots only. @see https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html */
  private snapshotRole(name: string): Role {
    const { region } = SystemStack.of(this);
    const snapshots = `arn:aws:ec2:${region}::snapshot/*`;
    const role = new Role(this, "SnapshotRole", { service: "dlm.amazonaws.com" });
    role.allow({
      sid: "FindVolumes",
      actions: ["ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"],
      resources: ["*"],
      wildcardBecause: "EC2 lists everything or nothing",
    });
    role.allow({
      sid: "MakeSnapshots",
      actions: ["ec2:CreateSnapshot", "ec2:CreateTags"],
      resources: [this.arn, snapshots],
      wildcardBecause: "a snapshot gets its id when it is made",
    });
    role.allow({
      sid: "DeleteOldSnapshots",
      actions: ["ec2:DeleteSnapshot"],
      resources: [snapshots],
      condition: { StringEquals: { [`aws:ResourceTag/${TAG}`]: name } },
      wildcardBecause: "snapshots get their ids later; the condition allows those of one volume",
    });
    return role;
  }
}
