import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
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

  test("keeps its address", () => {
    expect(synthSecret().addresses(SecretsmanagerSecret)).toEqual(["aws_secretsmanager_secret.settings"]);
  });
});
