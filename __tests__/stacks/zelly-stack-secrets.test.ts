import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { facts } from "../constructs/readings";
import { containers, ZELLY } from "./zelly-roots";

describe.each(ZELLY)("Zelly's secrets in %s", (_environment, root) => {
  test("keeps the documented secrets with the documented keys", () => {
    expect(Object.fromEntries(facts(root(), "secret").map(({ name, keys }) => [name, keys]))).toEqual({
      "zelly-vpn/server-key": [],
      "zelly/aurora/master": ["DB_HOST", "DB_USER", "DB_PASSWORD"],
      "zelly/aurora/master-password": [],
      "zelly/clickhouse/auth": [
        "CLICKHOUSE_WRITER_USER",
        "CLICKHOUSE_WRITER_PASSWORD",
        "CLICKHOUSE_READER_USER",
        "CLICKHOUSE_READER_PASSWORD",
      ],
      "zelly/customer-panel/env": ["JWT_SECRET", "COOKIE_SECRET", "SSO_CONFIG"],
      "zelly/fastify-nova/env": [
        "JWT_SECRET",
        "RAZORPAY_KEY_ID",
        "RAZORPAY_KEY_SECRET",
        "SLACK_WEBHOOK_URL",
        "FIREBASE_CONFIG",
        "CLICKHOUSE_USER",
        "CLICKHOUSE_PASSWORD",
      ],
      "zelly/orion-backend/env": ["JWT_SECRET_KEY", "CORS_ORIGINS"],
      "zelly/redis/auth": ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"],
    });
  });

  test("lets one execution role read what is below zelly/, and no more", () => {
    const { region, accountId } = root().inventory;
    const policy = JSON.parse(String(root().byName(IamRolePolicy)["task_execution_role_policy"]?.["policy"]));
    const reads = policy.Statement.filter(({ Action }: { Action: string }) => Action === "secretsmanager:GetSecretValue");
    expect(reads).toEqual([
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: `arn:aws:secretsmanager:${region}:${accountId}:secret:zelly/*`,
      },
    ]);
  });

  test("gives events-consumer the writer of ClickHouse and orion-backend the reader", () => {
    const of = (task: string) => containers(root(), task)[0]?.secrets.map(({ name }) => name);
    const secretsOf = (task: string) => JSON.stringify(containers(root(), task)[0]?.secrets);
    expect(of("events_consumer")).toEqual(["CLICKHOUSE_PASSWORD", "CLICKHOUSE_USER", "REDIS_HOST", "REDIS_PASSWORD", "REDIS_PORT"]);
    expect(secretsOf("events_consumer")).toMatch(/CLICKHOUSE_WRITER_PASSWORD::/);
    expect(secretsOf("events_consumer")).not.toMatch(/READER/);
    expect(secretsOf("orion_backend")).toMatch(/CLICKHOUSE_READER_PASSWORD::/);
    expect(secretsOf("orion_backend")).not.toMatch(/WRITER/);
  });
});
