import type { AllThriveConfig } from "./allthrive-schema";
import { allthriveEnvironment } from "./allthrive-schema";
import { type Fault, fault, schemaFaults } from "./config-error";
import { networkFaults, overlapFaults, sharedStateFaults } from "./environment-faults";

/** State of both environments is in one bucket. */
const state = {
  bucket: "allthrive-terraform-state",
  region: "us-east-1",
  lockTable: "allthrive-terraform-locks",
  organization: "example",
  project: "allthrive",
};

/** Sizes that both environments share: CPU in units of 1/1024 vCPU, memory in MiB. */
const medium = { cpu: 512, memoryMib: 1024 };
const small = { cpu: 256, memoryMib: 512 };
const one = { min: 1, max: 1 };

export const allthriveEnvironments = {
  production: {
    accountId: "222222222222",
    region: "us-east-1",
    state: { ...state, key: "production/terraform.tfstate" },
    protection: "protected",
    vpc: {
      cidr: "10.20.0.0/16",
      zones: {
        a: { publicCidr: "10.20.0.0/20", privateCidr: "10.20.128.0/20" },
        b: { publicCidr: "10.20.16.0/20", privateCidr: "10.20.144.0/20" },
      },
      nat: { single: "a" },
      flowLogDays: 30,
    },
    endpoints: [],
    dns: { zone: "allthrive.ai", site: "allthrive.ai", api: "api.allthrive.ai", ws: "ws.allthrive.ai" },
    rds: { instanceClass: "db.t3.micro", storageGib: 20, maxStorageGib: 100, multiAz: true, backupDays: 14, passwordVersion: 1 },
    elasticache: { nodeType: "cache.t4g.micro" },
    backupLockDays: 30,
    services: {
      web: { ...medium, tasks: { min: 1, max: 4, cpuPercent: 70 } },
      celery: { ...medium, tasks: { min: 1, max: 4, cpuPercent: 70 }, capacity: "spot" },
      celeryBeat: { ...small, tasks: one, capacity: "onDemand" },
      weaviate: { ...medium, tasks: one },
    },
    cloudfront: {
      origin: "private",
      priceClass: "PriceClass_100",
      waf: { managedRules: { requestsPerFiveMinutes: 2000 } },
    },
    github: {
      repository: "example/allthrive",
      provider: "create",
      environments: { plan: "production-plan", push: "production-push", deploy: "production" },
    },
    monthlyBudgetUsd: 220,
  },
  staging: {
    accountId: "222222222222",
    region: "us-east-1",
    state: { ...state, key: "staging/terraform.tfstate" },
    protection: { unprotectedBecause: "staging holds no data that is missed" },
    vpc: {
      cidr: "10.21.0.0/16",
      zones: {
        a: { publicCidr: "10.21.0.0/20", privateCidr: "10.21.128.0/20" },
        b: { publicCidr: "10.21.16.0/20", privateCidr: "10.21.144.0/20" },
      },
      nat: { single: "a" },
      flowLogDays: 7,
    },
    endpoints: [],
    dns: {
      zone: "allthrive.ai",
      site: "staging.allthrive.ai",
      api: "api.staging.allthrive.ai",
      ws: "ws.staging.allthrive.ai",
    },
    rds: {
      instanceClass: "db.t3.micro",
      storageGib: 20,
      maxStorageGib: 50,
      multiAz: { singleZoneBecause: "staging may be away while a zone is" },
      backupDays: 1,
      passwordVersion: 1,
    },
    elasticache: { nodeType: "cache.t4g.micro" },
    backupLockDays: 1,
    services: {
      web: { ...medium, tasks: one },
      celery: { ...medium, tasks: one, capacity: "spot" },
      celeryBeat: { ...small, tasks: one, capacity: "onDemand" },
      weaviate: { ...medium, tasks: one },
    },
    cloudfront: {
      origin: "private",
      priceClass: "PriceClass_100",
      waf: { noneBecause: "staging's names are known to the team alone" },
    },
    github: {
      repository: "example/allthrive",
      provider: "read",
      environments: { plan: "staging-plan", push: "staging-push", deploy: "staging" },
    },
    monthlyBudgetUsd: 180,
  },
} satisfies Record<string, AllThriveConfig>;

/** Every fault of AllThrive's environments, by path. */
export function allthriveFaults(values: Readonly<Record<string, AllThriveConfig>>): Fault[] {
  const wrongShape = Object.entries(values).flatMap(([name, config]) => schemaFaults(["allthrive", name], allthriveEnvironment, config));
  const whole = Object.fromEntries(
    Object.entries(values)
      .filter(([, { vpc, state, github, dns }]: [string, Partial<AllThriveConfig>]) => vpc?.zones && state && github && dns)
      .map(([name, config]) => [name, { ...config, network: config.vpc }]),
  );
  return [
    ...wrongShape,
    ...Object.entries(whole).flatMap(([name, { vpc }]) => networkFaults(["allthrive", name, "vpc"], vpc)),
    ...overlapFaults("allthrive", whole, "vpc"),
    ...sharedStateFaults("allthrive", whole),
    ...githubFaults(whole),
    ...hostFaults(whole),
  ];
}

/** Faults of accounts where GitHub's provider is made twice, or by nobody. */
function githubFaults(values: Readonly<Record<string, AllThriveConfig>>): Fault[] {
  const makers = (account: string) =>
    Object.entries(values).filter(([, { accountId, github }]) => accountId === account && github.provider === "create");
  return Object.entries(values).flatMap(([name, { accountId, github }]) => {
    const [first] = makers(accountId);
    const path = ["allthrive", name, "github", "provider"];
    if (github.provider === "create" && first !== undefined && first[0] !== name)
      return [fault(path, `must be "read", because ${first[0]} makes the account's one provider`, github.provider)];
    if (github.provider === "read" && first === undefined)
      return [fault(path, 'must be "create", because no environment of the account makes it', github.provider)];
    return [];
  });
}

/** Faults of two names that are one: whichever root is deployed last would take it. */
function hostFaults(values: Readonly<Record<string, AllThriveConfig>>): Fault[] {
  const seen = new Map<string, string>();
  return Object.entries(values).flatMap(
    ([
      name,
      {
        dns: { zone: _zone, ...hosts },
      },
    ]) =>
      Object.entries(hosts).flatMap(([key, host]) => {
        const other = seen.get(host);
        seen.set(host, `${name}'s ${key}`);
        return other === undefined ? [] : [fault(["allthrive", name, "dns", key], `must differ from ${other}`, host)];
      }),
  );
}
