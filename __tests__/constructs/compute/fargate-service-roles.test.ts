import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { FargateServiceProps } from "../../../constructs/compute/fargate-service";
import { TaskExecutionRole } from "../../../constructs/compute/task-execution-role";
import { ImageRepository } from "../../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../../constructs/delivery/released-image";
import { Secret } from "../../../constructs/security/secret";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addNetwork, addService } from "../parts";
import { statements } from "../readings";

function synthService(props: (stack: TestStack) => Partial<FargateServiceProps<"http">> = () => ({})): Synthesized {
  return synthesizeTestStack((stack) => addService(stack, "Api", addNetwork(stack), props(stack)));
}

function addSecret(stack: TestStack): Secret<"JWT_SECRET" | "SALT"> {
  return new Secret(stack, "Settings", { name: "shop/api", why: "w", keys: ["JWT_SECRET", "SALT"], protection: "protected" });
}

describe("roles of a FargateService", () => {
  const policyOf = (synthesized: Synthesized, name: string) => statements(synthesized.byName(IamRolePolicy)[name]?.["policy"]);

  test("let its containers open ECS Exec's channels, and nothing else", () => {
    expect(policyOf(synthService(), "api_task_role_policy")).toEqual([
      {
        Sid: "OpenExecChannels",
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
    ]);
  });

  test("are for ECS tasks of this account only", () => {
    const trusts = synthService()
      .all(IamRole)
      .filter(({ name }) => String(name).startsWith("shop-test-api-"));
    expect(trusts.map(({ name }) => name)).toEqual(["shop-test-api-task-role", "shop-test-api-execution-role"]);
    for (const { assume_role_policy } of trusts) {
      expect(statements(assume_role_policy)).toEqual([
        {
          Sid: "Assume",
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        },
      ]);
    }
  });

  test("let ECS itself write the log, read the secrets that containers name, and pull released images", () => {
    const synthesized = synthService((stack) => {
      const repository = new ImageRepository(stack, "Repository", { name: "shop/app", source: { create: "protected" } });
      const image = new ReleasedImage(stack, "Image", { repository, parameter: "/shop/app/image" });
      return { containers: [{ name: "app", image, secrets: addSecret(stack).allKeys() }] };
    });
    expect(policyOf(synthesized, "api_execution_role_policy")).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.api_log_group.arn}:*",
      },
      {
        Sid: "PullImages",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: "${aws_ecr_repository.repository.arn}",
      },
      { Sid: "LogInToEcr", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: "${aws_secretsmanager_secret.settings.arn}",
      },
    ]);
  });

  const shared = (prepare: (role: TaskExecutionRole) => void): Synthesized =>
    synthService((stack) => {
      const executionRole = new TaskExecutionRole(stack, "Shared");
      prepare(executionRole);
      const secrets = addSecret(stack).allKeys();
      return { executionRole, containers: [{ name: "app", image: "registry.example.com/app:1", secrets }] };
    });

  test("read each secret by its ARN where a shared execution role reads none by path", () => {
    const synthesized = shared(() => undefined);
    expect(synthesized.addresses(IamRole)).toEqual([
      "aws_iam_role.api_task_role",
      "aws_iam_role.network_flow_logs_role",
      "aws_iam_role.shared",
    ]);
    expect(policyOf(synthesized, "shared_policy")).toEqual([
      expect.objectContaining({ Sid: "WriteLogs", Resource: "${aws_cloudwatch_log_group.api_log_group.arn}:*" }),
      expect.objectContaining({ Sid: "ReadSecrets", Resource: "${aws_secretsmanager_secret.settings.arn}" }),
    ]);
    expect(synthesized.only(EcsTaskDefinition)["execution_role_arn"]).toBe("${aws_iam_role.shared.arn}");
  });

  test("add nothing where a shared execution role reads all secrets below a path", () => {
    const synthesized = shared((role) => role.readSecretsBelow("shop/", "every secret of the shop is below its name"));
    expect(policyOf(synthesized, "shared_policy")).toEqual([
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/*",
      },
      expect.objectContaining({ Sid: "WriteLogs" }),
    ]);
  });

  test.each(["shop", "sh*/", ""])("refuse %j as a path, which would reach beside a folder", (prefix) => {
    expect(() => shared((role) => role.readSecretsBelow(prefix, "every secret of the shop is below its name"))).toThrow(
      `shop-test/Shared: prefix must be a path that ends in a slash, got ${JSON.stringify(prefix)}`,
    );
  });
});
