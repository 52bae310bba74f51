import { type Fault, fault, schemaFaults } from "./config-error";
import { networkFaults, overlapFaults, sharedStateFaults } from "./environment-faults";
import { type MarqoConfig, marqoEnvironment, usersAccountsTableName } from "./marqo-schema";

const state = {
  bucket: "marqo-terraform-state",
  region: "us-east-1",
  lockTable: "marqo-terraform-locks",
  organization: "example",
  project: "marqo",
};

/** What everybody may call: a load balancer's question, and Stripe, which signs what it sends. */
const publicRoutes: MarqoConfig["api"]["publicRoutes"] = [
  { method: "GET", path: "/api/health" },
  { method: "POST", path: "/api/stripe/webhook" },
];

const named = (environment: string): MarqoConfig["secrets"] => ({
  stripeSecretKey: `${environment}/stripe-secret-key`,
  apiKeyEncryptionKey: `${environment}/api-key-encryption-key`,
});

const console = (host: string): Pick<MarqoConfig["api"], "consoleUrl" | "domain"> => ({
  consoleUrl: `https://${host}/`,
  domain: { zone: "example.com", host },
});

export const marqoEnvironments = {
  dev: {
    accountId: "333333333333",
    region: "us-east-1",
    state: { ...state, key: "dev/terraform.tfstate" },
    protection: { unprotectedBecause: "dev holds no data that is missed" },
    network: {
      cidr: "10.30.0.0/16",
      zones: {
        a: { publicCidr: "10.30.0.0/20", privateCidr: "10.30.128.0/20" },
        b: { publicCidr: "10.30.16.0/20", privateCidr: "10.30.144.0/20" },
      },
      nat: { single: "a" },
      flowLogDays: 7,
    },
    usersAccountsTablePrefix: "environment",
    monolith: { cpu: 512, memoryMib: 1024, tasks: { min: 1, max: 2, cpuPercent: 70 } },
    dataPlaneCells: { "us-east-1a": "a1b2c3d4e5" },
    secrets: named("dev"),
    users: { pool: { mfa: "off" }, allowedEmailDomains: ["example.com"], plusAddresses: "allowed" },
    api: {
      authorizer: "cognito",
      publicRoutes,
      requestsPerSecond: 50,
      burst: 100,
      logsRole: "create",
      ...console("console.dev.example.com"),
    },
    waf: { rules: { countBecause: "dev shows what the rules would refuse before they do" }, requestsPerFiveMinutes: 2000 },
    monthlyBudgetUsd: 120,
  },
  staging: {
    accountId: "333333333333",
    region: "us-east-1",
    state: { ...state, key: "staging/terraform.tfstate" },
    protection: { unprotectedBecause: "staging holds no data that is missed" },
    network: {
      cidr: "10.31.0.0/16",
      zones: {
        a: { publicCidr: "10.31.0.0/20", privateCidr: "10.31.128.0/20" },
        b: { publicCidr: "10.31.16.0/20", privateCidr: "10.31.144.0/20" },
      },
      nat: { single: "a" },
      flowLogDays: 7,
    },
    // A controller outside this repository knows staging's table by its bare name.
    usersAccountsTablePrefix: "none",
    monolith: { cpu: 512, memoryMib: 1024, tasks: { min: 1, max: 2, cpuPercent: 70 } },
    dataPlaneCells: { "us-east-1a": "f6g7h8i9j0" },
    secrets: named("staging"),
    users: { pool: { mfa: "optional" }, allowedEmailDomains: ["example.com"], plusAddresses: "allowed" },
    api: {
      authorizer: "cognito",
      publicRoutes,
      requestsPerSecond: 50,
      burst: 100,
      logsRole: "exists",
      ...console("console.staging.example.com"),
    },
    waf: { rules: "block", requestsPerFiveMinutes: 2000 },
    monthlyBudgetUsd: 120,
  },
  prod: {
    accountId: "333333333333",
    region: "us-east-1",
    state: { ...state, key: "prod/terraform.tfstate" },
    protection: "protected",
    network: {
      cidr: "10.32.0.0/16",
      zones: {
        a: { publicCidr: "10.32.0.0/20", privateCidr: "10.32.128.0/20" },
        b: { publicCidr: "10.32.16.0/20", privateCidr: "10.32.144.0/20" },
      },
      nat: "perZone",
      flowLogDays: 30,
    },
    usersAccountsTablePrefix: "environment",
    monolith: { cpu: 1024, memoryMib: 2048, tasks: { min: 2, max: 6, cpuPercent: 70 } },
    dataPlaneCells: { "us-east-1a": "k1l2m3n4o5", "us-east-1b": "p6q7r8s9t0" },
    secrets: named("prod"),
    users: { pool: { mfa: "optional" }, allowedEmailDomains: "any", plusAddresses: "refused" },
    api: { authorizer: "cognito", publicRoutes, requestsPerSecond: 200, burst: 400, logsRole: "exists", ...console("console.example.com") },
    waf: { rules: "block", requestsPerFiveMinutes: 2000 },
    monthlyBudgetUsd: 300,
  },
} satisfies Record<string, MarqoConfig>;

/** Every fault of Marqo's environments, by path. */
export function marqoFaults(values: Readonly<Record<string, MarqoConfig>>): Fault[] {
  const wrongShape = Object.entries(values).flatMap(([name, config]) => schemaFaults(["marqo", name], marqoEnvironment, config));
  const whole = Object.fromEntries(
    Object.entries(values).filter(([, { network, state, api }]: [string, Partial<MarqoConfig>]) => network?.zones && state && api),
  );
  return [
    ...wrongShape,
    ...Object.entries(whole).flatMap(([name, { network }]) => networkFaults(["marqo", name, "network"], network)),
    ...overlapFaults("marqo", whole),
    ...sharedStateFaults("marqo", whole),
    ...tableFaults(whole),
    ...logsRoleFaults(whole),
  ];
}

/** Faults of two environments that would have one table. */
function tableFaults(values: Readonly<Record<string, MarqoConfig>>): Fault[] {
  const seen = new Map<string, string>();
  return Object.entries(values).flatMap(([name, config]) => {
    const place = `${config.accountId} ${config.region} ${usersAccountsTableName(name, config)}`;
    const other = seen.get(place);
    seen.set(place, other ?? name);
    if (other === undefined) return [];
    const rule = `must differ from ${other}'s in one account, because both would have the table ${usersAccountsTableName(name, config)}`;
    return [fault(["marqo", name, "usersAccountsTablePrefix"], rule, config.usersAccountsTablePrefix)];
  });
}

/** Faults of accounts where API Gateway's role for logs is made twice, or by nobody. */
function logsRoleFaults(values: Readonly<Record<string, MarqoConfig>>): Fault[] {
  return Object.entries(values).flatMap(([name, { accountId, region, api }]) => {
    const makers = Object.entries(values).filter(
      ([, other]) => other.accountId === accountId && other.region === region && other.api.logsRole === "create",
    );
    const [first] = makers;
    const path = ["marqo", name, "api", "logsRole"];
    if (api.logsRole === "create" && first !== undefined && first[0] !== name)
      return [fault(path, `must be "exists", because ${first[0]} makes the account's one role`, api.logsRole)];
    if (api.logsRole === "exists" && first === undefined)
      return [fault(path, 'must be "create", because no environment of the account makes it', api.logsRole)];
    return [];
  });
}
