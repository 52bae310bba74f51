import { faultsOf } from "./marqo-values";

const CELLS = 'must be gateway ids by cell, such as { "us-east-1a": "a1b2c3d4e5" }';
const GATEWAY = "must be the id of a gateway, ten lower-case letters and digits";
const PATH = "must be one path below /api, such as /api/v1/health, without a pattern, . or ..";
const POOL = 'must be { mfa: "optional" } or { importedId: "us-east-1_AbCdEfGhI" }';
const POOL_ID = "must be the id of a user pool, such as us-east-1_a1B2c3D4e";
const PREFIX = "must be 1 to 63 lower-case letters, digits and inner hyphens, without aws, amazon and cognito in it";
const URL = "must be an https address such as https://console.example.com/";
const HOST = "must be a host name such as api.example.com";
const BUCKET = "must be an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens";
const SES = "arn:aws:ses:us-east-1:333333333333:identity/example.com";
const HEALTH = { method: "GET", path: "/api/health" };

/** A value to put in, and the one fault that follows from it. @param field that the fault is found at. @default - the one that is changed */
const at = (path: string, value: unknown, rule: string, field = path) => [path, value, `marqo.${field}: ${rule}`] as const;

describe("one wrong value", () => {
  test.each([
    // Cells of the data plane
    at("dev.dataPlaneCells", '{"us-east-1a":"a1b2c3d4e5"}', `${CELLS}, got "{\\"us-east-1a\\":\\"a1b2c3d4e5\\"}"`),
    at("dev.dataPlaneCells", {}, `${CELLS}, got {}`),
    at("dev.dataPlaneCells", ["a1b2c3d4e5"], `${CELLS}, got ["a1b2c3d4e5"]`),
    at("dev.dataPlaneCells", undefined, `${CELLS}, got nothing`),
    at("dev.dataPlaneCells.us-east-1a", "https://a1b2c3d4e5", `${GATEWAY}, got "https://a1b2c3d4e5"`),
    at("dev.dataPlaneCells.us-east-1a", "A1B2C3D4E5", `${GATEWAY}, got "A1B2C3D4E5"`),
    at("dev.dataPlaneCells.us-east-1a", "", `${GATEWAY}, got ""`),
    at("dev.dataPlaneCells.us-east-1a", 5, "must be a string, got 5"),
    at("dev.dataPlaneCells.1a", "a1b2c3d4e5", 'must be a cell\'s name: lower-case letters, digits and hyphens, got "1a"'),
    // Users
    at(
      "dev.users.pool",
      { importedId: "eu-west-1_a1B2c3D4e" },
      'must be a pool of us-east-1, where the API is, got "eu-west-1_a1B2c3D4e"',
      "dev.users.pool.importedId",
    ),
    at("dev.users.pool", { importedId: "a1B2c3D4e" }, `${POOL_ID}, got "a1B2c3D4e"`, "dev.users.pool.importedId"),
    at(
      "dev.users.pool",
      { importedId: "us-east-1_a1B2c3D4e", mfa: "off" },
      `${POOL}, got {"importedId":"us-east-1_a1B2c3D4e","mfa":"off"}`,
    ),
    at("dev.users.pool", { mfa: "sms" }, `${POOL}, got {"mfa":"sms"}`),
    at("dev.users.pool", "us-east-1_a1B2c3D4e", `${POOL}, got "us-east-1_a1B2c3D4e"`),
    at("dev.users.pool.domainPrefix", "my-cognito", `${PREFIX}, got "my-cognito"`),
    at("dev.users.pool.domainPrefix", "-console", `${PREFIX}, got "-console"`),
    at(
      "dev.users.pool",
      { mfa: "off", mail: { from: "Marqo", identityArn: SES } },
      'must be an address such as Marqo <no-reply@example.com>, got "Marqo"',
      "dev.users.pool.mail.from",
    ),
    at(
      "dev.users.pool",
      { mfa: "off", mail: { from: "no-reply@example.com", identityArn: "example.com" } },
      'must be the ARN of an address or a domain in SES, arn:aws:ses:REGION:ACCOUNT:identity/NAME, got "example.com"',
      "dev.users.pool.mail.identityArn",
    ),
    at("dev.users.allowedEmailDomains", "all", 'must be "any" or domains, such as ["example.com"], got "all"'),
    at("dev.users.allowedEmailDomains", [], "must name a domain, got []"),
    at("dev.users.allowedEmailDomains", ["*.example.com"], `${HOST}, got "*.example.com"`, "dev.users.allowedEmailDomains.0"),
    at("dev.users.allowedEmailDomains", ["Example.com"], `${HOST}, got "Example.com"`, "dev.users.allowedEmailDomains.0"),
    at("dev.users.plusAddresses", "maybe", 'must be "allowed" or "refused", got "maybe"'),
    // The API
    at("dev.api.authorizer", "lambda", 'must be "cognito" or "none", got "lambda"'),
    at("dev.api.publicRoutes", [{ method: "GET", path: "/api/{proxy+}" }], `${PATH}, got "/api/{proxy+}"`, "dev.api.publicRoutes.0.path"),
    at("dev.api.publicRoutes", [{ method: "GET", path: "/api/*" }], `${PATH}, got "/api/*"`, "dev.api.publicRoutes.0.path"),
    at("dev.api.publicRoutes", [{ method: "GET", path: "/health" }], `${PATH}, got "/health"`, "dev.api.publicRoutes.0.path"),
    at("dev.api.publicRoutes", [{ method: "GET", path: "/api" }], `${PATH}, got "/api"`, "dev.api.publicRoutes.0.path"),
    at("dev.api.publicRoutes", [{ method: "GET", path: "/api/" }], `${PATH}, got "/api/"`, "dev.api.publicRoutes.0.path"),
    at("dev.api.publicRoutes", [{ method: "GET", path: "/api/../admin" }], `${PATH}, got "/api/../admin"`, "dev.api.publicRoutes.0.path"),
    at("dev.api.publicRoutes", [{ method: "GET", path: "/api/v1/." }], `${PATH}, got "/api/v1/."`, "dev.api.publicRoutes.0.path"),
    at(
      "dev.api.publicRoutes",
      [{ method: "ANY", path: "/api/v1" }],
      'must be GET, POST, PUT, PATCH or DELETE, got "ANY"',
      "dev.api.publicRoutes.0.method",
    ),
    at(
      "dev.api.publicRoutes",
      [HEALTH, HEALTH],
      `must hold a method of a path once, got ${JSON.stringify(HEALTH)}`,
      "dev.api.publicRoutes.1",
    ),
    at("dev.api.requestsPerSecond", 0, "must be 1 to 10000, got 0"),
    at("dev.api.requestsPerSecond", 10_001, "must be 1 to 10000, got 10001"),
    at("dev.api.requestsPerSecond", 0.5, "must be a whole number, got 0.5"),
    at("dev.api.burst", 5001, "must be 1 to 5000, got 5001"),
    at("dev.api.consoleUrl", "http://console.dev.example.com/", `${URL}, got "http://console.dev.example.com/"`),
    at("dev.api.consoleUrl", "console.dev.example.com", `${URL}, got "console.dev.example.com"`),
    at(
      "dev.api.consoleUrl",
      "https://console.example.com/",
      'must be at console.dev.example.com, the API\'s own name, got "https://console.example.com/"',
    ),
    at(
      "dev.api.consoleUrl",
      "https://console.dev.example.com.attacker.example/",
      'must be at console.dev.example.com, the API\'s own name, got "https://console.dev.example.com.attacker.example/"',
    ),
    at("dev.api.domain.zone", "example.org", 'must lie in the zone example.org, got "console.dev.example.com"', "dev.api.domain.host"),
    at("dev.api.domain.zone", "ample.com", 'must lie in the zone ample.com, got "console.dev.example.com"', "dev.api.domain.host"),
    at("dev.api.domain.host", "https://console.dev.example.com", `${HOST}, got "https://console.dev.example.com"`),
    at("dev.api.domain.zone", "example.com.", `${HOST}, got "example.com."`),
    at("dev.api.siteBucket", "Console_Static", `${BUCKET}, got "Console_Static"`),
    at("dev.api.logsRole", "make", 'must be "create" or "exists", got "make"'),
    // WAF
    at("dev.waf.rules", "count", 'must be "block" or { countBecause: "why" }, got "count"'),
    at("dev.waf.rules", { countBecause: "testing" }, 'must be a sentence that says why, got "testing"', "dev.waf.rules.countBecause"),
    at("dev.waf.requestsPerFiveMinutes", 9, "must be 10 to 2000000000, got 9"),
    at("dev.waf.requestsPerFiveMinutes", 2_000_000_001, "must be 10 to 2000000000, got 2000000001"),
    // Tables, secrets and the rest
    at("dev.usersAccountsTablePrefix", "dev-", 'must be "environment" or "none", got "dev-"'),
    at("dev.secrets.stripeSecretKey", "the key", 'must be the name of a secret, got "the key"'),
    at("dev.secrets.apiKeyEncryptionKey", "", 'must be the name of a secret, got ""'),
    at("dev.monolith.memoryMib", 512, "must make a size that Fargate has: 1024 to 4096 MiB in steps of 1024 with 512 CPU units, got 512"),
    at("dev.monolith.tasks", { min: 3, max: 2, cpuPercent: 70 }, "must not be over max, got 3", "dev.monolith.tasks.min"),
    at("dev.accountId", "3333", 'must be an AWS account id, twelve digits, got "3333"'),
    at("dev.region", "us-east-9", 'must be an AWS region such as us-east-1, got "us-east-9"'),
    at("dev.protection", "none", 'must be "protected" or { unprotectedBecause: "why" }, got "none"'),
    at("dev.monthlyBudgetUsd", 0, "must be 1 or more, got 0"),
    // Network and state
    at("dev.network.nat.single", "c", 'must be one of the zones a, b, got "c"'),
    at("dev.network.zones.a.publicCidr", "10.31.0.0/20", 'must lie in the VPC\'s 10.30.0.0/16, got "10.31.0.0/20"'),
    at("dev.network.zones.b.publicCidr", "10.30.0.0/24", 'must not overlap zones.a.publicCidr (10.30.0.0/20), got "10.30.0.0/24"'),
    at("dev.network.flowLogDays", 8, "must be a retention that CloudWatch Logs takes, such as 30, got 8"),
    at("dev.state.key", "dev.json", 'must be an object key that ends in .tfstate, got "dev.json"'),
  ])("%s = %j is found by its path, and nothing else is", (path, value, fault) => {
    expect(faultsOf({ [path]: value })).toEqual([fault]);
  });

  test.each([
    ["dev.colour", "red", 'dev: must not have "colour", got "red"'],
    ["dev.api.stage", "live", 'dev.api: must not have "stage", got "live"'],
    ["dev.secrets.stripeWebhookSecret", "dev/hook", 'dev.secrets: must not have "stripeWebhookSecret", got "dev/hook"'],
    ["dev.monolith.image", "latest", 'dev.monolith: must not have "image", got "latest"'],
  ])("%s is a key that does not belong", (path, value, fault) => {
    expect(faultsOf({ [path]: value })).toEqual([`marqo.${fault}`]);
  });

  test.each([
    "accountId",
    "region",
    "state",
    "protection",
    "network",
    "usersAccountsTablePrefix",
    "monolith",
    "dataPlaneCells",
    "secrets",
    "users",
    "api",
    "waf",
    "monthlyBudgetUsd",
  ])("%s must not be left out of the environment that others lean on, and no other fault follows from that", (field) => {
    expect(faultsOf({ [`prod.${field}`]: undefined })).toEqual([
      expect.stringMatching(new RegExp(`^marqo\\.prod\\.${field}: must be .+, got nothing$`)),
    ]);
  });
});

test("without an authorizer and a public route nobody could call the API", () => {
  const alone = { "dev.api.authorizer": "none" };
  expect(faultsOf({ ...alone, "dev.api.publicRoutes": [] })).toEqual([
    "marqo.dev.api.publicRoutes: must name the routes that are public, or there must be an authorizer, got []",
  ]);
  expect(faultsOf({ "dev.api.publicRoutes": [] })).toEqual([]);
  expect(faultsOf(alone)).toEqual([]);
});
