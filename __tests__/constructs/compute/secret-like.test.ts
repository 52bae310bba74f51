import { secretLikeVariables } from "../../../constructs/compute/secret-like";

/** Forty characters that mean nothing. */
const NOISE = "0123456789abcdefghijABCDEFGHIJ0123456789";

// Values in the issuers' formats are put together here, so that no scanner takes this file for a leak.
const SECRETS: readonly (readonly [name: string, value: string])[] = [
  // By name.
  ["DB_PASSWORD", "x"],
  ["DB_PASS", "x"],
  ["MYSQL_PWD", "x"],
  ["SSH_PASSPHRASE", "x"],
  ["dbPassword", "x"],
  ["PASSWD", "x"],
  ["JWT_SECRET", "x"],
  ["COOKIE_SECRETS", "x"],
  ["SLACK_TOKEN", "x"],
  ["apiToken", "x"],
  ["STRIPE_API_KEY", "x"],
  ["STRIPE_APIKEY", "x"],
  ["PRIVATE_KEY", "x"],
  ["ACCESS_KEY", "x"],
  ["SIGNING_KEY", "x"],
  ["ENCRYPTION_KEY", "x"],
  ["GOOGLE_CREDENTIALS", "x"],
  // By value, under a name that gives nothing away.
  ["PEM", "-----BEGIN PRIVATE KEY-----\nMC4CAQAw"],
  ["PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB"],
  ["PEM", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz"],
  ["SETTING", `AKIA${"ABCDEFGHIJ234567"}`],
  ["SETTING", `ASIA${"ABCDEFGHIJ234567"}`],
  ["SETTING", `sk_live_${NOISE}`],
  ["SETTING", `rk_test_${NOISE}`],
  ["SETTING", `rzp_live_${"abcdefghij1234"}`],
  ["SETTING", `ghp_${NOISE}`],
  ["SETTING", `xoxb-${"1234567890-abcdef"}`],
  ["SLACK_WEBHOOK_URL", `https://hooks.slack.com/${"services"}/T000/B000/XXXX`],
  ["SETTING", `sk-proj-${NOISE}`],
  ["SETTING", `AIza${NOISE.slice(0, 35)}`],
  ["SETTING", `eyJ${NOISE}.eyJ${NOISE}.${NOISE}`],
  ["SETTING", `shpat_${"0123456789abcdef0123456789abcdef"}`],
  ["DATABASE_URL", "postgres://shop:x@database:5432/shop"],
  ["REDIS_URL", "rediss://:x@cache:6379"],
  ["JDBC_URL", "jdbc:mysql://shop:x@database:3306/shop"],
];

const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ["PORT", "3000"],
  ["NODE_ENV", "production"],
  ["REDIS_TLS", "true"],
  ["DB_HOST", "database.internal"],
  ["STRIPE_SECRET_NAME", "shop/stripe"],
  ["DB_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/db"],
  ["PRIVATE_KEY_PATH", "/run/key.pem"],
  ["TOKEN_URL", "https://login.example.com/token"],
  ["TOKEN_TTL", "3600"],
  ["TOKEN_TTL_SECONDS", "3600"],
  ["SECRET_VERSION", "3"],
  ["JWT_SECRET_ALGORITHM", "HS256"],
  ["TOKEN_ISSUER", "https://login.example.com"],
  ["TOKEN_AUDIENCE", "shop"],
  ["PASSWORD_LENGTH", "12"],
  ["PASSWORD_LOGIN_ENABLED", "false"],
  ["ACCESS_KEY_ID", "none"],
  ["KEYBOARD", "azerty"],
  ["COMPASS", "north"],
  ["BYPASS_CACHE", "false"],
  ["PUBLIC_KEY", "-----BEGIN PUBLIC KEY-----\nMCowBQYD"],
  ["DATABASE_URL", "postgres://database:5432/shop"],
  ["UPSTREAM", "http://127.0.0.1:4321/@assets"],
  ["MAIL_FROM", "shop@example.com"],
  ["COMMIT", "0123456789abcdef0123456789abcdef01234567"],
  ["FEATURES", "sk-iing, ghp, eyJ"],
  ["IMAGE", "registry.example.com/app@sha256:0123456789abcdef"],
  ["EMPTY", ""],
];

describe("secretLikeVariables", () => {
  test.each(SECRETS)("refuses %s=%s", (name, value) => {
    expect(secretLikeVariables({ [name]: value })).toEqual([name]);
  });

  test.each(SETTINGS)("lets %s=%s pass", (name, value) => {
    expect(secretLikeVariables({ [name]: value })).toEqual([]);
  });

  test("names every one of them, sorted, and none of the others", () => {
    expect(secretLikeVariables({ ZED_TOKEN: "x", PORT: "80", API_KEY: "x", HOST: "x", DB_PASSWORD: "x" })).toEqual([
      "API_KEY",
      "DB_PASSWORD",
      "ZED_TOKEN",
    ]);
  });
});
