import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { DataVolume, type DataVolumeProps } from "../../../constructs/data/data-volume";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addTopic, UNMONITORED } from "../parts";
import { facts, statements } from "../readings";

function addVolume(stack: TestStack, props: Partial<DataVolumeProps> = {}): DataVolume {
  return new DataVolume(stack, "Data", {
    name: "shop-test-data",
    zone: "eu-west-1a",
    sizeGib: 20,
    protection: "protected",
    alarms: UNMONITORED,
    runbook: "clickhouse.md#snapshots",
    ...props,
  });
}

const synthVolume = (props: Partial<DataVolumeProps> = {}): Synthesized => synthesizeTestStack((stack) => void addVolume(stack, props));

describe("DataVolume", () => {
  test("is encrypted, cannot be destroyed by Terraform, and leaves a last snapshot", () => {
    expect(synthVolume().only(EbsVolume)).toMatchObject({
      availability_zone: "eu-west-1a",
      size: 20,
      type: "gp3",
      encrypted: true,
      final_snapshot: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("says why it is not protected", () => {
    expect(synthVolume({ protection: { unprotectedBecause: "staging data" } }).only(EbsVolume)).toMatchObject({
      final_snapshot: false,
      lifecycle: { prevent_destroy: false },
      tags: { UnprotectedBecause: "staging data" },
    });
  });

  test("has a snapshot a day, of itself alone, and keeps seven", () => {
    const synthesized = synthVolume();
    const tag = { DailySnapshots: "shop-test-data" };
    expect(synthesized.only(EbsVolume)["tags"]).toMatchObject(tag);
    expect(synthesized.only(DlmLifecyclePolicy)).toMatchObject({
      state: "ENABLED",
      policy_details: {
        resource_types: ["VOLUME"],
        target_tags: tag,
        schedule: [{ create_rule: { interval: 24, interval_unit: "HOURS", times: ["20:00"] }, retain_rule: { count: 7 }, copy_tags: true }],
      },
    });
  });

  test("keeps as many snapshots as it is told to", () => {
    expect(synthVolume({ snapshots: 30 }).only(DlmLifecyclePolicy)).toMatchObject({
      policy_details: { schedule: [{ retain_rule: { count: 30 } }] },
    });
  });

  test("lets the lifecycle policy make snapshots of this volume and delete no others", () => {
    const synthesized = synthVolume();
    const snapshots = "arn:aws:ec2:eu-west-1::snapshot/*";
    expect(String(synthesized.only(IamRole)["assume_role_policy"])).toContain('"Service":"dlm.amazonaws.com"');
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual([
      expect.objectContaining({ Sid: "FindVolumes", Resource: "*" }),
      {
        Sid: "MakeSnapshots",
        Effect: "Allow",
        Action: ["ec2:CreateSnapshot", "ec2:CreateTags"],
        Resource: ["${aws_ebs_volume.data.arn}", snapshots],
      },
      {
        Sid: "DeleteOldSnapshots",
        Effect: "Allow",
        Action: "ec2:DeleteSnapshot",
        Resource: snapshots,
        Condition: { StringEquals: { "aws:ResourceTag/DailySnapshots": "shop-test-data" } },
      },
    ]);
  });

  test("rings when there has been no snapshot for two days, also when none was ever tried", () => {
    const synthesized = synthesizeTestStack((stack) => void addVolume(stack, { alarms: addTopic(stack) }));
    expect(synthesized.only(CloudwatchMetricAlarm)).toMatchObject({
      namespace: "AWS/EBS",
      metric_name: "SnapshotsCreateCompleted",
      dimensions: { DLMPolicyId: "${aws_dlm_lifecycle_policy.data_snapshots.id}" },
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: 86_400,
      evaluation_periods: 2,
      treat_missing_data: "breaching",
    });
    expect(facts(synthesized, "alarm")).toMatchObject([{ runbook: "clickhouse.md#snapshots" }]);
  });
});
