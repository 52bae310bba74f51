import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type OidcIdentity, Role } from "../../../constructs/security/role";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { facts, statements } from "../readings";

const IDENTITY: OidcIdentity = {
  providerArn: "arn:aws:iam::111111111111:oidc-provider/ci.example.com",
  issuer: "ci.example.com",
  audience: "sts.amazonaws.com",
  subject: "repo:shop/site:environment:production",
};

function synthRole(use: (role: Role) => void = () => undefined, identity: Partial<OidcIdentity> = {}): Synthesized {
  return synthesizeTestStack((stack) => use(new Role(stack, "Releases", { oidc: { ...IDENTITY, ...identity } })));
}

describe("a Role that is taken from outside AWS", () => {
  test("is for one subject and one audience, letter by letter", () => {
    expect(statements(synthRole().only(IamRole)["assume_role_policy"])).toEqual([
      {
        Sid: "Assume",
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111111111111:oidc-provider/ci.example.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "ci.example.com:aud": "sts.amazonaws.com", "ci.example.com:sub": "repo:shop/site:environment:production" },
        },
      },
    ]);
  });

  test("lasts an hour, and a service's role as long as IAM has it", () => {
    expect(synthRole().only(IamRole)["max_session_duration"]).toBe(3600);
    const ofService = synthesizeTestStack((stack) => void new Role(stack, "Task", { service: "ecs-tasks.amazonaws.com" }));
    expect(ofService.only(IamRole)).not.toHaveProperty("max_session_duration");
  });

  test.each([
    ["subject", "repo:shop/*:environment:production"],
    ["subject", "repo:shop/site:environment:prod?"],
    ["subject", ""],
    ["audience", "*"],
  ] as const)("refuses the %s %j", (claim, value) => {
    expect(() => synthRole(undefined, { [claim]: value })).toThrow(
      `shop-test/Releases: oidc.${claim} must be one whole claim without * or ?, got ${JSON.stringify(value)}`,
    );
  });

  test.each(["AdministratorAccess", "PowerUserAccess", "IAMFullAccess", "AmazonSSMManagedInstanceCore"])("never gets %s", (policy) => {
    expect(() => synthRole((role) => role.attachManaged(policy))).toThrow(
      `shop-test/Releases: managed policy must be one of ReadOnlyAccess, SecurityAudit, since the role is taken from outside AWS, got "${policy}"`,
    );
  });

  test("may get a policy of AWS's that only reads", () => {
    expect(synthRole((role) => role.attachManaged("ReadOnlyAccess")).only(IamRolePolicyAttachment)).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
  });

  test.each(["*", "iam:*", "s3:*Object"])("is never allowed %s, whatever the reason", (action) => {
    const allow = { sid: "All", actions: ["s3:GetObject", action], resources: ["a"], wildcardBecause: "it is easier" };
    expect(() => synthRole((role) => role.allow(allow))).toThrow(
      `shop-test/Releases: statement All must name single actions, since the role is taken from outside AWS, got ["${action}"]`,
    );
  });

  test("may be denied whole services, without a reason and without an exception", () => {
    const synthesized = synthRole((role) => role.allow({ sid: "No", effect: "Deny", actions: ["iam:*"], resources: ["*"] }));
    expect(facts(synthesized, "exception")).toEqual([]);
  });
});

test("no Role is allowed everything but something", () => {
  expect(() =>
    synthesizeTestStack((stack) => {
      const role = new Role(stack, "Task", { service: "ecs-tasks.amazonaws.com" });
      role.allow({ sid: "Most", actions: ["s3:GetObject"], notResources: ["arn:aws:s3:::secrets/key"] });
    }),
  ).toThrow('shop-test/Task: statement Most must not have notResources unless it denies, got ["arn:aws:s3:::secrets/key"]');
});
