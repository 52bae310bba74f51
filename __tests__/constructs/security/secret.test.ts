import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { ref, Token } from "cdktf";
import { Role } from "../../../constructs/security/role";
import { Secret, type SecretProps } from "../../../constructs/security/secret";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { UNPROTECTED } from "../parts";
import { facts, resolved, statements } from "../readings";

const FIXED = { name: "shop/api/env", why: "settings of the api", keys: ["JWT_SECRET", "SALT"], protection: "protected" } as const;

function synthSecret(props: Partial<SecretProps<"JWT_SECRET" | "SALT">> = {}): Synthesized {
  return synthesizeTestStack((stack) => new Secret(stack, "Settings", { ...FIXED, ...props }));
}

describe("Secret", () => {
  test("has no value in Terraform, and can be brought back for thirty days", () => {
    const synthesized = synthSecret();
    expect(synthesized.only(SecretsmanagerSecret)).toEqual({
      name: "shop/api/env",
      description: "settings of the api",
      recovery_window_in_days: 30,
      tags: {},
    });
    expect(synthesized.all(SecretsmanagerSecretVersion)).toEqual([]);
  });

  test("is gone at once when unprotected, so that its name is free again, and says why", () => {
    expect(synthSecret({ protection: UNPROTECTED }).only(SecretsmanagerSecret)).toMatchObject({
      recovery_window_in_days: 0,
      tags: { UnprotectedBecause: "a tests data is thrown away" },
    });
  });

  test("hands out one key as ECS takes it, or all under their own names", () => {
    const stack = new TestStack(scratchApp());
    const secret = new Secret(stack, "Settings", FIXED);
    const valueFrom = (key: string) => `\${aws_secretsmanager_secret.settings.arn}:${key}::`;
    expect(resolved(stack, secret.key("SALT").valueFrom)).toBe(valueFrom("SALT"));
    const all = secret.allKeys();
    expect(Object.keys(all)).toEqual(["JWT_SECRET", "SALT"]);
    expect(
      resolved(
        stack,
        Object.values(all).map((key) => key.valueFrom),
      ),
    ).toEqual([valueFrom("JWT_SECRET"), valueFrom("SALT")]);
    expect(Object.values(all).every((key) => key.secret === secret)).toBe(true);
  });

  test("refuses a key that it does not have, naming those that it has", () => {
    const secret: Secret = new Secret(new TestStack(scratchApp()), "Settings", FIXED);
    expect(() => secret.key("PEPPER")).toThrow('shop-test/Settings: key must be one of JWT_SECRET, SALT, got "PEPPER"');
  });

  test("lets itself be read, and no other secret", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const role = new Role(stack, "Reader", { service: "ec2.amazonaws.com" });
      for (const id of ["One", "Two"]) new Secret(stack, id, { ...FIXED, name: `shop/${id}` }).grantRead({ role });
      new Secret(stack, "Three", { ...FIXED, name: "shop/Three" });
    });
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual([
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: ["${aws_secretsmanager_secret.one.arn}", "${aws_secretsmanager_secret.two.arn}"],
      },
    ]);
  });

  test("states its keys, and who sets them", () => {
    const fact = { kind: "secret", id: "shop/api/env", name: "shop/api/env", keys: ["JWT_SECRET", "SALT"] };
    expect(facts(synthSecret(), "secret")).toEqual([{ ...fact, setBy: "operator" }]);
    expect(facts(synthSecret({ setBy: "terraform" }), "secret")).toEqual([{ ...fact, setBy: "terraform" }]);
  });

  test("is written with a text under each of its keys, in an argument that nothing keeps", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const secret = new Secret(stack, "Settings", { ...FIXED, setBy: "terraform" });
      secret.write("Value", { json: { JWT_SECRET: Token.asString(ref("ephemeral.made.jwt.value")), SALT: "fixed" }, version: 4 });
    });
    expect(synthesized.only(SecretsmanagerSecretVersion)).toEqual({
      secret_id: "${aws_secretsmanager_secret.settings.arn}",
      secret_string_wo: '${jsonencode({"JWT_SECRET" = ephemeral.made.jwt.value, "SALT" = "fixed"})}',
      secret_string_wo_version: 4,
    });
    expect(synthesized.addresses(SecretsmanagerSecretVersion)).toEqual(["aws_secretsmanager_secret_version.value"]);
  });

  test("is written as one text when it has no keys", () => {
    const synthesized = synthesizeTestStack((stack) => {
      new Secret(stack, "Token", { ...FIXED, keys: [], setBy: "terraform" }).write("Value", {
        string: "${ephemeral.made.value}",
        version: 1,
      });
    });
    expect(synthesized.only(SecretsmanagerSecretVersion)["secret_string_wo"]).toBe("${ephemeral.made.value}");
  });

  test("is written again when what it tells of changes, and not only with its version", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const other = new SecretsmanagerSecret(stack, "Other", { name: "shop/other" });
      const secret = new Secret(stack, "Token", { ...FIXED, keys: [], setBy: "terraform" });
      secret.write("Value", { string: "a", version: 1, rewriteWith: { resource: other, attribute: "arn" } });
    });
    expect(synthesized.only(SecretsmanagerSecretVersion)["lifecycle"]).toEqual({
      replace_triggered_by: ["aws_secretsmanager_secret.other.arn"],
    });
  });

  test("lets others wait for its value, by what writing gives back and by its value, which it has once it is written", () => {
    const stack = new TestStack(scratchApp());
    const secret = new Secret(stack, "Token", { ...FIXED, keys: [], setBy: "terraform" });
    expect(secret.value).toBeUndefined();
    expect(resolved(stack, secret.write("Value", { string: "a", version: 1 }))).toBe(
      "${aws_secretsmanager_secret_version.value.secret_id}",
    );
    expect(secret.value).toBeInstanceOf(SecretsmanagerSecretVersion);
  });

  test("refuses to be written when operators set it, and a second time", () => {
    const content = { json: { JWT_SECRET: "a", SALT: "b" }, version: 1 };
    expect(() => new Secret(new TestStack(scratchApp()), "Settings", FIXED).write("Value", content)).toThrow(
      'shop-test/Settings: setBy must be "terraform" for a value that Terraform writes, got "operator"',
    );
    const secret = new Secret(new TestStack(scratchApp()), "Settings", { ...FIXED, setBy: "terraform" });
    secret.write("Value", content);
    expect(() => secret.write("Again", content)).toThrow('shop-test/Settings: value must be written once, got "Again"');
  });

  test.each([
    ["a key too few", { json: { SALT: "s3cr3t" } }, 'json must have the keys JWT_SECRET, SALT, got ["SALT"]'],
    ["one text", { string: "s3cr3t" }, 'json must have the keys JWT_SECRET, SALT, got "one text"'],
  ])("refuses %s, without repeating what it was given", (_what, content, message) => {
    const secret: Secret = new Secret(new TestStack(scratchApp()), "Settings", { ...FIXED, setBy: "terraform" });
    expect(() => secret.write("Value", { ...content, version: 1 })).toThrow(new Error(`shop-test/Settings: ${message}`));
  });

  test("refuses keys where it has none", () => {
    const secret: Secret = new Secret(new TestStack(scratchApp()), "Token", { ...FIXED, keys: [], setBy: "terraform" });
    expect(() => secret.write("Value", { json: { SALT: "s3cr3t" }, version: 1 })).toThrow(
      'shop-test/Token: json must not be given to a secret without keys, got ["SALT"]',
    );
  });

  test("keeps its address", () => {
    expect(synthSecret().addresses(SecretsmanagerSecret)).toEqual(["aws_secretsmanager_secret.settings"]);
  });
});
