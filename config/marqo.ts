import { claimFaults, makerFaults } from "./claim-faults";
import { isUserPoolOf } from "./cognito-schema";
import { type Fault, fault, hasTypes, schemaFaults } from "./config-error";
import { environmentsHaving, groupsOf, networkFaults, overlapFaults, sharedStateFaults } from "./environment-faults";
import { type MarqoConfig, marqoEnvironment, siteBucketName, usersAccountsTableName } from "./marqo-schema";

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
      logsRole: "exists",
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
    api: {
      authorizer: "cognito",
      publicRoutes,
      requestsPerSecond: 200,
      burst: 400,
      // Of the three it is the one that nobody takes down: without the role the others' APIs stop logging.
      logsRole: "create",
      ...console("console.example.com"),
    },
    waf: { rules: "block", requestsPerFiveMinutes: 2000 },
    monthlyBudgetUsd: 300,
  },
} satisfies Record<string, MarqoConfig>;

/** Every fault of Marqo's environments, by path. */
export function marqoFaults(values: Readonly<Record<string, MarqoConfig>>): Fault[] {
  const wrongShape = Object.entries(values).flatMap(([name, config]) => schemaFaults(["marqo", name], marqoEnvironment, config));
  const having = (field: Field) => environmentsHaving(values, marqoEnvironment.shape, [field]);
  const networks = having("network");
  return [
    ...wrongShape,
    ...Object.entries(networks).flatMap(([name, { network }]) => networkFaults(["marqo", name, "network"], network)),
    ...overlapFaults("marqo", networks),
    ...sharedStateFaults("marqo", having("state")),
    ...Object.entries(having("users")).flatMap(([name, config]) => poolFaults(name, config)),
    ...takenNameFaults(groupsOf(values)),
    ...logsRoleFaults(groupsOf(values)),
  ];
}

type Field = keyof MarqoConfig;

function has(config: MarqoConfig, field: Field): boolean {
  return hasTypes(marqoEnvironment.shape[field], config[field]);
}

/** Faults of a user pool that is there already, but elsewhere. What is no id at all has its own fault. */
function poolFaults(name: string, { region, users }: MarqoConfig): Fault[] {
  const { pool } = users;
  const id = typeof pool === "object" && pool !== null && "importedId" in pool ? pool.importedId : undefined;
  if (id === undefined || isUserPoolOf(region, id)) return [];
  return [fault(["marqo", name, "users", "pool", "importedId"], `must be a pool of ${region}, where the API is`, id)];
}

/** A name in AWS that one environment alone can have. */
interface Name {
  /** Field that it comes from. */
  readonly path: readonly string[];
  readonly got: string;
  /** The name, with whatever it is unique in. */
  readonly taken: string;
  readonly because: string;
}

/** Faults of names that two environments, or two fields of one, would take. */
function takenNameFaults(values: Readonly<Record<string, MarqoConfig>>): Fault[] {
  return claimFaults(
    Object.entries(values).flatMap(([environment, config]) =>
      namesOf(environment, config).map(({ path, got, taken, because }) => ({
        path: ["marqo", environment, ...path],
        got,
        taken,
        owner: `${environment}'s ${path.join(".")}`,
        rule: (owner) => `must differ from ${owner}, because ${because}`,
      })),
    ),
  );
}

function namesOf(environment: string, config: MarqoConfig): Name[] {
  const place = `${config.accountId} ${config.region}`;
  const names: Name[] = [];
  if (has(config, "usersAccountsTablePrefix")) {
    const table = usersAccountsTableName(environment, config);
    const because = `both would have the table ${table}`;
    names.push({ path: ["usersAccountsTablePrefix"], got: config.usersAccountsTablePrefix, taken: `${place} table ${table}`, because });
  }
  if (has(config, "secrets")) {
    for (const [field, got] of Object.entries(config.secrets))
      names.push({ path: ["secrets", field], got, taken: `${place} secret ${got}`, because: "an account has one secret of a name" });
  }
  const pool = marqoEnvironment.shape.users.safeParse(config.users).data?.pool;
  if (pool !== undefined && "domainPrefix" in pool && pool.domainPrefix !== undefined) {
    const got = pool.domainPrefix;
    const taken = `${config.region} sign-in page ${got}`;
    names.push({ path: ["users", "pool", "domainPrefix"], got, taken, because: "a region has one sign-in page of a name" });
  }
  if (has(config, "api")) {
    const { domain } = config.api;
    const bucket = siteBucketName(environment, config);
    names.push({ path: ["api", "siteBucket"], got: bucket, taken: `bucket ${bucket}`, because: "bucket names belong to everybody" });
    if (domain !== undefined)
      names.push({ path: ["api", "domain", "host"], got: domain.host, taken: `host ${domain.host}`, because: "a name leads to one API" });
  }
  return names;
}

/** Faults of accounts where API Gateway's role for logs is made twice, or by nobody; none as long as it is not known whose an environment is. */
function logsRoleFaults(values: Readonly<Record<string, MarqoConfig>>): Fault[] {
  const all = Object.entries(values);
  const { accountId: anyAccount, region: anyRegion, api: anyApi } = marqoEnvironment.shape;
  const isKnown = ({ accountId, region, api }: Partial<MarqoConfig>): boolean =>
    [anyAccount.safeParse(accountId), anyRegion.safeParse(region), anyApi.shape.logsRole.safeParse(api?.logsRole)].every(
      ({ success }) => success,
    );
  if (!all.every(([, config]) => isKnown(config))) return [];
  return makerFaults(
    all.map(([environment, { accountId, region, api }]) => ({
      environment,
      path: ["marqo", environment, "api", "logsRole"],
      place: `${accountId} ${region}`,
      choice: api.logsRole,
    })),
    { thing: "role", otherwise: "exists" },
  );
}
