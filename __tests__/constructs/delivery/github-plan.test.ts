import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { EphemeralResource } from "../../../constructs/base/ephemeral-resource";
import { grantPlan } from "../../../constructs/delivery/github-plan";
import { OriginSecret } from "../../../constructs/edge/origin-secret";
import { GeneratedPassword } from "../../../constructs/security/generated-password";
import { Role } from "../../../constructs/security/role";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { exception, facts, once, statements } from "../readings";

const OIDC = { providerArn: "arn:aws:iam::111111111111:oidc-provider/ci", issuer: "ci", audience: "sts", subject: "repo:shop/site" };
const TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-locks";
const STATE = "arn:aws:s3:::shop-state/test/terraform.tfstate";
const LOCK = "shop-state/test/terraform.tfstate";

function addPassword(stack: TestStack, id: string): void {
  new GeneratedPassword(stack, id, { name: `shop/${id}`, why: "password", version: 1, protection: "protected" });
}

function addPasswords(...ids: string[]): (stack: TestStack) => void {
  return (stack) => {
    for (const id of ids) addPassword(stack, id);
  };
}

function synthPlan(before: (stack: TestStack) => void = () => undefined, after: (stack: TestStack) => void = () => undefined): Synthesized {
  return synthesizeTestStack((stack) => {
    before(stack);
    grantPlan({ role: new Role(stack, "Plan", { oidc: OIDC }) });
    after(stack);
  });
}

interface WrittenStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
}

function granted(synthesized: Synthesized): Readonly<Record<string, WrittenStatement>> {
  const written = statements(synthesized.only(IamRolePolicy)["policy"]) as readonly WrittenStatement[];
  return Object.fromEntries(written.map((statement) => [statement.Sid, statement]));
}

const plain = once(() => granted(synthPlan()));

describe("the role that plans", () => {
  test("changes the locks of its root, and nothing else", () => {
    const reads = /^[a-z0-9-]+:(Get|BatchGet|Describe|List|Query|Scan)/;
    const writing = Object.values(plain()).filter(
      ({ Effect, Action }) => Effect === "Allow" && ![Action].flat().every((action) => reads.test(action)),
    );
    expect(writing).toEqual([
      { Sid: "TakeLockFile", Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: `${STATE}.tflock` },
      {
        Sid: "TakeLock",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        Resource: TABLE,
        Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [LOCK] } },
      },
    ]);
  });

  test("reads its own state and lock file, and no other object of any bucket", () => {
    expect(plain()["ReadState"]).toEqual({
      Sid: "ReadState",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [STATE, `${STATE}.tflock`],
    });
    expect(plain()["DenyObjects"]).toEqual({
      Sid: "DenyObjects",
      Effect: "Deny",
      Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTorrent"],
      NotResource: [STATE, `${STATE}.tflock`],
    });
  });

  test("reads its own lock and digest, and no other item of any table", () => {
    expect(plain()["ReadLock"]).toEqual({
      Sid: "ReadLock",
      Effect: "Allow",
      Action: "dynamodb:GetItem",
      Resource: TABLE,
      Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [LOCK, `${LOCK}-md5`] } },
    });
    expect(plain()["DenyTables"]).toEqual({ Sid: "DenyTables", Effect: "Deny", Action: "dynamodb:GetItem", NotResource: TABLE });
    expect(plain()["DenyOtherLocks"]).toEqual({
      Sid: "DenyOtherLocks",
      Effect: "Deny",
      Action: "dynamodb:GetItem",
      Resource: TABLE,
      Condition: { "ForAnyValue:StringNotEquals": { "dynamodb:LeadingKeys": [LOCK, `${LOCK}-md5`] } },
    });
  });

  test.each([
    "dynamodb:Scan",
    "dynamodb:Query",
    "sqs:ReceiveMessage",
    "logs:GetLogEvents",
    "ecr:GetDownloadUrlForLayer",
    "cognito-idp:ListUsers",
  ])("is denied %s, which ReadOnlyAccess may have", (action) => {
    expect(plain()["DenyData"]).toMatchObject({ Effect: "Deny", Resource: "*" });
    expect(plain()["DenyData"]?.Action).toContain(action);
  });

  test("decrypts no parameter", () => {
    expect(plain()["DenyEncryptedParameters"]).toEqual({
      Sid: "DenyEncryptedParameters",
      Effect: "Deny",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringLike: { "kms:ViaService": "ssm.*.amazonaws.com" } },
    });
  });

  test("opens no secret where the root opens none", () => {
    expect(plain()).not.toHaveProperty("OpenSecrets");
    expect(plain()).not.toHaveProperty("MakePasswords");
    expect(plain()["DenySecrets"]).toEqual({
      Sid: "DenySecrets",
      Effect: "Deny",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"],
      Resource: "*",
    });
  });

  test("opens the secrets that a plan of the root opens, by their ARNs, and no others", () => {
    const synthesized = synthPlan(addPasswords("One", "Two"));
    const statement = granted(synthesized);
    const { ephemeral } = synthesized.json as {
      ephemeral: { aws_secretsmanager_secret_version: Record<string, { secret_id: string }> };
    };
    const opened = Object.values(ephemeral.aws_secretsmanager_secret_version).map(({ secret_id }) => secret_id);
    expect(opened).toHaveLength(2);
    expect(statement["OpenSecrets"]).toEqual({
      Sid: "OpenSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: opened,
    });
    expect(statement["DenySecrets"]).toMatchObject({ Effect: "Deny", NotResource: opened });
    expect(statement["MakePasswords"]).toMatchObject({ Action: "secretsmanager:GetRandomPassword" });
  });

  test("opens an origin's secret header, which a plan compares", () => {
    const { OpenSecrets, DenySecrets } = granted(
      synthPlan((stack) => void new OriginSecret(stack, "Origin", { name: "shop/origin", sends: "blue", protection: "protected" })),
    );
    const both = ["blue", "green"].map((colour) => `\${aws_secretsmanager_secret_version.origin_${colour}_first.secret_id}`);
    expect(OpenSecrets).toMatchObject({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: both });
    expect(DenySecrets).toMatchObject({ Effect: "Deny", NotResource: both });
  });

  test("opens no secret that a data source would put into the state", () => {
    const { OpenSecrets, DenySecrets } = granted(
      synthPlan((stack) => void new DataAwsSecretsmanagerSecretVersion(stack, "Leak", { secretId: "shop/leak" })),
    );
    expect(OpenSecrets).toBeUndefined();
    expect(DenySecrets).toMatchObject({ Effect: "Deny", Resource: "*" });
  });

  test("must come after what a plan opens", () => {
    expect(() => synthPlan(undefined, (stack) => addPassword(stack, "Late"))).toThrow(
      /shop-test\/Plan: must be made after what a plan opens, got shop-test\/Late\/\S+ made later/,
    );
  });

  test("refuses an ephemeral resource whose permissions it does not know", () => {
    expect(() => synthPlan((stack) => void new EphemeralResource(stack, "Call", "aws_lambda_invocation", { function_name: "f" }))).toThrow(
      'shop-test/Plan: ephemeral resource must be of a type whose permissions are known to grantPlan, got "aws_lambda_invocation"',
    );
  });

  test("refuses an ephemeral secret without a name", () => {
    expect(() => synthPlan((stack) => void new EphemeralResource(stack, "Nothing", "aws_secretsmanager_secret_version", {}))).toThrow(
      "shop-test/Nothing: secret_id must name the secret to open, got undefined",
    );
  });

  test("states that it reads all settings, and why", () => {
    expect(facts(synthPlan(), "exception")).toEqual([
      exception(
        "shop-test-plan ReadOnlyAccess",
        "ReadOnlyAccess for role shop-test-plan",
        "a plan compares every resource of the root with its settings; reads of data are denied on top",
      ),
    ]);
  });

  // IAM refuses more in the inline policies of one role, blanks not counted.
  test("fits into one inline policy of 10,240 characters, with ten secrets to spare", () => {
    const many = synthPlan(addPasswords(..."ABCDEFGHIJ"));
    expect(String(many.only(IamRolePolicy)["policy"]).replace(/\s/g, "").length).toBeLessThan(10_240);
  });
});
