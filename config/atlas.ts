import { type AtlasConfig, atlasEnvironment } from "./atlas-schema";
import { claimFaults } from "./claim-faults";
import { type Fault, schemaFaults } from "./config-error";
import { environmentsHaving, networkFaults, overlapFaults, sharedStateFaults } from "./environment-faults";
import { mskZoneFaults } from "./kafka-schema";

const state = {
  bucket: "atlas-terraform-state",
  region: "us-east-1",
  lockTable: "atlas-terraform-locks",
  organization: "example",
  project: "atlas",
};

/** Sizes that both environments share: CPU in units of 1/1024 vCPU, memory in MiB. */
const medium = { cpu: 512, memoryMib: 1024 };
const one = { min: 1, max: 1 };

export const atlasEnvironments = {
  staging: {
    names: { project: "poc-atlas", environment: "dev" },
    accountId: "444444444444",
    region: "us-east-1",
    state: { ...state, key: "staging/terraform.tfstate" },
    protection: { unprotectedBecause: "staging holds no data that is missed" },
    network: {
      cidr: "10.40.0.0/16",
      zones: {
        a: { publicCidr: "10.40.0.0/20", privateCidr: "10.40.128.0/20" },
        b: { publicCidr: "10.40.16.0/20", privateCidr: "10.40.144.0/20" },
      },
      nat: "perZone",
      flowLogDays: 7,
    },
    dns: {
      zone: "example.com",
      eventsIngestionHost: "events.atlas-staging.example.com",
      dashboardBackendHost: "dashboard.atlas-staging.example.com",
      kafkaUiHost: "kafka.atlas-staging.example.com",
    },
    services: {
      eventsIngestion: { ...medium, tasks: one },
      dashboardBackend: { ...medium, tasks: one },
      kafkaUi: { ...medium, tasks: one },
    },
    kafkaUiAccess: { allowFrom: ["203.0.113.0/24"] },
    msk: {
      brokerType: "kafka.t3.small",
      zones: ["a", "b"],
      // Where public access needs them; without it nobody outside reaches them there either.
      tier: "public",
      brokersPerZone: 1,
      storageGib: 50,
      maxStorageGib: 200,
      // AWS gives no cluster public access while it makes it. After the first deployment: { public: { to, because } }.
      phase: "create",
      topics: [
        { name: "events.raw", partitions: 6, replicas: 2, cleanupPolicy: "delete", retentionHours: 72 },
        { name: "events.dead-letter", partitions: 1, replicas: 2, cleanupPolicy: "delete", retentionHours: 336 },
      ],
    },
    rds: {
      instanceClass: "db.t4g.micro",
      storageGib: 20,
      maxStorageGib: 50,
      multiAz: { singleZoneBecause: "staging may be away while a zone is" },
      access: { publicTo: ["203.0.113.0/24"], because: "developers reach staging from the office" },
      passwordVersion: 1,
    },
    exports: "off",
    monthlyBudgetUsd: 350,
  },
  prod: {
    names: { project: "poc-atlas", environment: "prod" },
    accountId: "555555555555",
    region: "us-east-1",
    state: { ...state, key: "prod/terraform.tfstate" },
    protection: "protected",
    network: {
      cidr: "10.41.0.0/16",
      zones: {
        a: { publicCidr: "10.41.0.0/20", privateCidr: "10.41.128.0/20" },
        b: { publicCidr: "10.41.16.0/20", privateCidr: "10.41.144.0/20" },
      },
      nat: "perZone",
      flowLogDays: 30,
    },
    dns: {
      zone: "example.com",
      eventsIngestionHost: "events.atlas.example.com",
      dashboardBackendHost: "dashboard.atlas.example.com",
      kafkaUiHost: "kafka.atlas.example.com",
    },
    services: {
      eventsIngestion: { ...medium, tasks: { min: 2, max: 6, cpuPercent: 70 } },
      dashboardBackend: { ...medium, tasks: { min: 2, max: 4, cpuPercent: 70 } },
      kafkaUi: { ...medium, tasks: one },
    },
    kafkaUiAccess: { allowFrom: ["203.0.113.0/24"] },
    msk: {
      brokerType: "kafka.m7g.large",
      zones: ["a", "b"],
      tier: "private",
      brokersPerZone: 1,
      storageGib: 200,
      maxStorageGib: 2000,
      // After the first deployment: { multiVpc: { clients } }, for the accounts that connect.
      phase: "create",
      topics: [
        { name: "events.raw", partitions: 12, replicas: 2, cleanupPolicy: "delete", retentionHours: 168 },
        { name: "events.dead-letter", partitions: 1, replicas: 2, cleanupPolicy: "delete", retentionHours: 336 },
      ],
    },
    rds: {
      instanceClass: "db.t4g.medium",
      storageGib: 50,
      maxStorageGib: 500,
      multiAz: true,
      access: "private",
      passwordVersion: 1,
    },
    exports: "off",
    monthlyBudgetUsd: 800,
  },
} satisfies Record<string, AtlasConfig>;

/** Every fault of Atlas's environments, by path. */
export function atlasFaults(values: Readonly<Record<string, AtlasConfig>>): Fault[] {
  const wrongShape = Object.entries(values).flatMap(([name, config]) => schemaFaults(["atlas", name], atlasEnvironment, config));
  const having = (...fields: (keyof AtlasConfig)[]) => environmentsHaving(values, atlasEnvironment.shape, fields);
  const networks = having("network");
  return [
    ...wrongShape,
    ...Object.entries(networks).flatMap(([name, { network }]) => networkFaults(["atlas", name, "network"], network)),
    ...Object.entries(having("network", "msk")).flatMap(([name, { msk, network }]) => mskZoneFaults(["atlas", name, "msk"], msk, network)),
    ...overlapFaults("atlas", networks),
    ...sharedStateFaults("atlas", having("state")),
    ...nameFaults(having("names", "accountId", "region")),
    ...hostFaults(having("dns")),
  ];
}

/** Faults of two environments with one host. Two hosts of one environment have the schema's own fault. */
function hostFaults(values: Readonly<Record<string, AtlasConfig>>): Fault[] {
  return claimFaults(
    Object.entries(values).flatMap(([name, { dns }]) => {
      const { zone: _zone, ...hosts } = dns;
      return Object.entries(hosts).map(([field, host]) => ({
        path: ["atlas", name, "dns", field],
        got: host,
        taken: host,
        owner: `${name}'s ${field}`,
        group: name,
        rule: (owner: string) => `must differ from ${owner}, because whichever root is deployed last would take the name`,
      }));
    }),
  );
}

/** Faults of two environments whose names in AWS would meet. */
function nameFaults(values: Readonly<Record<string, AtlasConfig>>): Fault[] {
  return claimFaults(
    Object.entries(values).map(([name, { names, accountId, region }]) => ({
      path: ["atlas", name, "names", "environment"],
      got: names.environment,
      taken: `${accountId} ${region} ${names.project}-${names.environment}`,
      owner: name,
      rule: (owner) => `must differ from ${owner}'s in one account, because names would meet`,
    })),
  );
}
