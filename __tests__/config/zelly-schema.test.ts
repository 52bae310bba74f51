import { faultsOf } from "./zelly-faults";

const KEY = "emVsbHktc3RhZ2luZy1wZWVyMi1mYWtlLWtleS0tLS0=";
const SERVICE = "staging.services.storefront";

describe("one wrong value", () => {
  test.each([
    ["staging.accountId", "12345", 'must be an AWS account id, twelve digits, got "12345"'],
    ["staging.region", "eu-west-9", 'must be an AWS region such as us-east-1, got "eu-west-9"'],
    [
      "staging.state.bucket",
      "a".repeat(64),
      `must be an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, got "${"a".repeat(64)}"`,
    ],
    ["staging.state.bucket", "Zelly", 'must be an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, got "Zelly"'],
    [
      "staging.state.bucket",
      "zelly..state",
      'must be an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, got "zelly..state"',
    ],
    ["staging.state.key", "staging/state.json", 'must be an object key that ends in .tfstate, got "staging/state.json"'],
    ["staging.state.lockTable", "no", 'must be a DynamoDB table name, got "no"'],
    ["staging.state.organization", "", 'must name an HCP Terraform organization, got ""'],
    ["staging.state.project", "", 'must name an HCP Terraform project, got ""'],
    ["staging.protection", "on", 'must be "protected" or { unprotectedBecause: "why" }, got "on"'],
    ["staging.protection.unprotectedBecause", "because", 'must be a sentence that says why, got "because"'],
    ["staging.protection.unprotectedBecause", " ".repeat(20), `must be a sentence that says why, got "${" ".repeat(20)}"`],
    ["staging.network.nat", "one", 'must be "perZone", "none" or { single: "a" }, got "one"'],
    ["staging.network.nat.single", "z", 'must be one of the zones a, b, c, got "z"'],
    ["staging.network.flowLogDays", 8, "must be a retention that CloudWatch Logs takes, such as 30, got 8"],
    ["staging.network.flowLogDays", 0, "must be a retention that CloudWatch Logs takes, such as 30, got 0"],
    ["staging.network.zones.a.publicCidr", "10.2.0.0/20", 'must lie in the VPC\'s 10.1.0.0/16, got "10.2.0.0/20"'],
    ["staging.network.zones.b.publicCidr", "10.1.0.0/24", 'must not overlap zones.a.publicCidr (10.1.0.0/20), got "10.1.0.0/24"'],
    ["staging.network.zones.a.privateCidr", "10.1.0.0/20", 'must not overlap zones.a.publicCidr (10.1.0.0/20), got "10.1.0.0/20"'],
    [`${SERVICE}.memoryMib`, 1536, "must make a size that Fargate has: 2048 to 8192 MiB in steps of 1024 with 1024 CPU units, got 1536"],
    [`${SERVICE}.tasks.min`, 3, "must not be over max, got 3"],
    [`${SERVICE}.tasks.min`, -1, "must be 1 or more, got -1"],
    [`${SERVICE}.tasks.cpuPercent`, 9, "must be 10 to 90, got 9"],
    [`${SERVICE}.tasks.cpuPercent`, 91, "must be 10 to 90, got 91"],
    ["staging.services.eventsConsumer.tasks.max", 2, "must equal min when there is no cpuPercent to scale by, got 2"],
    ["staging.aurora.minAcu", 0.3, "must be a multiple of 0.5, got 0.3"],
    ["staging.aurora.minAcu", 2.5, "must not be over maxAcu, got 2.5"],
    ["staging.aurora.minAcu", -0.5, "must be 0 to 256, got -0.5"],
    ["staging.aurora.maxAcu", 256.5, "must be 0 to 256, got 256.5"],
    ["staging.aurora.maxAcu", 0.5, "must be 1 to 256, got 0.5"],
    ["staging.aurora.passwordVersion", 0, "must be 1 or more, got 0"],
    ["staging.aurora.access", "public", 'must be "private" or { publicTo: ["203.0.113.0/24"], because: "why" }, got "public"'],
    ["staging.aurora.access.publicTo", [], "must name an address block, got []"],
    ["staging.aurora.access.because", "why not", 'must be a sentence that says why, got "why not"'],
    ["staging.redis.nodeType", "t4g.micro", 'must be an instance type such as cache.t4g.micro, got "t4g.micro"'],
    ["staging.clickhouse.instanceType", "cache.t4g.micro", 'must be an instance type such as t4g.micro, got "cache.t4g.micro"'],
    ["staging.clickhouse.dataGib", 7, "must be 8 to 16384, got 7"],
    ["staging.clickhouse.dataGib", 16_385, "must be 8 to 16384, got 16385"],
    ["staging.clickhouse.passwordVersion", 0, "must be 1 or more, got 0"],
    ["staging.bastion.instanceType", "tiny", 'must be an instance type such as t4g.micro, got "tiny"'],
    ["staging.registry", "read", 'must be "create" or { readFrom: "region" }, got "read"'],
    ["staging.monthlyBudgetUsd", 0, "must be 1 or more, got 0"],
    ["staging.wireguard.cidr", "10.20.0.0/24", 'must be 10.10.0.0/24, got "10.20.0.0/24"'],
    ["staging.wireguard.serverPublicKey", "short", 'must be a WireGuard public key, 32 bytes in base64, got "short"'],
    ["staging.wireguard.peers.peer1.address", "10.10.1.2", 'must be an address from 10.10.0.2 to 10.10.0.254, got "10.10.1.2"'],
  ])("%s = %j is found by its path, and nothing else is", (path, value, rule) => {
    expect(faultsOf({ [path]: value })).toEqual([`zelly.${path}: ${rule}`]);
  });

  test.each([
    ["staging.network.cidr", "10.1.0.0", 'must be an IPv4 block with no bits behind its mask, such as 10.0.0.0/16, got "10.1.0.0"'],
    [
      "staging.network.zones.a.publicCidr",
      "10.1.0.1/20",
      'must be an IPv4 block with no bits behind its mask, such as 10.0.0.0/16, got "10.1.0.1/20"',
    ],
    ["staging.network.nat.single", "ab", 'must be one of the zones a, b, c, got "ab"'],
  ])("%s = %j is one fault, and what follows from it is none", (path, value, rule) => {
    expect(faultsOf({ [path]: value })).toEqual([`zelly.${path}: ${rule}`]);
  });

  test.each([
    ["172.16.0.0/12", "20"],
    ["172.16.0.0/29", "31"],
  ])("%s is refused for a VPC, which takes /16 to /28", (cidr, mask) => {
    const size = 2 ** (32 - Number(mask));
    const block = (index: number): string => `172.16.${Math.floor((index * size) / 256)}.${(index * size) % 256}/${mask}`;
    const zones = { a: { publicCidr: block(0), privateCidr: block(1) }, b: { publicCidr: block(2), privateCidr: block(3) } };
    const faults = faultsOf({ "staging.network.cidr": cidr, "staging.network.zones": zones });
    expect(faults[0]).toBe(`zelly.staging.network.cidr: must be a block of /16 to /28, which is what a VPC takes, got "${cidr}"`);
    expect(faults.slice(1).filter((fault) => !fault.includes(".zones."))).toEqual([]);
  });

  test("in a CPU size is said of the CPU size", () => {
    expect(faultsOf({ [`${SERVICE}.cpu`]: 300 })).toEqual([
      `zelly.${SERVICE}.cpu: must be a CPU size that Fargate has: 256, 512, 1024, 2048, 4096, 8192 or 16384, got 300`,
    ]);
  });

  test.each([
    ["staging.redis.size", 1, 'zelly.staging.redis: must not have "size", got 1'],
    ["staging.colour", "red", 'zelly.staging: must not have "colour", got "red"'],
  ])("%s is a key that does not belong", (path, value, expected) => {
    expect(faultsOf({ [path]: value })).toEqual([expected]);
  });

  test.each([
    [
      "staging.network.zones.z",
      { publicCidr: "10.1.48.0/20", privateCidr: "10.1.176.0/20" },
      'must be the letter of an availability zone, got "z"',
    ],
    [
      "staging.wireguard.peers.Big Laptop",
      { publicKey: KEY, address: "10.10.0.9" },
      'must be a lower-case letter and up to 30 lower-case letters, digits and underscores, got "Big Laptop"',
    ],
  ])("%s is a key that must be written otherwise", (path, value, rule) => {
    expect(faultsOf({ [path]: value })).toEqual([`zelly.${path}: ${rule}`]);
  });

  test.each(["staging.region", "staging.network", "staging.services.storefront.tasks.max", "staging.wireguard"])(
    "%s must not be left out",
    (path) => {
      const faults = faultsOf({ [path]: undefined });
      expect(faults).toEqual([expect.stringMatching(new RegExp(`^zelly\\.${path.replaceAll(".", "\\.")}: must be .+, got nothing$`))]);
    },
  );

  test.each([
    ["staging.clickhouse.dataGib", 20.5],
    ["staging.services.storefront.tasks.min", 0.5],
    ["staging.monthlyBudgetUsd", "320"],
  ])("%s = %j is refused in words of ours", (path, value) => {
    const faults = faultsOf({ [path]: value });
    expect(faults).toEqual([expect.stringMatching(/^zelly\.[\w.]+: must be .+, got ("320"|[\d.]+)$/)]);
  });
});
