import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { MskClusterPolicy } from "@cdktf/provider-aws/lib/msk-cluster-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { MskPhase } from "../../../constructs/streaming/msk-phase";
import { TopicExports, type TopicExportsProps } from "../../../constructs/streaming/topic-exports";
import { firehoseConnects } from "../../support/expected-statements";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addTopic, UNMONITORED } from "../parts";
import { exception, facts, once, statements } from "../readings";
import { addCluster } from "./clusters";

const OPEN: MskPhase = { multiVpc: { clients: [] } };
const READERS = ["arn:aws:iam::111111111111:role/analysts", "arn:aws:iam::222222222222:role/auditors"];
const BUCKET = "${aws_s3_bucket.exports_bucket.arn}";
const CLUSTER = "${aws_msk_cluster.events.arn}";

/** Exports of two topics, called `Exports`. */
function synthExports(props: Partial<TopicExportsProps> = {}, phase = OPEN): Synthesized {
  return synthesizeTestStack((stack) => {
    const cluster = addCluster(stack, { phase });
    new TopicExports(stack, "Exports", {
      cluster,
      topics: ["orders", "orders.dead-letter"],
      keepDays: 30,
      readers: READERS,
      protection: "protected",
      alarms: addTopic(stack),
      ...props,
    });
  });
}

const plain = once(synthExports);

describe("TopicExports", () => {
  test("has a stream for each topic, which reads it by the private way and writes a message a line, gzipped", () => {
    const streams = plain().byName(KinesisFirehoseDeliveryStream);
    expect(Object.keys(streams)).toEqual(["exports_orders", "exports_orders_dead_letter"]);
    expect(streams["exports_orders_dead_letter"]).toEqual({
      name: "shop-test-exports-orders-dead-letter",
      destination: "extended_s3",
      msk_source_configuration: {
        msk_cluster_arn: CLUSTER,
        topic_name: "orders.dead-letter",
        authentication_configuration: { connectivity: "PRIVATE", role_arn: "${aws_iam_role.exports_role.arn}" },
      },
      extended_s3_configuration: {
        role_arn: "${aws_iam_role.exports_role.arn}",
        bucket_arn: BUCKET,
        prefix: "orders.dead-letter/!{timestamp:yyyy/MM/dd/HH}/",
        error_output_prefix: "failed/orders.dead-letter/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        buffering_size: 64,
        buffering_interval: 300,
        compression_format: "GZIP",
        processing_configuration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord", parameters: [{ parameter_name: "Delimiter", parameter_value: "\\n" }] }],
        },
        cloudwatch_logging_options: {
          enabled: true,
          log_group_name: "${aws_cloudwatch_log_group.exports_log_group.name}",
          log_stream_name: "${aws_cloudwatch_log_stream.exports_orders_dead_letter_records.name}",
        },
      },
      // Firehose tries both when the stream is made.
      depends_on: ["aws_iam_role_policy.exports_role_policy", "aws_msk_cluster_policy.events_policy"],
    });
  });

  test("makes the streams of records that Firehose writes its troubles to, since it makes none", () => {
    const group = "${aws_cloudwatch_log_group.exports_log_group.name}";
    expect(plain().all(CloudwatchLogStream)).toEqual([
      { log_group_name: group, name: "shop-test-exports-orders" },
      { log_group_name: group, name: "shop-test-exports-orders-dead-letter" },
    ]);
  });

  test("takes topics that are called like what stands beside their streams", () => {
    const streams = synthExports({ topics: ["bucket", "role", "log-group"] }).byName(KinesisFirehoseDeliveryStream);
    expect(Object.keys(streams).sort()).toEqual(["exports_bucket", "exports_log_group", "exports_role"]);
  });

  test("keeps copies in a bucket of its own for the days that are asked for, and keeps the bucket", () => {
    expect(plain().only(S3Bucket)).toMatchObject({ bucket: "shop-test-exports-111111111111", lifecycle: { prevent_destroy: true } });
    const { rule } = plain().only(S3BucketLifecycleConfiguration) as unknown as { rule: { expiration?: { days?: number } }[] };
    expect([rule].flat().flatMap(({ expiration }) => [expiration].flat().flatMap((end) => end?.days ?? []))).toEqual([30]);
  });

  test("lets the named roles read copies, by the bucket's policy, and nobody else", () => {
    const allowed = (statements(plain().only(S3BucketPolicy)["policy"]) as { Effect: string }[]).filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toEqual([
      {
        Sid: "ReadersRead",
        Effect: "Allow",
        Principal: { AWS: READERS },
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: [BUCKET, `${BUCKET}/*`],
      },
    ]);
  });

  test("gives Firehose's role what AWS asks for, on these topics and this bucket: it reads, writes, and deletes nothing", () => {
    const arn = (kind: string, rest: string) => `arn:aws:kafka:eu-west-1:111111111111:${kind}/shop-events/${rest}`;
    const topic = (name: string) => arn("topic", `\${aws_msk_cluster.events.cluster_uuid}/${name}`);
    const allow = (Sid: string, Action: unknown, Resource: unknown) => ({ Sid, Effect: "Allow", Action, Resource });
    expect(statements(plain().byName(IamRolePolicy)["exports_role_policy"]?.["policy"])).toEqual([
      allow("ReadObjects", "s3:GetObject", `${BUCKET}/*`),
      allow("ListBuckets", "s3:ListBucket", BUCKET),
      allow("WriteObjects", ["s3:AbortMultipartUpload", "s3:PutObject"], `${BUCKET}/*`),
      allow("UseBucket", ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"], BUCKET),
      allow("ConnectToKafka", "kafka-cluster:Connect", CLUSTER),
      allow("FindBrokers", ["kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"], CLUSTER),
      allow(
        "ExportTopics",
        ["kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration", "kafka-cluster:ReadData"],
        [topic("orders"), topic("orders.dead-letter")],
      ),
      allow("FindOwnGroups", "kafka-cluster:DescribeGroup", arn("group", "*/*")),
      allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], "${aws_cloudwatch_log_group.exports_log_group.arn}:*"),
    ]);
    expect(statements(plain().byName(IamRole)["exports_role"]?.["assume_role_policy"])).toMatchObject([
      { Principal: { Service: "firehose.amazonaws.com" } },
    ]);
  });

  test("lets Firehose itself connect, by the cluster's policy in the form that AWS documents", () => {
    expect(plain().only(MskClusterPolicy)).toMatchObject({ cluster_arn: CLUSTER });
    expect(statements(plain().only(MskClusterPolicy)["policy"])).toEqual([firehoseConnects(CLUSTER)]);
  });

  test("rings when copies come later than three buffers after their messages, and not while a topic is silent", () => {
    const alarms = plain().byName(CloudwatchMetricAlarm);
    expect(Object.keys(alarms)).toEqual(["exports_orders_late", "exports_orders_dead_letter_late"]);
    expect(alarms["exports_orders_late"]).toMatchObject({
      namespace: "AWS/Firehose",
      metric_name: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: "shop-test-exports-orders" },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 900,
      treat_missing_data: "notBreaching",
    });
  });

  test("states what it is without alarms, and who reaches whom", () => {
    const silent = synthExports({ alarms: UNMONITORED });
    expect(silent.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(silent, "exception")).toContainEqual(
      exception("Exports alarms", "the export from shop-events has no alarms", UNMONITORED.unmonitoredBecause),
    );
    expect(silent.edges()).toEqual(["Exports -> Events tcp/14001: Firehose copies orders, orders.dead-letter"]);
  });

  test.each<[string, MskPhase]>([
    ["create", "create"],
    ["multi-VPC off", { multiVpc: "off" }],
  ])("refuses a cluster in phase %s, which Firehose cannot reach", (_name, phase) => {
    const rule = "must be { multiVpc: … } for exports by Firehose";
    expect(() => synthExports({}, phase)).toThrow(`shop-test/Events: phase ${rule}, got ${JSON.stringify(phase)}`);
  });

  test("keeps the address that its copies are stored under", () => {
    expect(plain().addresses(S3Bucket)).toEqual(["aws_s3_bucket.exports_bucket"]);
  });
});
