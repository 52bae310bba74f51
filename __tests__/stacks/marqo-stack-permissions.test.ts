import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { facts, statements } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import type { Synthesized } from "../support/synthesized";
import { ALL, DEV, PROD, STAGING } from "./marqo-roots";

beforeAll(packHandlers);

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** Everything that a role may do: `sid: actions on resources`, with a condition in words. */
function grants(root: Synthesized, role: string): string[] {
  const own = root.byName(IamRolePolicy)[`${role}_policy`];
  expect(own?.["role"]).toBe(`\${aws_iam_role.${role}.name}`);
  return (statements(own?.["policy"]) as PolicyStatement[]).map(({ Sid, Effect, Action, Resource, Condition }) => {
    expect(Effect).toBe("Allow");
    const on = [Resource].flat().map((arn) => arn.replace(/^\$\{aws_\w+?\.(\w+)\.arn\}/, "$1"));
    return `${Sid}: ${[Action].flat().join(" ")} on ${on.join(" ")}${Condition === undefined ? "" : ` if ${JSON.stringify(Condition)}`}`;
  });
}

/** Who may take a role. */
function trusted(root: Synthesized, role: string): unknown {
  return (statements(root.byName(IamRole)[role]?.["assume_role_policy"]) as { Principal: unknown }[]).map(({ Principal }) => Principal);
}

const TABLES = ["users_accounts", "index_configs", "cluster_pool", "cluster_assignment"].map((table) => `tables_${table}`).join(" ");
const logs = (group: string): string => `WriteLogs: logs:CreateLogStream logs:PutLogEvents on ${group}:*`;
const TRACES = "WriteTraces: xray:PutTelemetryRecords xray:PutTraceSegments on *";

/** Every role that every environment has: who takes it, and what it may. */
const ROLES: Readonly<Record<string, { readonly service: string; readonly grants: readonly string[] }>> = {
  api_site_role: {
    service: "apigateway",
    grants: ['ReadSite: s3:GetObject on api_site/html/* if {"StringEquals":{"aws:ResourceAccount":"333333333333"}}'],
  },
  monolith_execution_role: {
    service: "ecs-tasks",
    grants: [
      logs("monolith_log_group"),
      "PullImages: ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer on monolith_repository",
      "LogInToEcr: ecr:GetAuthorizationToken on *",
    ],
  },
  monolith_task_role: {
    service: "ecs-tasks",
    grants: [
      "OpenExecChannels: ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel on *",
      `GetItems: dynamodb:GetItem on ${TABLES}`,
      `BatchGetItems: dynamodb:BatchGetItem on ${TABLES}`,
      `QueryItems: dynamodb:Query on ${TABLES}`,
      `PutItems: dynamodb:PutItem on ${TABLES}`,
      `UpdateItems: dynamodb:UpdateItem on ${TABLES}`,
      `DeleteItems: dynamodb:DeleteItem on ${TABLES}`,
      `CheckItems: dynamodb:ConditionCheckItem on ${TABLES}`,
      "ReadSecrets: secretsmanager:GetSecretValue on stripe_secret_key api_key_encryption_key",
    ],
  },
  network_flow_logs_role: {
    service: "vpc-flow-logs",
    grants: [logs("network_flow_logs_log_group"), "FindStreams: logs:DescribeLogStreams on network_flow_logs_log_group:*"],
  },
  users_custom_message_role: { service: "lambda", grants: [logs("users_custom_message_log_group"), TRACES] },
  users_post_confirmation_role: {
    service: "lambda",
    grants: [logs("users_post_confirmation_log_group"), TRACES, "PutItems: dynamodb:PutItem on tables_users_accounts"],
  },
  users_pre_sign_up_role: { service: "lambda", grants: [logs("users_pre_sign_up_log_group"), TRACES] },
  users_pre_token_generation_role: {
    service: "lambda",
    grants: [logs("users_pre_token_generation_log_group"), TRACES, "GetItems: dynamodb:GetItem on tables_users_accounts"],
  },
};
const LOGS_ROLE = "api_account_log_role";

describe.each(ALL)("roles of Marqo in %s", (environment, root) => {
  test.each(Object.entries(ROLES))("%s may do this and nothing else", (role, expected) => {
    expect(grants(root(), role)).toEqual(expected.grants);
    expect(trusted(root(), role)).toEqual([{ Service: `${expected.service}.amazonaws.com` }]);
  });

  test("are these alone, with one policy each and none of AWS's", () => {
    const all = [...Object.keys(ROLES), ...(environment === "prod" ? [LOGS_ROLE] : [])].sort();
    expect(Object.keys(root().byName(IamRole)).sort()).toEqual(all);
    expect(Object.keys(root().byName(IamRolePolicy)).sort()).toEqual(all.map((role) => `${role}_policy`));
    expect(root().all(IamRolePolicyAttachment)).toEqual([]);
    for (const role of root().all(IamRole)) expect(role).not.toHaveProperty("managed_policy_arns");
  });

  test("name a wildcard where the inventory says why, and an action with one nowhere", () => {
    const wild = Object.entries(root().byName(IamRolePolicy)).flatMap(([name, { policy }]) =>
      (statements(policy) as PolicyStatement[]).filter(({ Resource }) => Resource === "*").map(({ Sid }) => `${name} ${Sid}`),
    );
    const exceptions = facts(root(), "exception").filter(({ id }) => id.endsWith(" *"));
    const named = exceptions.map(({ id }) =>
      id.replace(/^\w+-marqo-(.+) (\w+) \*$/, (_all, role, sid) => `${role.replaceAll("-", "_")}_policy ${sid}`),
    );
    expect(wild.sort()).toEqual(named.sort());
    for (const { because } of exceptions) expect(because).toMatch(/\S.{14,}/);
    for (const { policy } of root().all(IamRolePolicy)) expect(String(policy)).not.toMatch(/"\w+:[^"]*\*"/);
  });
});

test("prod alone makes the account's role for API Gateway's logs, with what API Gateway asks of it", () => {
  expect(grants(PROD(), LOGS_ROLE)).toEqual([
    "WriteLogs: logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams logs:FilterLogEvents logs:GetLogEvents logs:PutLogEvents on *",
  ]);
  expect(trusted(PROD(), LOGS_ROLE)).toEqual([{ Service: "apigateway.amazonaws.com" }]);
  expect(PROD().only(ApiGatewayAccount)).toMatchObject({ cloudwatch_role_arn: `\${aws_iam_role.${LOGS_ROLE}.arn}` });
  for (const root of [DEV(), STAGING()]) expect(root.all(ApiGatewayAccount)).toEqual([]);
});
