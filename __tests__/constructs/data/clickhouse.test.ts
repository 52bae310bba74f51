import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import type { ClickHouseProps } from "../../../constructs/data/clickhouse";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { filesOf, scriptOf } from "../../support/user-data";
import { addNetwork, addService, addTopic } from "../parts";
import { facts, rules, statements } from "../readings";
import { addClickHouse } from "../servers";

const synthClickHouse = (props: Partial<ClickHouseProps> = {}): Synthesized =>
  synthesizeTestStack((stack) => void addClickHouse(stack, props));
const filesIn = (synthesized: Synthesized): Record<string, string> => filesOf(scriptOf(synthesized.only(Instance)["user_data"]));

describe("ClickHouse", () => {
  test("stands in a private subnet, and its data volume in the same zone", () => {
    const synthesized = synthClickHouse({ zone: "b" });
    expect(synthesized.only(NetworkInterface)["subnet_id"]).toBe("${aws_subnet.network_private_b.id}");
    expect(synthesized.only(EbsVolume)["availability_zone"]).toBe("eu-west-1b");
  });

  test("has its data on a volume that is stopped for and attached anew when the instance is replaced", () => {
    expect(synthClickHouse().only(VolumeAttachment)).toEqual({
      device_name: "/dev/sdf",
      volume_id: "${aws_ebs_volume.clickhouse_data.id}",
      instance_id: "${aws_instance.clickhouse.id}",
      stop_instance_before_detaching: true,
    });
  });

  test("a change of instance type, image or script leaves the volume and its attachment as they are", () => {
    const [one, other] = [synthClickHouse(), synthClickHouse({ instanceType: "t4g.medium", why: "counts more" })];
    for (const type of [EbsVolume, VolumeAttachment]) expect(one.only(type)).toEqual(other.only(type));
    expect(one.only(Instance)).not.toEqual(other.only(Instance));
  });

  test("makes a service that reads its secret wait for the value, and once", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const network = addNetwork(stack);
      const { secret } = addClickHouse(stack, { network });
      addService(stack, "Api", network, { containers: [{ name: "app", image: "registry.example.com/app:1", secrets: secret.allKeys() }] });
    });
    const awaited = synthesized.only(EcsService)["depends_on"] as string[];
    expect(awaited.filter((address) => address.includes("secret"))).toEqual(["aws_secretsmanager_secret_version.clickhouse_auth_value"]);
  });

  test("finds its volume by the id that Terraform knows", () => {
    expect(filesIn(synthClickHouse())["/etc/instance-settings"]).toContain("DATA_VOLUME='${replace(aws_ebs_volume.clickhouse_data.id, ");
  });

  test("runs the 24.3 line, as one setting says", () => {
    const files = filesIn(synthClickHouse());
    expect(files["/etc/instance-settings"]).toContain("CLICKHOUSE_IMAGE='clickhouse/clickhouse-server:24.3'\n");
    expect(
      Object.values(files)
        .join("")
        .match(/clickhouse-server:/g),
    ).toHaveLength(1);
  });

  test("is reached over HTTP or the native protocol by whom it is told", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const network = addNetwork(stack);
      const clickhouse = addClickHouse(stack, { network });
      clickhouse.connections.allowFrom(addService(stack, "Consumer", network), "writes events", "http");
    });
    expect(rules(synthesized).filter((rule) => rule.startsWith("in "))).toEqual(["in clickhouse <- consumer tcp/8123: writes events"]);
  });

  test("has passwords that AWS makes and only the secret keeps", () => {
    const synthesized = synthClickHouse({ passwordVersion: 3 });
    const made = (user: string): string => `ephemeral.aws_secretsmanager_random_password.clickhouse_auth_${user}_password.random_password`;
    expect(synthesized.only(SecretsmanagerSecretVersion)).toEqual({
      secret_id: "${aws_secretsmanager_secret.clickhouse_auth_secret.arn}",
      secret_string_wo: `\${jsonencode({"CLICKHOUSE_WRITER_USER" = "writer", "CLICKHOUSE_WRITER_PASSWORD" = ${made("writer")}, "CLICKHOUSE_READER_USER" = "reader", "CLICKHOUSE_READER_PASSWORD" = ${made("reader")}})}`,
      secret_string_wo_version: 3,
    });
    const password = { password_length: 40, exclude_punctuation: true };
    expect(synthesized.json["ephemeral"]).toEqual({
      aws_secretsmanager_random_password: { clickhouse_auth_writer_password: password, clickhouse_auth_reader_password: password },
    });
  });

  test("lets the server read its own secret, and no other", () => {
    expect(statements(synthClickHouse().byName(IamRolePolicy)["clickhouse_role_policy"]?.["policy"])).toContainEqual({
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: "${aws_secretsmanager_secret.clickhouse_auth_secret.arn}",
    });
  });

  test("lets the all-mighty user in from inside the container only", () => {
    expect(filesIn(synthClickHouse())["/etc/clickhouse/users.d/access.xml"]).toMatch(
      /<default>\s*<networks replace="1">\s*<ip>127\.0\.0\.1<\/ip>\s*<ip>::1<\/ip>\s*<\/networks>\s*<\/default>/,
    );
  });

  test("watches what the agent reports: every disk alarm has a figure under its very name", () => {
    const synthesized = synthesizeTestStack((stack) => void addClickHouse(stack, { network: addNetwork(stack), alarms: addTopic(stack) }));
    const agent = JSON.parse(filesIn(synthesized)["/etc/cloudwatch-agent.json"] ?? "{}");
    const { namespace, metrics_collected } = agent.metrics;
    expect(agent.agent.omit_hostname).toBe(true);
    const alarms = Object.values(synthesized.byName(CloudwatchMetricAlarm)).filter((alarm) => alarm["namespace"] === "shop-test/instances");
    const figures = alarms.map(({ metric_name, dimensions }) => [metric_name, dimensions]);
    expect(namespace).toBe("shop-test/instances");
    expect(figures).toEqual([
      ["ClickhouseAnswers", { Machine: "shop-test-clickhouse" }],
      ["disk_used_percent", { Machine: "shop-test-clickhouse", path: "/var/lib/clickhouse", fstype: "ext4" }],
      ["disk_used_percent", { Machine: "shop-test-clickhouse", path: "/", fstype: "xfs" }],
      ["mem_used_percent", { Machine: "shop-test-clickhouse" }],
    ]);
    expect(metrics_collected).toEqual({
      disk: {
        measurement: ["used_percent"],
        append_dimensions: { Machine: "shop-test-clickhouse" },
        resources: ["/var/lib/clickhouse", "/"],
        drop_device: true,
      },
      mem: { measurement: ["used_percent"], append_dimensions: { Machine: "shop-test-clickhouse" } },
    });
  });

  test("counts silence as failure in every alarm", () => {
    const synthesized = synthesizeTestStack((stack) => void addClickHouse(stack, { network: addNetwork(stack), alarms: addTopic(stack) }));
    expect(
      facts(synthesized, "alarm")
        .map(({ missingData, runbook }) => `${missingData} ${runbook}`)
        .sort(),
    ).toEqual([
      "breaching clickhouse.md#disk",
      "breaching clickhouse.md#disk",
      "breaching clickhouse.md#memory",
      "breaching clickhouse.md#no-answer",
      "breaching clickhouse.md#snapshots",
      "breaching ec2.md#status-check",
    ]);
  });

  test("keeps the addresses that its state is stored under", () => {
    expect(synthClickHouse().addresses(EbsVolume, Instance, VolumeAttachment)).toEqual([
      "aws_ebs_volume.clickhouse_data",
      "aws_instance.clickhouse",
      "aws_volume_attachment.clickhouse_data_attachment",
    ]);
  });
});
