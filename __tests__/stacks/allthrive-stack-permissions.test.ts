import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { facts, statements } from "../constructs/readings";
import { DEPLOYS_SERVICES, pushesImages } from "../support/expected-statements";
import type { Synthesized } from "../support/synthesized";
import { BOTH, PRODUCTION, SECRET_HEADER, STAGING } from "./allthrive-roots";

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

function policy(root: Synthesized, role: string): PolicyStatement[] {
  return statements(root.byName(IamRolePolicy)[`${role}_policy`]?.["policy"]) as PolicyStatement[];
}

function allowed(root: Synthesized, role: string): Record<string, readonly string[]> {
  const allows = policy(root, role).filter(({ Effect }) => Effect === "Allow");
  return Object.fromEntries(allows.map(({ Sid, Action }) => [Sid, [Action].flat()]));
}

/** Every place of a text in a tree, by its path. */
function placesOf(value: unknown, text: RegExp, path = ""): string[] {
  if (typeof value === "string") return text.test(value) ? [path.slice(1)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => placesOf(item, text, `${path}.${key}`));
}

describe.each(BOTH)("GitHub's roles for AllThrive in %s", (environment, root) => {
  const arn = (resource: string): string => `arn:aws:ecs:us-east-1:222222222222:${resource}`;
  const prefix = `${environment}-allthrive`;

  test("are each for one environment of one repository, to the letter", () => {
    const trusts = ["plan", "push", "deploy"].map((role) => {
      const [trust, ...others] = statements(root().byName(IamRole)[`github_${role}`]?.["assume_role_policy"]) as PolicyStatement[];
      expect(others).toEqual([]);
      expect(trust?.Action).toBe("sts:AssumeRoleWithWebIdentity");
      return trust?.Condition;
    });
    const only = (name: string) => ({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": `repo:example/allthrive:environment:${name}`,
      },
    });
    expect(trusts).toEqual([only(`${environment}-plan`), only(`${environment}-push`), only(environment)]);
  });

  test("are the only roles that somebody outside AWS takes, for an hour at a time", () => {
    const outside = Object.entries(root().byName(IamRole)).filter(([, role]) => String(role["assume_role_policy"]).includes("Federated"));
    expect(outside.map(([name, { max_session_duration }]) => `${name} ${max_session_duration}`).sort()).toEqual([
      "github_deploy 3600",
      "github_plan 3600",
      "github_push 3600",
    ]);
    expect(placesOf(root().byName(IamRole), /Federated.*StringLike|environment:[^"]*\*/)).toEqual([]);
  });

  test("have no administrator among them: of AWS's policies the planning role reads, and no other role has any", () => {
    expect(root().only(IamRolePolicyAttachment)).toEqual({
      role: "${aws_iam_role.github_plan.name}",
      policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    expect(JSON.stringify(root().json)).not.toMatch(/Administrator|PowerUser|FullAccess/);
    for (const { policy: text } of root().all(IamRolePolicy))
      for (const { Effect, Action } of statements(text) as PolicyStatement[])
        if (Effect === "Allow") expect([Action].flat().filter((action) => action.includes("*"))).toEqual([]);
  });

  test("let a plan change nothing but its lock, and open the one password that it must", () => {
    expect(allowed(root(), "github_plan")).toEqual({
      ReadState: ["s3:GetObject"],
      TakeLockFile: ["s3:PutObject", "s3:DeleteObject"],
      ReadLock: ["dynamodb:GetItem"],
      TakeLock: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
      MakePasswords: ["secretsmanager:GetRandomPassword"],
      OpenSecrets: ["secretsmanager:GetSecretValue"],
    });
    const opened = policy(root(), "github_plan").find(({ Sid }) => Sid === "OpenSecrets")?.Resource;
    expect(opened).toBe("${aws_secretsmanager_secret_version.rds_password_stored.secret_id}");
  });

  test("let a push reach the three repositories, and nothing else", () => {
    expect(policy(root(), "github_push")).toEqual(
      pushesImages(["web", "celery", "celery_beat"].map((name) => `\${aws_ecr_repository.ecr_${name}_repository.arn}`)),
    );
  });

  test("let a deployment start tasks with Django's six roles alone, and update Django's three services alone", () => {
    const sids = Object.fromEntries(policy(root(), "github_deploy").map((statement) => [statement.Sid, statement]));
    expect(Object.keys(sids)).toEqual([
      "ReleaseImages",
      ...DEPLOYS_SERVICES,
      "RunMigrations",
      "ListFrontEnd",
      "WriteFrontEnd",
      "InvalidateFrontEnd",
    ]);
    expect(sids["PassTaskRoles"]).toEqual({
      Sid: "PassTaskRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: ["web", "celery", "celery_beat"].flatMap((name) => [
        `\${aws_iam_role.ecs_${name}_task_role.arn}`,
        `\${aws_iam_role.ecs_${name}_execution_role.arn}`,
      ]),
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    });
    expect(sids["UpdateServices"]?.Resource).toEqual(
      ["web", "celery", "celery-beat"].map((name) => arn(`service/${prefix}-cluster/${prefix}-${name}`)),
    );
    expect(sids["RunMigrations"]).toMatchObject({
      Resource: arn(`task-definition/${prefix}-web:*`),
      Condition: { ArnEquals: { "ecs:cluster": "${aws_ecs_cluster.ecs_cluster.arn}" } },
    });
    expect(sids["WriteFrontEnd"]?.Resource).toBe("${aws_s3_bucket.s3_frontend.arn}/*");
  });

  test("say why, wherever they name a wildcard", () => {
    for (const { what, because } of facts(root(), "exception")) expect(`${what}: ${because}`).toMatch(/: \S.{14,}$/);
    const wild = Object.entries(root().byName(IamRolePolicy)).flatMap(([name, { policy: text }]) =>
      (statements(text) as PolicyStatement[])
        .filter(({ Effect, Resource }) => Effect === "Allow" && [Resource].flat().includes("*"))
        .map(({ Sid }) => `${name.replace(/_policy$/, "")} ${Sid}`),
    );
    expect(wild.filter((line) => line.startsWith("github_")).sort()).toEqual([
      "github_deploy ListTasks",
      "github_deploy RegisterTasks",
      "github_plan MakePasswords",
      "github_push LogInToEcr",
    ]);
  });
});

describe.each(BOTH)("secrets of AllThrive in %s", (_environment, root) => {
  test("put DATABASE_URL together in an argument that is written and not kept", () => {
    expect(root().byName(SecretsmanagerSecretVersion)["rds_url_value"]).toEqual({
      secret_id: "${aws_secretsmanager_secret.rds_url.arn}",
      secret_string_wo:
        '${jsonencode({"DATABASE_URL" = "postgres://master:${ephemeral.aws_secretsmanager_secret_version.rds_password_read_back.secret_string}@${aws_db_instance.rds.address}:5432/allthrive?sslmode=require"})}',
      secret_string_wo_version: expect.any(Number),
      lifecycle: { replace_triggered_by: ["aws_db_instance.rds.address"] },
    });
  });

  test("name the password in write-only arguments alone", () => {
    const places = placesOf(root().json, /ephemeral\./);
    expect(places.sort()).toEqual([
      "resource.aws_db_instance.rds.password_wo",
      "resource.aws_secretsmanager_secret_version.rds_password_stored.secret_string_wo",
      "resource.aws_secretsmanager_secret_version.rds_secret_value.secret_string_wo",
      "resource.aws_secretsmanager_secret_version.rds_url_value.secret_string_wo",
    ]);
    expect(root().only(DbInstance)).not.toHaveProperty("password");
    for (const version of root().all(SecretsmanagerSecretVersion)) {
      expect(version).not.toHaveProperty("secret_string");
      expect(version).not.toHaveProperty("secret_binary");
    }
  });
});

test("behind a secret header a plan may read both values, which it compares", () => {
  const opened = policy(SECRET_HEADER(), "github_plan").find(({ Sid }) => Sid === "OpenSecrets")?.Resource;
  expect(opened).toEqual(
    expect.arrayContaining(
      ["blue", "green"].map((colour) => `\${aws_secretsmanager_secret_version.alb_origin_secret_${colour}_first.secret_id}`),
    ),
  );
});

test("production makes the account's provider for GitHub, and staging reads it", () => {
  expect(PRODUCTION().only(IamOpenidConnectProvider)).toMatchObject({ url: "https://token.actions.githubusercontent.com" });
  expect(STAGING().all(IamOpenidConnectProvider)).toEqual([]);
  const data = STAGING().json["data"] as Record<string, unknown>;
  expect(data[DataAwsIamOpenidConnectProvider.tfResourceType]).toEqual({
    github_provider: { url: "https://token.actions.githubusercontent.com" },
  });
});
