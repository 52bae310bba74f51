import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Construct } from "constructs";
import { pascalCase } from "../base/address";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import type { Protection } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { Bucket } from "../data/bucket";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import { LogGroup } from "../observability/log-group";
import { Role } from "../security/role";
import type { MskCluster } from "./msk-cluster";
import { MSK_PORT } from "./msk-phase";

export interface TopicExportsProps {
  /** A cluster in its multi-VPC phase: by that way Firehose reaches private brokers. */
  readonly cluster: MskCluster;
  readonly topics: readonly string[];
  /** Days after which a copy is deleted. */
  readonly keepDays: number;
  /** ARNs of the roles that may read the copies; the bucket's policy names them. */
  readonly readers: readonly string[];
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/** What stands between two messages: without it nobody could tell where one ends. Firehose takes it escaped. */
const NEW_LINE = "\\n";
/** Firehose writes an object when it has this much, or this old. @see https://docs.aws.amazon.com/firehose/latest/dev/create-configure.html */
const BUFFER = { mebibytes: 64, seconds: 300 } as const;
const LOG_DAYS = 30;

/**
 * Copies of every message of some topics in S3: one Firehose stream a topic, a message a line, gzipped, an object every five
 * minutes at most.
 *
 * Firehose and not MSK Connect: it needs no plug-in that somebody builds, uploads and patches, and it scales by itself. A
 * stream reads with a consumer group of its own, and delivers at least once: a copy may hold a message twice.
 */
export class TopicExports extends Construct {
  readonly bucket: Bucket;

  /** @throws {PropsError} when the cluster is not in its multi-VPC phase. */
  constructor(scope: Construct, id: string, props: TopicExportsProps) {
    super(scope, id);
    const { cluster, topics, keepDays, readers, protection, alarms } = props;
    const { namePrefix, accountId, inventory } = SystemStack.of(this);
    cluster.admitFirehose();
    this.bucket = new Bucket(this, "Bucket", {
      name: `${namePrefix}-exports-${accountId}`,
      why: `copies of ${topics.join(", ")}`,
      expireDays: keepDays,
      protection,
    });
    this.bucket.addToPolicy({
      sid: "ReadersRead",
      principal: { AWS: readers },
      actions: ["s3:GetObject", "s3:ListBucket"],
      resources: [this.bucket.arn, `${this.bucket.arn}/*`],
      wildcardBecause: "a reader of the exports reads all of them",
    });
    const role = this.exporter(props);
    const logs = new LogGroup(this, "LogGroup", { name: `/aws/kinesisfirehose/${namePrefix}-exports`, retentionDays: LOG_DAYS });
    logs.grantWrite({ role });
    const topic = alarmTopic(this, alarms, `the export from ${cluster.name}`);
    // In a scope of their own, so that a topic may be called like a part that stands beside them.
    const streams = new Construct(this, "Default");
    for (const name of topics) {
      const stream = new TopicExport(streams, pascalCase(name), { cluster, topic: name, bucket: this.bucket, role, logs });
      if (topic !== undefined) {
        new Alarm(stream, "Late", {
          topic,
          metric: {
            namespace: "AWS/Firehose",
            name: "DeliveryToS3.DataFreshness",
            dimensions: { DeliveryStreamName: stream.name },
            statistic: "Maximum",
          },
          comparison: "GreaterThanThreshold",
          // Three buffers: one is usual, two may come together.
          threshold: BUFFER.seconds * 3,
          missingData: "notBreaching",
          means: `copies of ${name} come late, or not at all.`,
          runbook: "kafka.md#exports",
        });
      }
    }
    // By AWS's own network: no security group of ours has a rule of it.
    const [from, to] = [pathInStack(this), pathInStack(cluster)];
    inventory.add({
      kind: "edge",
      id: `${from} to ${to} tcp ${MSK_PORT.multiVpcIam}`,
      from,
      to,
      protocol: "tcp",
      port: MSK_PORT.multiVpcIam,
      because: `Firehose copies ${topics.join(", ")}`,
    });
  }

  /**
   * The role by which Firehose reads the topics and writes the copies; it deletes none.
   *
   * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3
   */
  private exporter({ cluster, topics }: TopicExportsProps): Role {
    const role = new Role(this, "Role", { service: "firehose.amazonaws.com" });
    this.bucket.grantRead({ role });
    this.bucket.grantPut({ role });
    role.allow({ sid: "UseBucket", actions: ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"], resources: [this.bucket.arn] });
    cluster.grantExport({ role }, { topics });
    return role;
  }
}

interface TopicExportProps {
  readonly cluster: MskCluster;
  readonly topic: string;
  readonly bucket: Bucket;
  readonly role: Role;
  readonly logs: LogGroup;
}

/** One topic's stream. */
class TopicExport extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { cluster, topic, bucket, role, logs }: TopicExportProps) {
    super(scope, id);
    this.name = physicalName(this, NAME_LIMIT.deliveryStream);
    // Firehose writes into a stream of records, and makes none.
    const records = new CloudwatchLogStream(this, "Records", { logGroupName: logs.nameOnceMade, name: this.name });
    new KinesisFirehoseDeliveryStream(this, "Default", {
      name: this.name,
      destination: "extended_s3",
      mskSourceConfiguration: {
        mskClusterArn: cluster.arn,
        topicName: topic,
        authenticationConfiguration: { connectivity: "PRIVATE", roleArn: role.arn },
      },
      extendedS3Configuration: {
        roleArn: role.arn,
        bucketArn: bucket.arn,
        prefix: `${topic}/!{timestamp:yyyy/MM/dd/HH}/`,
        errorOutputPrefix: `failed/${topic}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
        bufferingSize: BUFFER.mebibytes,
        bufferingInterval: BUFFER.seconds,
        compressionFormat: "GZIP",
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord", parameters: [{ parameterName: "Delimiter", parameterValue: NEW_LINE }] }],
        },
        cloudwatchLoggingOptions: { enabled: true, logGroupName: logs.nameOnceMade, logStreamName: records.name },
      },
      // Firehose checks what the role may do when the stream is made.
      dependsOn: [...role.policies, ...cluster.policies],
    });
  }
}
