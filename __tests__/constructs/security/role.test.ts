import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { Role, type ServicePrincipal } from "../../../constructs/security/role";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { facts, statements } from "../readings";

const CHANNELS = {
  sid: "OpenChannels",
  actions: ["ssmmessages:OpenDataChannel"],
  resources: ["*"],
  wildcardBecause: "channels have no ARN",
};

function synthRole(use: (role: Role) => void = () => undefined, service: ServicePrincipal = "ecs-tasks.amazonaws.com"): Synthesized {
  return synthesizeTestStack((stack) => use(new Role(stack, "TaskRole", { service })));
}

describe("Role", () => {
  test("may do nothing until something grants it", () => {
    const synthesized = synthRole();
    expect(synthesized.only(IamRole)["name"]).toBe("shop-test-task-role");
    expect(synthesized.all(IamRolePolicy)).toEqual([]);
    expect(synthesized.all(IamRolePolicyAttachment)).toEqual([]);
    expect(synthesized.addresses(IamRole)).toEqual(["aws_iam_role.task_role"]);
  });

  test.each(["ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com", "dlm.amazonaws.com"] as const)(
    "is taken by %s on behalf of this account only",
    (service) => {
      expect(statements(synthRole(undefined, service).only(IamRole)["assume_role_policy"])).toEqual([
        {
          Sid: "Assume",
          Effect: "Allow",
          Principal: { Service: service },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
        },
      ]);
    },
  );

  test("asks no account of a service that does not send one", () => {
    expect(statements(synthRole(undefined, "ec2.amazonaws.com").only(IamRole)["assume_role_policy"])).toEqual([
      { Sid: "Assume", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  test("collects what it is granted in one policy, each statement under its name", () => {
    const synthesized = synthRole((role) => {
      role.allow({ sid: "ReadOrders", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::orders/newest"] });
      role.allow({ sid: "TellOrders", actions: ["sns:Publish"], resources: ["arn:aws:sns:eu-west-1:111111111111:orders"] });
    });
    expect(synthesized.only(IamRolePolicy)).toMatchObject({ name: "grants", role: "${aws_iam_role.task_role.name}" });
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual([
      { Sid: "ReadOrders", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/newest" },
      { Sid: "TellOrders", Effect: "Allow", Action: "sns:Publish", Resource: "arn:aws:sns:eu-west-1:111111111111:orders" },
    ]);
  });

  test("adds the resources of one statement up, each once", () => {
    const synthesized = synthRole((role) => {
      for (const resources of [["a", "b"], ["b", "c"], ["a"]])
        role.allow({ sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources });
    });
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual([
      { Sid: "ReadSecrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: ["a", "b", "c"] },
    ]);
  });

  test.each([
    ["other actions", { actions: ["s3:PutObject"] }],
    ["a condition", { condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }],
    ["the other effect", { effect: "Deny" as const }],
  ])("refuses a known statement with %s", (_what, other) => {
    const first = { sid: "Orders", actions: ["s3:GetObject"], resources: ["a"] };
    expect(() =>
      synthRole((role) => {
        role.allow(first);
        role.allow({ ...first, ...other });
      }),
    ).toThrow('shop-test/TaskRole: sid must not be given to statements that differ in more than their resources, got "Orders"');
  });

  test("takes one statement from two grants that wrote its parts in another order", () => {
    const synthesized = synthRole((role) => {
      role.allow({ sid: "Orders", actions: ["s3:GetObject"], resources: ["a"] });
      role.allow({ resources: ["b"], actions: ["s3:GetObject"], sid: "Orders" });
    });
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toMatchObject([{ Sid: "Orders", Resource: ["a", "b"] }]);
  });

  test.each([
    [["*"], '["*"]'],
    [["arn:aws:s3:::orders-*", "arn:aws:s3:::orders"], '["arn:aws:s3:::orders-*"]'],
  ])("refuses a wildcard in %j without a reason", (resources, got) => {
    expect(() => synthRole((role) => role.allow({ sid: "Orders", actions: ["s3:GetObject"], resources }))).toThrow(
      `shop-test/TaskRole: statement Orders must give wildcardBecause for a wildcard, got ${got}`,
    );
  });

  test("tags a wildcard's reason on the role, and states it once", () => {
    const synthesized = synthRole((role) => {
      role.allow(CHANNELS);
      role.allow(CHANNELS);
      role.allow({
        sid: "LogIn",
        actions: ["ecr:GetAuthorizationToken"],
        resources: ["*"],
        wildcardBecause: "a token is for the whole registry",
      });
    });
    expect(synthesized.only(IamRole)["tags"]).toEqual({
      WildcardBecause: "OpenChannels: channels have no ARN / LogIn: a token is for the whole registry",
    });
    expect(facts(synthesized, "exception").map(({ what, because }) => `${what}: ${because}`)).toEqual([
      "* for role shop-test-task-role: a token is for the whole registry",
      "* for role shop-test-task-role: channels have no ARN",
    ]);
  });

  test("states every wildcard of a statement that grows", () => {
    const allow = (role: Role, resource: string) =>
      role.allow({ sid: "Read", actions: ["s3:GetObject"], resources: [resource], wildcardBecause: "every order" });
    const synthesized = synthRole((role) => {
      allow(role, "arn:aws:s3:::orders-*");
      allow(role, "arn:aws:s3:::returns-*");
    });
    const stated = facts(synthesized, "exception");
    expect(stated.flatMap(({ what }) => what.match(/arn:[^ ,]+/g) ?? [])).toEqual(["arn:aws:s3:::orders-*", "arn:aws:s3:::returns-*"]);
    for (const { because } of stated) expect(because).toBe("every order");
  });

  test("attaches a policy that AWS keeps", () => {
    const synthesized = synthRole((role) => role.attachManaged("AmazonSSMManagedInstanceCore"), "ec2.amazonaws.com");
    expect(synthesized.only(IamRolePolicyAttachment)).toEqual({
      role: "${aws_iam_role.task_role.name}",
      policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    });
  });

  test("has a name that IAM takes, however deep it stands", () => {
    const synthesized = synthesizeTestStack((stack) => {
      new Role(new Construct(stack, "ReportingOfTheWarehouseInTheNorthAndSouth"), "TaskRoleOfFulfilledOrders", {
        service: "ec2.amazonaws.com",
      });
    });
    expect(synthesized.only(IamRole)["name"]).toMatch(/^shop-test-reporting-.{1,45}-[0-9a-f]{8}$/);
    expect(String(synthesized.only(IamRole)["name"])).toHaveLength(64);
  });
});
