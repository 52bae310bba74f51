import { atlasEnvironments, atlasFaults } from "../../config/atlas";
import { loadSystems } from "../../config/systems";
import { EXPORTS, faultsOf, valuesWith } from "./atlas-values";

describe("Atlas' configuration", () => {
  test("is right as it stands, for staging and prod", () => {
    expect(atlasFaults(atlasEnvironments)).toEqual([]);
    expect(Object.keys(loadSystems().atlas)).toEqual(["staging", "prod"]);
  });

  test("holds what the system's owners asked for", () => {
    const table = Object.values({ ...valuesWith() }).map(({ accountId, region, names, network, msk, rds, dns, exports }) => ({
      place: `${accountId} ${region}`,
      names: `${names.project}-${names.environment}`,
      network: `${network.cidr} in ${Object.keys(network.zones).join("")}, NAT ${JSON.stringify(network.nat)}`,
      msk: `${msk.zones.length * msk.brokersPerZone} of ${msk.brokerType}, ${msk.tier}, ${JSON.stringify(msk.phase)}`,
      rds: `${rds.instanceClass}, ${rds.access === "private" ? "private" : `public to ${rds.access.publicTo}`}`,
      hosts: [dns.eventsIngestionHost, dns.dashboardBackendHost, dns.kafkaUiHost],
      exports,
    }));
    expect(table).toEqual([
      {
        place: "444444444444 us-east-1",
        names: "poc-atlas-dev",
        network: '10.40.0.0/16 in ab, NAT "perZone"',
        msk: '2 of kafka.t3.small, public, "create"',
        rds: "db.t4g.micro, public to 203.0.113.0/24",
        hosts: ["events.atlas-staging.example.com", "dashboard.atlas-staging.example.com", "kafka.atlas-staging.example.com"],
        exports: "off",
      },
      {
        place: "555555555555 us-east-1",
        names: "poc-atlas-prod",
        network: '10.41.0.0/16 in ab, NAT "perZone"',
        msk: '2 of kafka.m7g.large, private, "create"',
        rds: "db.t4g.medium, private",
        hosts: ["events.atlas.example.com", "dashboard.atlas.example.com", "kafka.atlas.example.com"],
        exports: "off",
      },
    ]);
  });
});

describe("values that do not go together", () => {
  test("two environments in overlapping blocks", () => {
    expect(faultsOf({ "prod.network": valuesWith().staging.network })).toEqual([
      'atlas.prod.network.cidr: must not overlap staging\'s 10.40.0.0/16, got "10.40.0.0/16"',
    ]);
  });

  test("two environments with one state, unless it is in another bucket", () => {
    const key = { "prod.state.key": "staging/terraform.tfstate" };
    expect(faultsOf(key)).toHaveLength(1);
    expect(faultsOf({ ...key, "prod.state.bucket": "another-state" })).toEqual([]);
  });

  test("every one of them, and every wrong value of both environments, at once", () => {
    expect(
      faultsOf({
        "staging.accountId": "12",
        "staging.kafkaUiAccess": {},
        "staging.msk.clientAuthentication": "none",
        "staging.msk.zones": ["a", "f"],
        "staging.rds.maxStorageGib": 20,
        "staging.colour": "red",
        "prod.msk.topics.1.replicas": 4,
        "prod.msk.phase": { public: { to: ["203.0.113.0/24"], because: "partners send their events" } },
        "prod.exports": { ...EXPORTS, readers: [] },
        "prod.dns.kafkaUiHost": "kafka.example.org",
        "prod.dns.eventsIngestionHost": "events.atlas-staging.example.com",
        "prod.network.nat": { single: "z" },
        "prod.state.key": "staging/terraform.tfstate",
      })
        .map((fault) => fault.slice("atlas.".length, fault.indexOf(": must")))
        .sort(),
    ).toEqual([
      "prod.dns.eventsIngestionHost",
      "prod.dns.kafkaUiHost",
      "prod.exports",
      "prod.exports.readers",
      "prod.msk.tier",
      "prod.msk.topics.1.replicas",
      "prod.network.nat.single",
      "prod.state.key",
      "staging",
      "staging.accountId",
      "staging.kafkaUiAccess",
      "staging.msk.clientAuthentication",
      "staging.msk.zones.1",
      "staging.rds.maxStorageGib",
    ]);
  });
});

test("Atlas' faults stand beside those of every other system, and one state belongs to one system", () => {
  const systems = loadSystems();
  const atlas = { ...valuesWith({ "staging.region": "mars" }) };
  expect(() => loadSystems({ ...systems, atlas })).toThrow(
    expect.objectContaining({
      name: "ConfigError",
      faults: ['atlas.staging.region: must be an AWS region such as us-east-1, got "mars"'],
    }),
  );
  const { bucket, key } = systems.allthrive["staging"]?.state ?? { bucket: "", key: "" };
  const shared = { ...valuesWith({ "staging.state.bucket": bucket, "staging.state.key": key }) };
  expect(() => loadSystems({ ...systems, atlas: shared })).toThrow(
    `atlas.staging.state: must not be in the bucket and under the key of allthrive.staging's, got "${bucket}/${key}"`,
  );
});
