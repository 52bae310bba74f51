import { zellyEnvironments, zellyFaults } from "../../config/zelly";
import type { ZellyConfig } from "../../config/zelly-schema";
import { faultsOf, valuesWith } from "./zelly-faults";

describe("Zelly's configuration", () => {
  test("is right as it stands, for production and staging", () => {
    expect(Object.keys(zellyEnvironments)).toEqual(["production", "staging"]);
    expect(zellyFaults(zellyEnvironments)).toEqual([]);
  });

  test("holds what the system's owners asked for", () => {
    const table = Object.values<ZellyConfig>(zellyEnvironments).map(
      ({ region, state, network, aurora, redis, clickhouse, services, protection, registry }) => ({
        region,
        state: `${state.key} in ${state.region}, locked by ${state.lockTable}`,
        network: `${network.cidr} in ${Object.keys(network.zones).join("")}, NAT ${JSON.stringify(network.nat)}`,
        aurora: `${aurora.access === "private" ? "private" : "public"}, up to ${aurora.maxAcu} ACU`,
        redis: redis.nodeType,
        clickhouse: `${clickhouse.instanceType}, ${clickhouse.dataGib} GiB`,
        tasks: Object.values(services).map(
          ({ cpu, memoryMib, tasks }) => `${cpu}/${memoryMib} ${tasks.min}-${tasks.max}@${tasks.cpuPercent ?? "-"}`,
        ),
        protected: protection === "protected",
        registry: registry === "create" ? "created" : "read",
      }),
    );
    expect(table).toEqual([
      {
        region: "ap-south-1",
        state: "production/terraform.tfstate in ap-south-1, locked by zelly-terraform-locks",
        network: '10.0.0.0/16 in abc, NAT {"single":"a"}',
        aurora: "private, up to 8 ACU",
        redis: "cache.t4g.small",
        clickhouse: "t3.medium, 50 GiB",
        tasks: ["1024/2048 1-4@70", "512/1024 1-2@70", "512/1024 1-2@70", "256/512 1-1@-", "1024/2048 1-4@70", "256/512 1-1@-"],
        protected: true,
        registry: "created",
      },
      {
        region: "ap-southeast-1",
        state: "staging/terraform.tfstate in ap-south-1, locked by zelly-terraform-locks",
        network: '10.1.0.0/16 in abc, NAT {"single":"a"}',
        aurora: "public, up to 2 ACU",
        redis: "cache.t4g.micro",
        clickhouse: "t3.small, 20 GiB",
        tasks: ["1024/2048 1-2@70", "512/1024 1-2@70", "512/1024 1-2@70", "256/512 1-1@-", "1024/2048 1-2@70", "256/512 1-1@-"],
        protected: false,
        registry: "read",
      },
    ]);
  });
});

test("every environment keeps its state in one bucket, whose name the operators choose", () => {
  expect(new Set(Object.values(zellyEnvironments).map(({ state }) => state.bucket)).size).toBe(1);
});

describe("values that do not go together", () => {
  test("two environments in overlapping blocks", () => {
    expect(faultsOf({ "staging.network": { ...zellyEnvironments.production.network } })).toEqual([
      'zelly.staging.network.cidr: must not overlap production\'s 10.0.0.0/16, got "10.0.0.0/16"',
    ]);
  });

  test("two environments in one region of one account, whose names would meet", () => {
    expect(faultsOf({ "staging.region": "ap-south-1", "staging.registry": "create" })).toEqual([
      'zelly.staging.region: must differ from production\'s in one account, because names would meet, got "ap-south-1"',
    ]);
    expect(faultsOf({ "staging.region": "ap-south-1", "staging.registry": "create", "staging.accountId": "222222222222" })).toEqual([]);
  });

  test("two environments with one state", () => {
    expect(faultsOf({ "staging.state.key": "production/terraform.tfstate" })).toEqual([
      'zelly.staging.state.key: must differ from production\'s, got "production/terraform.tfstate"',
    ]);
    expect(faultsOf({ "staging.state.key": "production/terraform.tfstate", "staging.state.bucket": "another-state" })).toEqual([]);
  });

  test.each(["10.10.0.0/16", "10.10.0.0/24"])("a VPC of %s, which the VPN's addresses are in", (cidr) => {
    const mask = Number(cidr.split("/")[1]);
    const subnets =
      mask === 16
        ? ["10.10.16.0/20", "10.10.32.0/20", "10.10.48.0/20", "10.10.64.0/20"]
        : ["10.10.0.0/26", "10.10.0.64/26", "10.10.0.128/26", "10.10.0.192/26"];
    const [publicA, privateA, publicB, privateB] = subnets;
    const zones = { a: { publicCidr: publicA, privateCidr: privateA }, b: { publicCidr: publicB, privateCidr: privateB } };
    expect(faultsOf({ "staging.network.cidr": cidr, "staging.network.zones": zones })).toEqual([
      `zelly.staging.network.cidr: must not overlap the VPN's 10.10.0.0/24, got "${cidr}"`,
    ]);
  });

  test("every one of them, and every wrong value of every environment, at once", () => {
    const values = valuesWith({
      "production.accountId": "12",
      "production.aurora.minAcu": 9,
      "staging.region": "ap-south-1",
      "staging.network.nat.single": "z",
      "staging.state.key": "production/terraform.tfstate",
      "staging.redis.nodeType": "small",
    });
    expect(zellyFaults(values)).toEqual([
      'zelly.production.accountId: must be an AWS account id, twelve digits, got "12"',
      "zelly.production.aurora.minAcu: must not be over maxAcu, got 9",
      'zelly.staging.redis.nodeType: must be an instance type such as cache.t4g.micro, got "small"',
      'zelly.staging.network.nat.single: must be one of the zones a, b, c, got "z"',
      'zelly.staging.state.key: must differ from production\'s, got "production/terraform.tfstate"',
    ]);
  });
});

describe("what AWS would refuse at apply, or should never be asked for", () => {
  const path = (fault: string | undefined): string | undefined => fault?.split(": must ")[0];

  test.each([
    [
      "one zone, where Aurora and a public balancer need two",
      "staging.network.zones",
      { a: { publicCidr: "10.1.0.0/20", privateCidr: "10.1.128.0/20" } },
      "staging.network.zones",
    ],
    ["a subnet smaller than /28", "staging.network.zones.a.publicCidr", "10.1.0.0/29", "staging.network.zones.a.publicCidr"],
    ["a database that the whole internet reaches", "staging.aurora.access.publicTo", ["0.0.0.0/0"], "staging.aurora.access.publicTo.0"],
    ["a registry in a region where nobody makes one", "staging.registry.readFrom", "eu-west-1", "staging.registry.readFrom"],
  ])("%s is refused here already", (_what, changed, value, expected) => {
    const faults = faultsOf({ [changed]: value });
    expect(faults.map(path)).toEqual([`zelly.${expected}`]);
  });
});
