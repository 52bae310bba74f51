import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { MskClusterPolicy } from "@cdktf/provider-aws/lib/msk-cluster-policy";
import { valuesWith } from "../config/atlas-values";
import { facts, statements } from "../constructs/readings";
import { firehoseConnects } from "../support/expected-statements";
import { packHandlers } from "../support/packed-handlers";
import type { Synthesized } from "../support/synthesized";
import { BOTH, PROD_EXPORTING, synthesizeWith } from "./atlas-roots";

beforeAll(packHandlers);

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** Every policy of every role, a line for each statement: `Sid: actions on resources`. */
function permissions(root: Synthesized): Record<string, string[]> {
  const listed = (values: string | readonly string[]): string => [values].flat().join(" ");
  const policies = Object.entries(root.byName(IamRolePolicy)).map(([name, { policy }]) => {
    const lines = (statements(policy) as PolicyStatement[]).map(({ Sid, Effect, Action, Resource, Condition, ...unknown }) => {
      if (Effect !== "Allow" || Condition !== undefined || Object.keys(unknown).length > 0)
        throw new Error(`${name}: ${Sid} is no plain allowance`);
      return `${Sid}: ${listed(Action)} on ${listed(Resource)}`;
    });
    return [name.replace(/_policy$/, ""), lines] as const;
  });
  return Object.fromEntries(policies);
}

const CLUSTER = "${aws_msk_cluster.msk.arn}";
const EXEC =
  "OpenExecChannels: ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel on *";
const CONNECT = `ConnectToKafka: kafka-cluster:Connect on ${CLUSTER}`;
const SEE = "kafka-cluster:DescribeTopic kafka-cluster:DescribeTopicDynamicConfiguration";

const logs = (group: string): string => `WriteLogs: logs:CreateLogStream logs:PutLogEvents on \${aws_cloudwatch_log_group.${group}.arn}:*`;
const secrets = (...names: string[]): string =>
  `ReadSecrets: secretsmanager:GetSecretValue on ${names.map((name) => `\${aws_secretsmanager_secret.${name}.arn}`).join(" ")}`;
const images = (name: string): string[] => [
  `PullImages: ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer on \${aws_ecr_repository.images_${name}_repository.arn}`,
  "LogInToEcr: ecr:GetAuthorizationToken on *",
];

describe.each(BOTH)("roles of Atlas in %s", (_environment, prefix, root) => {
  const accountId = () => root().inventory.accountId;
  const below = (kind: string, ...names: string[]): string =>
    names.map((name) => `arn:aws:kafka:us-east-1:${accountId()}:${kind}/${prefix}/\${aws_msk_cluster.msk.cluster_uuid}/${name}`).join(" ");
  const every = (kind: string): string => `arn:aws:kafka:us-east-1:${accountId()}:${kind}/${prefix}/*/*`;
  const topics = () => below("topic", "events.raw", "events.dead-letter");

  test("may do exactly this", () => {
    expect(permissions(root())).toEqual({
      dashboard_backend_execution_role: [
        logs("dashboard_backend_log_group"),
        ...images("dashboard_backend"),
        secrets("rds_secret", "dashboard_backend_secret"),
      ],
      dashboard_backend_task_role: [
        EXEC,
        CONNECT,
        `ConsumeTopics: kafka-cluster:DescribeTopic kafka-cluster:ReadData on ${topics()}`,
        `JoinGroups: kafka-cluster:AlterGroup kafka-cluster:DescribeGroup on ${below("group", "dashboard-backend")}`,
      ],
      events_ingestion_execution_role: [
        logs("events_ingestion_log_group"),
        ...images("events_ingestion"),
        secrets("events_ingestion_secret"),
      ],
      events_ingestion_task_role: [
        EXEC,
        CONNECT,
        `ProduceOnce: kafka-cluster:WriteDataIdempotently on ${CLUSTER}`,
        `ProduceTopics: kafka-cluster:DescribeTopic kafka-cluster:WriteData on ${topics()}`,
      ],
      kafka_ui_execution_role: [logs("kafka_ui_log_group"), secrets("kafka_ui_secret")],
      kafka_ui_task_role: [
        EXEC,
        CONNECT,
        `InspectCluster: kafka-cluster:DescribeCluster kafka-cluster:DescribeClusterDynamicConfiguration on ${CLUSTER}`,
        `InspectTopics: ${SEE} kafka-cluster:ReadData on ${every("topic")}`,
        `InspectGroups: kafka-cluster:DescribeGroup on ${every("group")}`,
      ],
      network_flow_logs_role: [
        logs("network_flow_logs_log_group"),
        "FindStreams: logs:DescribeLogStreams on ${aws_cloudwatch_log_group.network_flow_logs_log_group.arn}:*",
      ],
      topics_function_role: [
        logs("topics_function_log_group"),
        "WriteTraces: xray:PutTelemetryRecords xray:PutTraceSegments on *",
        "JoinNetwork: ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:UnassignPrivateIpAddresses on *",
        CONNECT,
        `ManageTopics: kafka-cluster:AlterTopic kafka-cluster:AlterTopicDynamicConfiguration kafka-cluster:CreateTopic kafka-cluster:DeleteTopic ${SEE} on ${topics()}`,
        `SeeTopics: ${SEE} on ${every("topic")}`,
      ],
    });
    expect(root().all(IamRolePolicyAttachment)).toEqual([]);
  });

  test("are taken by AWS's own services alone, each by one", () => {
    const trusts = Object.entries(root().byName(IamRole)).map(([name, { assume_role_policy }]) => [
      name,
      (statements(assume_role_policy) as { Principal: { Service?: string } }[]).map(({ Principal }) => Principal),
    ]);
    const tasks = ["dashboard_backend", "events_ingestion", "kafka_ui"].flatMap((name) => [`${name}_execution_role`, `${name}_task_role`]);
    expect(Object.fromEntries(trusts)).toEqual({
      ...Object.fromEntries(tasks.map((name) => [name, [{ Service: "ecs-tasks.amazonaws.com" }]])),
      network_flow_logs_role: [{ Service: "vpc-flow-logs.amazonaws.com" }],
      topics_function_role: [{ Service: "lambda.amazonaws.com" }],
    });
  });

  test("name no action of Kafka's by a wildcard", () => {
    expect(JSON.stringify(root().json)).not.toMatch(/kafka(-cluster)?:[A-Za-z]*\*/);
  });

  test("have a reason in the inventory for each resource that is a wildcard", () => {
    const wild = Object.entries(permissions(root())).flatMap(([role, lines]) =>
      lines.flatMap((line) => {
        const [, sid = "", resources = ""] = /^(\w+): .* on (.*)$/.exec(line) ?? [];
        const name = `${prefix}-${role.replaceAll("_", "-")}`;
        return resources.split(" ").flatMap((resource) => (/\*/.test(resource.replace(/:\*$/, "")) ? [`${name} ${sid} ${resource}`] : []));
      }),
    );
    const stated = facts(root(), "exception").filter(({ id }) => id.includes("-role "));
    expect(stated.map(({ id }) => id).sort()).toEqual(wild.sort());
    expect(wild.filter((line) => line.endsWith(" *"))).toHaveLength(7);
    for (const { because } of stated) expect(because).toMatch(/\S+( \S+){3,}/);
  });

  test("and no cluster has a policy for others before other networks come", () => {
    expect(root().all(MskClusterPolicy)).toEqual([]);
  });
});

test("with exports on there is one role more, which reads the exported topic and writes copies, and one policy of the cluster", () => {
  const arn = (kind: string, rest: string) => `arn:aws:kafka:us-east-1:555555555555:${kind}/poc-atlas-prod/${rest}`;
  const bucket = "${aws_s3_bucket.exports_bucket.arn}";
  expect(permissions(PROD_EXPORTING())["exports_role"]).toEqual([
    `ReadObjects: s3:GetObject on ${bucket}/*`,
    `ListBuckets: s3:ListBucket on ${bucket}`,
    `WriteObjects: s3:AbortMultipartUpload s3:PutObject on ${bucket}/*`,
    `UseBucket: s3:GetBucketLocation s3:ListBucketMultipartUploads on ${bucket}`,
    CONNECT,
    `FindBrokers: kafka:DescribeCluster kafka:DescribeClusterV2 kafka:GetBootstrapBrokers on ${CLUSTER}`,
    `ExportTopics: ${SEE} kafka-cluster:ReadData on ${arn("topic", "${aws_msk_cluster.msk.cluster_uuid}/events.raw")}`,
    `FindOwnGroups: kafka-cluster:DescribeGroup on ${arn("group", "*/*")}`,
    logs("exports_log_group"),
  ]);
  expect(statements(PROD_EXPORTING().only(MskClusterPolicy)["policy"])).toEqual([firehoseConnects(CLUSTER)]);
});

test("as many topics as the configuration takes fit into every role's policy", () => {
  const [topic] = valuesWith().prod.msk.topics;
  const topics = Array.from({ length: 80 }, (_, index) => ({ ...topic, name: `topic.${100 + index}` }));
  const root = synthesizeWith("prod", { "msk.topics": topics, "msk.brokersPerZone": 4 });
  // As long as AWS makes what Terraform fills in.
  const filled = (policy: unknown): string =>
    String(policy)
      .replaceAll("${aws_msk_cluster.msk.cluster_uuid}", "u".repeat(39))
      .replace(/\$\{[^}]+\}/g, "a".repeat(130));
  const lengths = root.all(IamRolePolicy).map(({ policy }) => filled(policy).length);
  // @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  expect(Math.max(...lengths)).toBeLessThanOrEqual(10_240);
  expect(Math.max(...lengths)).toBeGreaterThan(9_000);
});
