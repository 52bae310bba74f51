import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { GeneratedPassword, type GeneratedPasswordProps } from "../../../constructs/security/generated-password";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { UNPROTECTED } from "../parts";
import { facts, resolved } from "../readings";

const FIXED = { name: "shop/database-password", why: "master password", version: 1, protection: "protected" } as const;

function synthPassword(props: Partial<GeneratedPasswordProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => new GeneratedPassword(stack, "Password", { ...FIXED, ...props }));
}

describe("GeneratedPassword", () => {
  test("is made by AWS, long and without punctuation, and lives only while Terraform runs", () => {
    expect(synthPassword().json["ephemeral"]).toEqual({
      aws_secretsmanager_random_password: { password_made: { password_length: 40, exclude_punctuation: true } },
      aws_secretsmanager_secret_version: {
        password_read_back: { secret_id: "${aws_secretsmanager_secret_version.password_stored.secret_id}" },
      },
    });
  });

  test("is kept in Secrets Manager and in no state", () => {
    const synthesized = synthPassword();
    expect(synthesized.only(SecretsmanagerSecretVersion)).toEqual({
      secret_id: "${aws_secretsmanager_secret.password_secret.arn}",
      secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.password_made.random_password}",
      secret_string_wo_version: 1,
    });
    expect(facts(synthesized, "secret")).toEqual([
      { kind: "secret", id: "shop/database-password", name: "shop/database-password", keys: [], setBy: "terraform" },
    ]);
  });

  test("is what the secret holds, not what was just made, so that all its users get one password", () => {
    const stack = new TestStack(scratchApp());
    const password = new GeneratedPassword(stack, "Password", FIXED);
    expect(resolved(stack, password.value)).toBe("${ephemeral.aws_secretsmanager_secret_version.password_read_back.secret_string}");
  });

  test("changes with its version and nothing else", () => {
    expect(synthPassword({ version: 2 }).only(SecretsmanagerSecretVersion)["secret_string_wo_version"]).toBe(2);
    const stack = new TestStack(scratchApp());
    expect(new GeneratedPassword(stack, "Password", { ...FIXED, version: 7 }).version).toBe(7);
  });

  test("is shorter or longer when told to, and unprotected with a reason", () => {
    const synthesized = synthPassword({ length: 24, protection: UNPROTECTED });
    expect(synthesized.json["ephemeral"]).toMatchObject({
      aws_secretsmanager_random_password: { password_made: { password_length: 24 } },
    });
    expect(synthesized.only(SecretsmanagerSecret)).toMatchObject({ recovery_window_in_days: 0 });
  });

  test("keeps its addresses", () => {
    expect(synthPassword().addresses(SecretsmanagerSecret, SecretsmanagerSecretVersion)).toEqual([
      "aws_secretsmanager_secret.password_secret",
      "aws_secretsmanager_secret_version.password_stored",
    ]);
  });
});
