import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { GithubProvider } from "../../../constructs/delivery/github-provider";
import { GithubRoles, type GithubRolesProps } from "../../../constructs/delivery/github-roles";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { once, statements } from "../readings";

const ENVIRONMENTS = { plan: "production-plan", push: "production-images", deploy: "production" };

function synthRoles(props: Partial<GithubRolesProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => {
    const provider = new GithubProvider(stack, "GithubProvider", { source: "create" });
    new GithubRoles(stack, "Github", { provider, repository: "Shop/site", environments: ENVIRONMENTS, ...props });
  });
}

/** What each role is taken with, by the role's name. */
function trusts(synthesized: Synthesized): Record<string, unknown> {
  return Object.fromEntries(synthesized.all(IamRole).map((role) => [String(role["name"]), statements(role["assume_role_policy"])]));
}

const plain = once(synthRoles);

describe("GithubRoles", () => {
  test("are three, each for the jobs of one environment of one repository", () => {
    const trust = (environment: string) => [
      {
        Sid: "Assume",
        Effect: "Allow",
        Principal: { Federated: "${aws_iam_openid_connect_provider.github_provider.arn}" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": `repo:Shop/site:environment:${environment}`,
          },
        },
      },
    ];
    expect(trusts(plain())).toEqual({
      "shop-test-github-plan": trust("production-plan"),
      "shop-test-github-push": trust("production-images"),
      "shop-test-github-deploy": trust("production"),
    });
  });

  test("last an hour", () => {
    expect(
      plain()
        .all(IamRole)
        .map((role) => role["max_session_duration"]),
    ).toEqual([3600, 3600, 3600]);
  });

  test("that push and deploy may do nothing until something is granted, and only the one that plans reads", () => {
    expect(plain().only(IamRolePolicyAttachment)).toEqual({
      role: "${aws_iam_role.github_plan.name}",
      policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    expect(plain().only(IamRolePolicy)["role"]).toBe("${aws_iam_role.github_plan.name}");
  });

  test("keep their addresses", () => {
    expect(plain().addresses(IamRole)).toEqual(["aws_iam_role.github_deploy", "aws_iam_role.github_plan", "aws_iam_role.github_push"]);
  });

  test("take a repository with its numbers, as immutable subject claims name it", () => {
    const deploy = JSON.stringify(trusts(synthRoles({ repository: "Shop@123456/site@456789" }))["shop-test-github-deploy"]);
    expect(deploy).toContain('"repo:Shop@123456/site@456789:environment:production"');
  });

  test.each(["site", "Shop/*", "*/site", "Shop/site:ref", "Shop/site/more", "Shop@12/site", "Shop/site@12", "-Shop/site", ""])(
    "refuse the repository %j",
    (repository) => {
      expect(() => synthRoles({ repository })).toThrow(
        `shop-test/Github: repository must be OWNER/NAME or OWNER@ID/NAME@ID, got ${JSON.stringify(repository)}`,
      );
    },
  );

  test.each(["*", "prod*", "production:ref:main", "pro duction", ""])("refuse the environment %j", (deploy) => {
    expect(() => synthRoles({ environments: { ...ENVIRONMENTS, deploy } })).toThrow(
      `shop-test/Github: environments must be names of letters, digits, dots, hyphens and underscores, got ${JSON.stringify(deploy)}`,
    );
  });

  test("refuse to share an environment, whose jobs could take either role", () => {
    expect(() => synthRoles({ environments: { ...ENVIRONMENTS, plan: "production" } })).toThrow(
      'shop-test/Github: environments must be a different one for each role, got ["production","production-images","production"]',
    );
  });
});
