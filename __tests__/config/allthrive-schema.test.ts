import { faultsOf } from "./allthrive-values";

const CERTIFICATE = "certificate/12345678-1234-1234-1234-123456789012";
const NO_WAY_OUT = 'must be "perZone" or { single: "a" }, because the tasks call companies outside AWS, got "none"';
const ORIGIN = 'must be "private" or { secretHeader: { accepts: ["blue", "green"], sends: "blue" } }';
const BOTH = 'must be ["blue", "green"]: one value changes while the other is sent';
const WAF = 'must be { managedRules: { requestsPerFiveMinutes: 2000 } }, { existingArn: "arn:…" } or { noneBecause: "why" }';
const ONE_TASK = "must be 1, because two at a time would harm";
const ON_DEMAND = 'must be "onDemand": Spot would take the one scheduler away in the middle of its work';
const GITHUB_NAME = "must be a name of letters, digits, dots, hyphens and underscores";
const OWNER = "must be OWNER/NAME or OWNER@ID/NAME@ID";
const CLASS = "must be a class from db.t3, db.m5 or db.r5 on, such as db.t4g.medium";
const secretHeader = (accepts: readonly unknown[], sends: unknown = "blue") => ({ secretHeader: { accepts, sends } });

/** A value to put in, and the one fault that follows from it. @param field that the fault is found at. @default - the one that is changed */
const at = (path: string, value: unknown, rule: string, field = path) => [path, value, `allthrive.${field}: ${rule}`] as const;

describe("one wrong value", () => {
  test.each([
    // Certificates and names
    at(
      "production.cloudfront.certificateArn",
      `arn:aws:acm:eu-west-1:222222222222:${CERTIFICATE}`,
      `must be the ARN of a certificate in us-east-1, the only region that CloudFront takes them from, got "arn:aws:acm:eu-west-1:222222222222:${CERTIFICATE}"`,
    ),
    at(
      "production.cloudfront.certificateArn",
      `arn:aws:acm:us-east-1:111111111111:${CERTIFICATE}`,
      `must be of the environment's account 222222222222, got "arn:aws:acm:us-east-1:111111111111:${CERTIFICATE}"`,
    ),
    at(
      "staging.dns.site",
      "staging.allthrive.io",
      'must lie in the zone allthrive.ai, where its records are made, got "staging.allthrive.io"',
    ),
    at("staging.dns.ws", "ws.notallthrive.ai", 'must lie in the zone allthrive.ai, where its records are made, got "ws.notallthrive.ai"'),
    at("staging.dns.api", "https://api.allthrive.ai", 'must be a host name such as api.example.com, got "https://api.allthrive.ai"'),
    at("staging.dns.zone", undefined, "must be a string, got nothing"),
    at(
      "staging.dns.ws",
      "api.staging.allthrive.ai",
      'must differ from staging\'s api, because whichever root is deployed last would take the name, got "api.staging.allthrive.ai"',
    ),
    at(
      "staging.dns.site",
      "allthrive.ai",
      'must differ from production\'s site, because whichever root is deployed last would take the name, got "allthrive.ai"',
    ),
    // CloudFront
    at("production.cloudfront.origin", "public", `${ORIGIN}, got "public"`),
    at(
      "production.cloudfront.priceClass",
      "PriceClass_50",
      'must be PriceClass_100, PriceClass_200 or PriceClass_All, got "PriceClass_50"',
    ),
    at("production.cloudfront.waf", "none", `${WAF}, got "none"`),
    at("staging.cloudfront.waf.noneBecause", "no", 'must be a sentence that says why, got "no"'),
    at("production.cloudfront.waf.managedRules.requestsPerFiveMinutes", 9, "must be 10 to 2000000000, got 9"),
    at("production.cloudfront.waf.managedRules.requestsPerFiveMinutes", 2_000_000_001, "must be 10 to 2000000000, got 2000000001"),
    // RDS, Redis, buckets
    at("production.rds.multiAz", false, 'must be true or { singleZoneBecause: "why" }, got false'),
    at("production.rds.multiAz", undefined, 'must be true or { singleZoneBecause: "why" }, got nothing'),
    at("staging.rds.multiAz.singleZoneBecause", "cheaper", 'must be a sentence that says why, got "cheaper"'),
    at("production.rds.maxStorageGib", 21, "must be 22 or more with storageGib 20, because RDS asks for a tenth more, got 21"),
    at("production.rds.maxStorageGib", 70_000, "must be 20 to 65536, got 70000"),
    at("production.rds.storageGib", 19, "must be 20 to 65536, got 19"),
    at(
      "production.rds.storageGib",
      95,
      "must be 105 or more with storageGib 95, because RDS asks for a tenth more, got 100",
      "production.rds.maxStorageGib",
    ),
    at("production.rds.instanceClass", "db.t2.micro", `${CLASS}, got "db.t2.micro"`),
    at("production.rds.instanceClass", "t3.micro", `${CLASS}, got "t3.micro"`),
    at("production.rds.instanceClass", "db.r6g.small", `${CLASS}, got "db.r6g.small"`),
    at("production.rds.instanceClass", "db.t4g.12xlarge", `${CLASS}, got "db.t4g.12xlarge"`),
    at("production.rds.instanceClass", "db.m6g.3xlarge", `${CLASS}, got "db.m6g.3xlarge"`),
    at("production.rds.backupDays", 0, "must be 1 to 35, got 0"),
    at("production.rds.backupDays", 36, "must be 1 to 35, got 36"),
    at("production.rds.passwordVersion", 0, "must be 1 or more, got 0"),
    at("production.elasticache.nodeType", "db.t4g.micro", 'must be an instance type such as cache.t4g.micro, got "db.t4g.micro"'),
    at("production.backupLockDays", 0, "must be 1 to 36500, got 0"),
    at("production.backupLockDays", 36_501, "must be 1 to 36500, got 36501"),
    // Services
    at("production.services.celeryBeat.capacity", "spot", `${ON_DEMAND}, got "spot"`),
    at("production.services.celeryBeat.capacity", undefined, `${ON_DEMAND}, got nothing`),
    at("production.services.celeryBeat.tasks", { min: 2, max: 2 }, `${ONE_TASK}, got 2`, "production.services.celeryBeat.tasks.max"),
    at(
      "production.services.weaviate.tasks",
      { min: 1, max: 2, cpuPercent: 70 },
      `${ONE_TASK}, got 2`,
      "production.services.weaviate.tasks.max",
    ),
    at(
      "production.services.weaviate.tasks",
      { min: 0, max: 1, cpuPercent: 70 },
      "must be 1 or more, got 0",
      "production.services.weaviate.tasks.min",
    ),
    at("production.services.celery.capacity", "reserved", 'must be "onDemand" or "spot", got "reserved"'),
    at("production.services.web.capacity", "spot", 'must not have "capacity", got "spot"', "production.services.web"),
    at(
      "production.services.web.memoryMib",
      512,
      "must make a size that Fargate has: 1024 to 4096 MiB in steps of 1024 with 512 CPU units, got 512",
    ),
    // Network
    at("staging.vpc.nat", "none", NO_WAY_OUT),
    at("staging.vpc.nat", "one", 'must be "perZone", "none" or { single: "a" }, got "one"'),
    at("staging.vpc.nat.single", "c", 'must be one of the zones a, b, got "c"'),
    at("staging.vpc.flowLogDays", 8, "must be a retention that CloudWatch Logs takes, such as 30, got 8"),
    at("staging.vpc.zones.a.publicCidr", "10.22.0.0/20", 'must lie in the VPC\'s 10.21.0.0/16, got "10.22.0.0/20"'),
    at("staging.vpc.zones.b.publicCidr", "10.21.0.0/24", 'must not overlap zones.a.publicCidr (10.21.0.0/20), got "10.21.0.0/24"'),
    at("staging.endpoints", ["logs", "ssm", "logs"], 'must name each service once, got ["logs","ssm","logs"]'),
    at(
      "staging.endpoints",
      ["s3"],
      'must be ecr.api, ecr.dkr, logs, monitoring, secretsmanager, ssm or ssmmessages, got "s3"',
      "staging.endpoints.0",
    ),
    // Accounts, state and the rest
    at("production.accountId", "2222", 'must be an AWS account id, twelve digits, got "2222"'),
    at("staging.region", "us-east-9", 'must be an AWS region such as us-east-1, got "us-east-9"'),
    at("staging.state.key", "production/terraform.tfstate", 'must differ from production\'s, got "production/terraform.tfstate"'),
    at("staging.state.key", "staging.json", 'must be an object key that ends in .tfstate, got "staging.json"'),
    at("production.protection", "none", 'must be "protected" or { unprotectedBecause: "why" }, got "none"'),
    at("staging.protection.unprotectedBecause", "test", 'must be a sentence that says why, got "test"'),
    at("staging.monthlyBudgetUsd", 0, "must be 1 or more, got 0"),
    // GitHub
    at("staging.github.repository", "allthrive", `${OWNER}, got "allthrive"`),
    at("staging.github.repository", "example/*", `${OWNER}, got "example/*"`),
    at("staging.github.environments.deploy", "staging:*", `${GITHUB_NAME}, got "staging:*"`),
    at(
      "staging.github.environments.push",
      "staging",
      'must differ from staging\'s push, because a job of it could take both roles, got "staging"',
      "staging.github.environments.deploy",
    ),
    at(
      "staging.github.environments.deploy",
      "production",
      'must differ from production\'s deploy, because a job of it could take both roles, got "production"',
    ),
    at("staging.github.provider", "create", 'must be "read", because production makes the account\'s one provider, got "create"'),
    at("staging.github.provider", "make", 'must be "create" or "read", got "make"'),
  ])("%s = %j is found by its path, and nothing else is", (path, value, fault) => {
    expect(faultsOf({ [path]: value })).toEqual([fault]);
  });

  test.each([
    ["one value", secretHeader(["blue"]), ".secretHeader.accepts", `${BOTH}, got ["blue"]`],
    ["one value twice", secretHeader(["blue", "blue"]), ".secretHeader.accepts", `${BOTH}, got ["blue","blue"]`],
    ["no value", secretHeader([]), ".secretHeader.accepts", `${BOTH}, got []`],
    ["a value that is none of the two", secretHeader(["blue", "red"]), "", ORIGIN],
    ["a value to send that is none of the two", secretHeader(["blue", "green"], "red"), "", ORIGIN],
    ["no value to send", { secretHeader: { accepts: ["blue", "green"] } }, "", ORIGIN],
  ])("an origin's secret of %s is one fault", (_what, origin, field, rule) => {
    const said = rule === ORIGIN ? `${rule}, got ${JSON.stringify(origin)}` : rule;
    expect(faultsOf({ "production.cloudfront.origin": origin })).toEqual([`allthrive.production.cloudfront.origin${field}: ${said}`]);
  });

  test("a web ACL of a region is none of CloudFront's", () => {
    const existingArn = "arn:aws:wafv2:us-east-1:222222222222:regional/webacl/shop/1";
    expect(faultsOf({ "production.cloudfront.waf": { existingArn } })).toEqual([
      `allthrive.production.cloudfront.waf.existingArn: must be the ARN of a web ACL of scope CLOUDFRONT, which is in us-east-1, got "${existingArn}"`,
    ]);
  });

  test.each([
    ["production.services.web.spot", true, 'production.services.web: must not have "spot", got true'],
    ["production.rds.password", "hunter2", 'production.rds: must not have "password", got "hunter2"'],
    ["staging.colour", "red", 'staging: must not have "colour", got "red"'],
  ])("%s is a key that does not belong", (path, value, fault) => {
    expect(faultsOf({ [path]: value })).toEqual([`allthrive.${fault}`]);
  });

  test.each(["accountId", "state", "protection", "vpc", "endpoints", "dns", "rds", "services", "cloudfront", "github", "monthlyBudgetUsd"])(
    "%s must not be left out, and no other fault follows from that",
    (field) => {
      expect(faultsOf({ [`production.${field}`]: undefined })).toEqual([
        expect.stringMatching(new RegExp(`^allthrive\\.production\\.${field}: must be .+, got nothing$`)),
      ]);
    },
  );
});
