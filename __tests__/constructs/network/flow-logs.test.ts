import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { FlowLogs } from "../../../constructs/network/flow-logs";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { facts, statements } from "../readings";

function synthFlowLogs(): Synthesized {
  return synthesizeTestStack((stack) => new FlowLogs(stack, "FlowLogs", { vpcId: "vpc-1", retentionDays: 14 }));
}

describe("FlowLogs", () => {
  test("records accepted and rejected connections by the minute", () => {
    expect(synthFlowLogs().only(FlowLog)).toEqual({
      vpc_id: "vpc-1",
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      log_destination: "${aws_cloudwatch_log_group.flow_logs_log_group.arn}",
      iam_role_arn: "${aws_iam_role.flow_logs_role.arn}",
      max_aggregation_interval: 60,
      tags: { Name: "shop-test-flow-logs" },
    });
  });

  test("keeps records for as long as it is told", () => {
    const synthesized = synthFlowLogs();
    expect(synthesized.only(CloudwatchLogGroup)).toEqual({ name: "/shop-test/vpc/flow-logs", retention_in_days: 14 });
    expect(facts(synthesized, "logGroup")).toMatchObject([{ name: "/shop-test/vpc/flow-logs", retentionDays: 14 }]);
  });

  test("lets only flow logs of this account take its role", () => {
    expect(statements(synthFlowLogs().only(IamRole)["assume_role_policy"])).toEqual([
      {
        Sid: "Assume",
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
      },
    ]);
  });

  // The service looks for its stream before it writes; without that right a flow log stands at "Access error" and delivers nothing.
  test("may find, make and write streams of its own group, and nothing else", () => {
    const granted = statements(synthFlowLogs().only(IamRolePolicy)["policy"]) as { Action: string | string[]; Resource: string }[];
    expect(granted.flatMap(({ Action }) => Action).sort()).toEqual([
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
    ]);
    for (const { Resource } of granted) expect(Resource).toBe("${aws_cloudwatch_log_group.flow_logs_log_group.arn}:*");
  });
});
