import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LogGroup } from "../../../constructs/observability/log-group";
import { Role } from "../../../constructs/security/role";
import { synthesizeTestStack } from "../../support/synthesized";
import { facts, statements } from "../readings";

const FIXED = { name: "/shop/api", retentionDays: 14 };

describe("LogGroup", () => {
  test("forgets records after the given days, and states it", () => {
    const synthesized = synthesizeTestStack((stack) => new LogGroup(stack, "Logs", FIXED));
    expect(synthesized.byName(CloudwatchLogGroup)).toEqual({ logs: { name: "/shop/api", retention_in_days: 14 } });
    expect(facts(synthesized, "logGroup")).toMatchObject([{ name: "/shop/api", retentionDays: 14 }]);
  });

  test("lets streams of its own be made and written, and of no other group", () => {
    const synthesized = synthesizeTestStack((stack) => {
      new LogGroup(stack, "Logs", FIXED).grantWrite({ role: new Role(stack, "Writer", { service: "ec2.amazonaws.com" }) });
    });
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.logs.arn}:*",
      },
    ]);
    expect(facts(synthesized, "exception")).toEqual([]);
  });
});
