import type { AllThriveConfig } from "./allthrive-schema";
import { allthriveEnvironment } from "./allthrive-schema";
import { claimFaults, makerFaults } from "./claim-faults";
import { type Fault, fault, schemaFaults } from "./config-error";
import { environmentsHaving, groupsOf, networkFaults, overlapFaults, sharedStateFaults } from "./environment-faults";

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
  const having = (field: keyof AllThriveConfig) => environmentsHaving(values, allthriveEnvironment.shape, [field]);
  const networks = Object.fromEntries(Object.entries(having("vpc")).map(([name, config]) => [name, { ...config, network: config.vpc }]));
  return [
    ...wrongShape,
    ...Object.entries(networks).flatMap(([name, { vpc }]) => networkFaults(["allthrive", name, "vpc"], vpc)),
    ...overlapFaults("allthrive", networks, "vpc"),
    ...sharedStateFaults("allthrive", having("state")),
    ...repeatedFaults(having("dns"), ["dns"], {
      values: ({ dns: { zone: _zone, ...hosts } }) => hosts,
      among: () => "everybody",
      because: "whichever root is deployed last would take the name",
    }),
    ...repeatedFaults(having("github"), ["github", "environments"], {
      values: ({ github }) => github.environments,
      among: ({ github }) => github.repository,
      because: "a job of it could take both roles",
    }),
    ...providerFaults(groupsOf(values)),
    ...Object.entries(having("cloudfront")).flatMap(([name, config]) => certificateFaults(name, config)),
  ];
}

function isRight(config: AllThriveConfig, field: keyof AllThriveConfig): boolean {
  return allthriveEnvironment.shape[field].safeParse(config[field]).success;
}

/** Faults of accounts where GitHub's provider is made twice, or by nobody; none as long as it is not known whose an environment is. */
function providerFaults(values: Readonly<Record<string, AllThriveConfig>>): Fault[] {
  const all = Object.entries(values);
  if (!all.every(([, config]) => isRight(config, "accountId") && isRight(config, "github"))) return [];
  return makerFaults(
    all.map(([environment, { accountId, github }]) => ({
      environment,
      path: ["allthrive", environment, "github", "provider"],
      place: accountId,
      choice: github.provider,
    })),
    { thing: "provider", otherwise: "read" },
  );
}

/** What must not be in two fields, of one environment or of two. */
interface Different {
  /** By the names of the fields. */
  readonly values: (config: AllThriveConfig) => Readonly<Record<string, string>>;
  /** Only environments that agree in this are compared. */
  readonly among: (config: AllThriveConfig) => string;
  readonly because: string;
}

/** @param where path of the fields in an environment. */
function repeatedFaults(
  environments: Readonly<Record<string, AllThriveConfig>>,
  where: readonly string[],
  { values, among, because }: Different,
): Fault[] {
  return claimFaults(
    Object.entries(environments).flatMap(([name, config]) =>
      Object.entries(values(config)).map(([field, value]) => ({
        path: ["allthrive", name, ...where, field],
        got: value,
        taken: `${among(config)} ${value}`,
        owner: `${name}'s ${field}`,
        rule: (owner) => `must differ from ${owner}, because ${because}`,
      })),
    ),
  );
}

/** CloudFront takes certificates of its own account alone. */
function certificateFaults(name: string, config: AllThriveConfig): Fault[] {
  const { accountId, cloudfront } = config;
  const { certificateArn } = cloudfront;
  const [, , , , owner] = certificateArn?.split(":") ?? [];
  if (owner === undefined || owner === accountId || !isRight(config, "accountId")) return [];
  return [fault(["allthrive", name, "cloudfront", "certificateArn"], `must be of the environment's account ${accountId}`, certificateArn)];
}
