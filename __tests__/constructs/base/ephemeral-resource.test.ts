import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { EphemeralResource } from "../../../constructs/base/ephemeral-resource";
import { synthesizeTestStack } from "../../support/synthesized";

describe("EphemeralResource", () => {
  test("stands in its own section, under a readable name, and is referred to by type and name", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const made = new EphemeralResource(new Construct(stack, "Password"), "Made", "aws_secretsmanager_random_password", {
        password_length: 40,
      });
      new SecretsmanagerSecretVersion(stack, "Stored", {
        secretId: "orders",
        secretStringWo: made.get("random_password"),
        secretStringWoVersion: 1,
      });
    });
    expect(synthesized.json["ephemeral"]).toEqual({ aws_secretsmanager_random_password: { password_made: { password_length: 40 } } });
    expect(synthesized.only(SecretsmanagerSecretVersion)).toEqual({
      secret_id: "orders",
      secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.password_made.random_password}",
      secret_string_wo_version: 1,
    });
  });

  test("takes references to other resources as attributes", () => {
    const { json } = synthesizeTestStack((stack) => {
      const stored = new SecretsmanagerSecretVersion(stack, "Stored", {
        secretId: "orders",
        secretStringWo: "x",
        secretStringWoVersion: 1,
      });
      new EphemeralResource(stack, "ReadBack", "aws_secretsmanager_secret_version", { secret_id: stored.secretId });
    });
    expect(json["ephemeral"]).toEqual({
      aws_secretsmanager_secret_version: { read_back: { secret_id: "${aws_secretsmanager_secret_version.stored.secret_id}" } },
    });
  });

  test("keeps the same name for two types apart", () => {
    const { json } = synthesizeTestStack((stack) => {
      new EphemeralResource(new Construct(stack, "Key"), "Default", "aws_secretsmanager_random_password", {});
      new EphemeralResource(new Construct(new Construct(stack, "Connections"), "Key"), "Default", "aws_ssm_parameter", { arn: "a" });
    });
    expect(json["ephemeral"]).toEqual({ aws_secretsmanager_random_password: { key: {} }, aws_ssm_parameter: { key: { arn: "a" } } });
  });
});
