import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { synthesizeTestStack } from "../../support/synthesized";
import { addNetwork, addService } from "../parts";
import { facts } from "../readings";
import { addDatabase, synthDatabase } from "./postgres-parts";

const PASSWORD = "ephemeral.aws_secretsmanager_secret_version.database_password_read_back.secret_string";

describe("PostgresDatabase", () => {
  test("keeps its password in Secrets Manager, and in no argument that Terraform keeps", () => {
    const synthesized = synthDatabase({ passwordVersion: 3 });
    const instance = synthesized.only(DbInstance);
    expect(instance).toMatchObject({ username: "master", password_wo: `\${${PASSWORD}}`, password_wo_version: 3 });
    expect(instance).not.toHaveProperty("password");
    const fields = `"DB_HOST" = aws_db_instance.database.address, "DB_PORT" = "5432", "DB_NAME" = "orders", "DB_USER" = "master"`;
    expect(synthesized.byName(SecretsmanagerSecretVersion)["database_secret_value"]).toEqual({
      secret_id: "${aws_secretsmanager_secret.database_secret.arn}",
      secret_string_wo: `\${jsonencode({${fields}, "DB_PASSWORD" = ${PASSWORD}})}`,
      secret_string_wo_version: 3,
      lifecycle: { replace_triggered_by: ["aws_db_instance.database.address"] },
    });
    expect(facts(synthesized, "secret").map(({ name, keys, setBy }) => ({ name, keys, setBy }))).toEqual([
      { name: "shop/database", keys: ["DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD"], setBy: "terraform" },
      { name: "shop/database-password", keys: [], setBy: "terraform" },
    ]);
  });

  test("writes its URL into a secret of its own, in an argument that nothing keeps", () => {
    const synthesized = synthDatabase({}, (database) => database.urlSecret("Url", { secretName: "shop/url", key: "DATABASE_URL" }));
    const written = synthesized.byName(SecretsmanagerSecretVersion)["database_url_value"];
    const url = `postgres://master:\${${PASSWORD}}@\${aws_db_instance.database.address}:5432/orders?sslmode=require`;
    expect(written).toMatchObject({
      secret_id: "${aws_secretsmanager_secret.database_url.arn}",
      secret_string_wo: `\${jsonencode({"DATABASE_URL" = "${url}"})}`,
      lifecycle: { replace_triggered_by: ["aws_db_instance.database.address"] },
    });
    expect(Object.keys(written ?? {}).sort()).toEqual(["lifecycle", "secret_id", "secret_string_wo", "secret_string_wo_version"]);
    expect(facts(synthesized, "database")).toMatchObject([{ urls: [{ secret: "shop/url", key: "DATABASE_URL" }] }]);
    expect(facts(synthesized, "secret")).toContainEqual({
      kind: "secret",
      id: "shop/url",
      name: "shop/url",
      keys: ["DATABASE_URL"],
      setBy: "terraform",
    });
  });

  test("writes its URL again when the password or the URL's form changes, and at no other time", () => {
    const version = (passwordVersion: number, sslmode: string, storageGib = 20): unknown =>
      synthDatabase({ passwordVersion, storageGib }, (database) =>
        database.urlSecret("Url", { secretName: "shop/url", key: "DATABASE_URL", parameters: { sslmode } }),
      ).byName(SecretsmanagerSecretVersion)["database_url_value"]?.["secret_string_wo_version"];
    const first = version(1, "require");
    expect(first).toEqual(expect.any(Number));
    expect(version(1, "require", 50)).toBe(first);
    expect(version(2, "require")).not.toBe(first);
    expect(version(1, "verify-full")).not.toBe(first);
  });

  test("lets a service wait until its URL is written", () => {
    // RDS takes minutes, and ECS starts no task whose secret has no value yet.
    const synthesized = synthesizeTestStack((stack) => {
      const network = addNetwork(stack);
      const secret = addDatabase(stack, { network }).urlSecret("Url", { secretName: "shop/url", key: "DATABASE_URL" });
      addService(stack, "Api", network, { containers: [{ name: "app", image: "registry.example.com/app:1", secrets: secret.allKeys() }] });
    });
    const waits = [EcsService, EcsTaskDefinition].flatMap((type) => (synthesized.only(type)["depends_on"] ?? []) as string[]);
    expect(waits).toContain("aws_secretsmanager_secret_version.database_url_value");
  });
});
