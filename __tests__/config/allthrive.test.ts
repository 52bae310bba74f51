import { allthriveEnvironments, allthriveFaults } from "../../config/allthrive";
import { loadSystems } from "../../config/systems";
import { zellyEnvironments } from "../../config/zelly";
import { faultsOf, valuesWith } from "./allthrive-values";
import { valuesWith as zellyWith } from "./zelly-faults";

const PRODUCTION_VPC = allthriveEnvironments.production.vpc;

describe("AllThrive's configuration", () => {
  test("is right as it stands, for production and staging", () => {
    expect(allthriveFaults(allthriveEnvironments)).toEqual([]);
    expect(Object.keys(loadSystems().allthrive)).toEqual(["production", "staging"]);
  });

  test("holds what the system's owners asked for", () => {
    const table = Object.values({ ...valuesWith() }).map(
      ({ accountId, region, state, vpc, dns, rds, elasticache, services, cloudfront }) => ({
        place: `${accountId} ${region}`,
        state: `${state.bucket}/${state.key}`,
        network: `${vpc.cidr} in ${Object.keys(vpc.zones).join("")}, NAT ${JSON.stringify(vpc.nat)}`,
        names: [dns.site, dns.api, dns.ws],
        rds: `${rds.instanceClass}, ${rds.multiAz === true ? "two zones" : "one zone"}`,
        redis: elasticache.nodeType,
        tasks: Object.entries(services).map(([name, { cpu, memoryMib, tasks }]) => `${name} ${cpu}/${memoryMib} ${tasks.min}-${tasks.max}`),
        celery: services.celery.capacity,
        origin: cloudfront.origin,
      }),
    );
    const common = { place: "222222222222 us-east-1", redis: "cache.t4g.micro", celery: "spot", origin: "private" };
    expect(table).toEqual([
      {
        ...common,
        state: "allthrive-terraform-state/production/terraform.tfstate",
        network: '10.20.0.0/16 in ab, NAT {"single":"a"}',
        names: ["allthrive.ai", "api.allthrive.ai", "ws.allthrive.ai"],
        rds: "db.t3.micro, two zones",
        tasks: ["web 512/1024 1-4", "celery 512/1024 1-4", "celeryBeat 256/512 1-1", "weaviate 512/1024 1-1"],
      },
      {
        ...common,
        state: "allthrive-terraform-state/staging/terraform.tfstate",
        network: '10.21.0.0/16 in ab, NAT {"single":"a"}',
        names: ["staging.allthrive.ai", "api.staging.allthrive.ai", "ws.staging.allthrive.ai"],
        rds: "db.t3.micro, one zone",
        tasks: ["web 512/1024 1-1", "celery 512/1024 1-1", "celeryBeat 256/512 1-1", "weaviate 512/1024 1-1"],
      },
    ]);
  });
});

describe("values that do not go together", () => {
  test("two environments in overlapping blocks", () => {
    expect(faultsOf({ "staging.vpc": PRODUCTION_VPC })).toEqual([
      'allthrive.staging.vpc.cidr: must not overlap production\'s 10.20.0.0/16, got "10.20.0.0/16"',
    ]);
  });

  test("two environments with one state, unless it is in another bucket", () => {
    const key = { "staging.state.key": "production/terraform.tfstate" };
    expect(faultsOf(key)).toHaveLength(1);
    expect(faultsOf({ ...key, "staging.state.bucket": "another-state" })).toEqual([]);
  });

  test("an account where nobody makes GitHub's provider", () => {
    const nobody = 'must be "create", because no environment of the account makes it, got "read"';
    expect(faultsOf({ "production.github.provider": "read" })).toEqual([
      `allthrive.production.github.provider: ${nobody}`,
      `allthrive.staging.github.provider: ${nobody}`,
    ]);
    expect(faultsOf({ "staging.accountId": "333333333333" })).toEqual([`allthrive.staging.github.provider: ${nobody}`]);
    expect(faultsOf({ "staging.accountId": "333333333333", "staging.github.provider": "create" })).toEqual([]);
  });

  test("one GitHub environment for two roles, unless it is another repository's", () => {
    const shared = { "staging.github.environments.deploy": "production" };
    expect(faultsOf(shared)).toHaveLength(1);
    expect(faultsOf({ ...shared, "staging.github.repository": "example/allthrive-trial" })).toEqual([]);
  });

  test("a name of the zone is any name that ends in it, and the zone itself", () => {
    expect(faultsOf({ "staging.dns.zone": "staging.allthrive.ai" })).toEqual([]);
    expect(faultsOf({ "staging.dns.zone": "allthrive.com" })).toHaveLength(3);
  });

  test("every one of them, and every wrong value of every environment, at once", () => {
    expect(
      faultsOf({
        "production.accountId": "12",
        "production.cloudfront.certificateArn": "arn:aws:acm:eu-west-1:222222222222:certificate/12345678",
        "production.rds.multiAz": false,
        "production.services.celeryBeat.capacity": "spot",
        "production.dns.ws": "ws.example.com",
        "staging.cloudfront.origin": { secretHeader: { accepts: ["green"], sends: "green" } },
        "staging.rds.maxStorageGib": 20,
        "staging.vpc.flowLogDays": 8,
        "staging.vpc.nat.single": "z",
        "staging.state.key": "production/terraform.tfstate",
        "staging.dns.site": "allthrive.ai",
        "staging.github.environments.plan": "production-plan",
        "staging.colour": "red",
      }).map((fault) => fault.slice("allthrive.".length, fault.indexOf(": must"))),
    ).toEqual([
      "production.accountId",
      "production.dns.ws",
      "production.rds.multiAz",
      "production.services.celeryBeat.capacity",
      "production.cloudfront.certificateArn",
      "staging.vpc.flowLogDays",
      "staging.rds.maxStorageGib",
      "staging.cloudfront.origin.secretHeader.accepts",
      "staging",
      "staging.vpc.nat.single",
      "staging.state.key",
      "staging.dns.site",
      "staging.github.environments.plan",
    ]);
  });
});

describe("values that may be", () => {
  test.each([
    [
      "a certificate that is there already",
      "production.cloudfront.certificateArn",
      "arn:aws:acm:us-east-1:222222222222:certificate/12345678-1234-1234-1234-123456789012",
    ],
    ["a secret header in two values", "production.cloudfront.origin", { secretHeader: { accepts: ["green", "blue"], sends: "green" } }],
    ["somebody else's web ACL", "staging.cloudfront.waf", { existingArn: "arn:aws:wafv2:us-east-1:222222222222:global/webacl/shop/1" }],
    ["a repository with immutable subjects", "production.github.repository", "example@12/allthrive@345"],
    ["a database without a standby, for a reason", "production.rds.multiAz", { singleZoneBecause: "the owners take an hour's outage" }],
    ["endpoints beside NAT", "production.endpoints", ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]],
    ["a NAT gateway in every zone", "production.vpc.nat", "perZone"],
    ["backups that are locked for long without protection: who may bypass governance deletes them", "staging.backupLockDays", 3650],
    ["the largest storage", "production.rds.maxStorageGib", 65_536],
    ["a tenth more storage, no more", "production.rds.maxStorageGib", 22],
  ])("%s", (_what, path, value) => {
    expect(faultsOf({ [path]: value })).toEqual([]);
  });
});

describe("systems", () => {
  const systems = (allthrive: Record<string, unknown>, zelly: Record<string, unknown> = {}) => ({
    ...loadSystems(),
    allthrive: { ...valuesWith(allthrive) },
    zelly: zellyWith(zelly),
  });

  test("are refused with the faults of all of them at once", () => {
    expect(() => loadSystems(systems({ "staging.region": "mars" }, { "production.redis.nodeType": "small" }))).toThrow(
      expect.objectContaining({
        name: "ConfigError",
        message: [
          "the configuration is not valid:",
          '  - allthrive.staging.region: must be an AWS region such as us-east-1, got "mars"',
          '  - zelly.production.redis.nodeType: must be an instance type such as cache.t4g.micro, got "small"',
        ].join("\n"),
      }),
    );
  });

  test("must not keep their states in one place", () => {
    const bucket = zellyEnvironments.production.state.bucket;
    expect(() => loadSystems(systems({ "production.state.bucket": bucket }))).toThrow(
      `zelly.production.state: must not be in the bucket and under the key of allthrive.production's, got "${bucket}/production/terraform.tfstate"`,
    );
  });

  test("may have the same addresses: no route leads from one to the other", () => {
    const { cidr, zones } = zellyEnvironments.production.network;
    const { a, b } = zones;
    const values = systems({ "production.vpc.cidr": cidr, "production.vpc.zones": { a, b } });
    expect(loadSystems(values)).toBe(values);
  });
});
