import { marqoEnvironments, marqoFaults } from "../../config/marqo";
import { type MarqoConfig, siteBucketName, usersAccountsTableName } from "../../config/marqo-schema";
import { loadSystems } from "../../config/systems";
import { faultsOf, valuesWith } from "./marqo-values";

describe("Marqo's configuration", () => {
  test("is right as it stands, for dev, staging and prod", () => {
    expect(marqoFaults(marqoEnvironments)).toEqual([]);
    expect(Object.keys(loadSystems().marqo)).toEqual(["dev", "staging", "prod"]);
  });

  test("names the table of users with the environment, but for staging's", () => {
    const names = Object.entries(marqoEnvironments).map(([environment, config]) => usersAccountsTableName(environment, config));
    expect(names).toEqual(["dev-UsersAccountsTable", "UsersAccountsTable", "prod-UsersAccountsTable"]);
  });

  test("names the console's bucket with the environment, unless somebody else has the name", () => {
    const { dev, staging } = valuesWith({ "staging.api.siteBucket": "example-marqo-staging-console" });
    expect(siteBucketName("dev", dev)).toBe("dev-console-static");
    expect(siteBucketName("staging", staging)).toBe("example-marqo-staging-console");
    expect(faultsOf({ "staging.api.siteBucket": "example-marqo-staging-console" })).toEqual([]);
  });
});

describe("two environments", () => {
  const table = 'must differ from staging\'s usersAccountsTablePrefix, because both would have the table UsersAccountsTable, got "none"';

  test("must not come to one table of users in one account and region", () => {
    expect(faultsOf({ "prod.usersAccountsTablePrefix": "none" })).toEqual([`marqo.prod.usersAccountsTablePrefix: ${table}`]);
  });

  test.each([
    ["account", { "prod.accountId": "444444444444" }],
    ["region", { "prod.region": "eu-west-1" }],
  ])("may have tables of one name in another %s", (_what, place) => {
    const roles = { "dev.api.logsRole": "create" };
    expect(faultsOf({ "prod.usersAccountsTablePrefix": "none", ...place, ...roles })).toEqual([]);
  });

  test("must not have one secret, and neither must one environment use one twice", () => {
    expect(faultsOf({ "staging.secrets.stripeSecretKey": "dev/stripe-secret-key" })).toEqual([
      'marqo.staging.secrets.stripeSecretKey: must differ from dev\'s secrets.stripeSecretKey, because an account has one secret of a name, got "dev/stripe-secret-key"',
    ]);
    expect(faultsOf({ "dev.secrets.apiKeyEncryptionKey": "dev/stripe-secret-key" })).toEqual([
      'marqo.dev.secrets.apiKeyEncryptionKey: must differ from dev\'s secrets.stripeSecretKey, because an account has one secret of a name, got "dev/stripe-secret-key"',
    ]);
  });

  test("must not have one host name, one bucket or one sign-in page, whatever their accounts", () => {
    const apart = { "prod.accountId": "444444444444", "dev.api.logsRole": "create" };
    const faults = faultsOf({
      ...apart,
      "prod.api.domain.host": "console.dev.example.com",
      "prod.api.consoleUrl": "https://console.dev.example.com/",
      "prod.api.siteBucket": "dev-console-static",
      "dev.users.pool.domainPrefix": "example-console",
      "prod.users.pool.domainPrefix": "example-console",
    });
    expect(faults).toEqual([
      'marqo.prod.users.pool.domainPrefix: must differ from dev\'s users.pool.domainPrefix, because a region has one sign-in page of a name, got "example-console"',
      'marqo.prod.api.siteBucket: must differ from dev\'s api.siteBucket, because bucket names belong to everybody, got "dev-console-static"',
      'marqo.prod.api.domain.host: must differ from dev\'s api.domain.host, because a name leads to one API, got "console.dev.example.com"',
    ]);
  });

  test("must not both make the account's role for logs", () => {
    expect(faultsOf({ "dev.api.logsRole": "create" })).toEqual([
      'marqo.prod.api.logsRole: must be "exists", because dev makes the account\'s one role, got "create"',
    ]);
  });

  test("must not both leave the account's role for logs to somebody else", () => {
    const nobody = (environment: string): string =>
      `marqo.${environment}.api.logsRole: must be "create", because no environment of the account makes it, got "exists"`;
    expect(faultsOf({ "prod.api.logsRole": "exists" })).toEqual(["dev", "staging", "prod"].map(nobody));
    expect(faultsOf({ "dev.region": "eu-west-1" })).toEqual([nobody("dev")]);
    expect(faultsOf({ "dev.region": "eu-west-1", "dev.api.logsRole": "create" })).toEqual([]);
  });

  test("must not have overlapping networks or one state", () => {
    expect(faultsOf({ "staging.network": valuesWith().dev.network, "staging.state.key": "dev/terraform.tfstate" })).toEqual([
      'marqo.staging.network.cidr: must not overlap dev\'s 10.30.0.0/16, got "10.30.0.0/16"',
      'marqo.staging.state.key: must differ from dev\'s, got "dev/terraform.tfstate"',
    ]);
  });
});

test("every fault of every environment is told at once", () => {
  const paths = faultsOf({
    "dev.dataPlaneCells": "{}",
    "dev.users.pool": { importedId: "eu-west-1_a1B2c3D4e" },
    "dev.api.publicRoutes.0.path": "/api/{proxy+}",
    "dev.api.consoleUrl": "nowhere",
    "staging.waf.rules": { countBecause: "no" },
    "staging.network.nat.single": "z",
    "staging.colour": "red",
    "prod.usersAccountsTablePrefix": "none",
    "prod.api.logsRole": "exists",
    "prod.state.key": "dev/terraform.tfstate",
  }).map((fault) => fault.slice("marqo.".length, fault.indexOf(": must")));
  expect(paths).toEqual([
    "dev.dataPlaneCells",
    "dev.api.publicRoutes.0.path",
    "dev.api.consoleUrl",
    "staging.waf.rules.countBecause",
    "staging",
    "staging.network.nat.single",
    "prod.state.key",
    "dev.users.pool.importedId",
    "prod.usersAccountsTablePrefix",
    "dev.api.logsRole",
    "staging.api.logsRole",
    "prod.api.logsRole",
  ]);
});

test("an address that is none is refused with one sentence", () => {
  const marqo: Readonly<Record<string, MarqoConfig>> = { ...valuesWith({ "dev.api.consoleUrl": "nowhere" }) };
  expect(() => loadSystems({ ...loadSystems(), marqo })).toThrow(
    expect.objectContaining({
      name: "ConfigError",
      message: [
        "the configuration is not valid:",
        '  - marqo.dev.api.consoleUrl: must be an https address such as https://console.example.com/, got "nowhere"',
      ].join("\n"),
    }),
  );
});

describe("values that may be", () => {
  test.each([
    ["a pool that is there already", "prod.users.pool", { importedId: "us-east-1_a1B2c3D4e" }],
    ["a second factor for everybody", "prod.users.pool.mfa", "required"],
    ["Cognito's own sign-in page", "prod.users.pool.domainPrefix", "example-console"],
    ["the API's own address", "dev.api.domain", undefined],
    ["the zone's own name", "dev.api.domain.zone", "console.dev.example.com"],
    ["a page below the name", "dev.api.consoleUrl", "https://console.dev.example.com/app/"],
    ["a public route with dots in it", "dev.api.publicRoutes", [{ method: "GET", path: "/api/.well-known/jwks.json" }]],
    ["two methods of one public path", "dev.api.publicRoutes", ["GET", "POST"].map((method) => ({ method, path: "/api/v1/login" }))],
    ["several domains", "prod.users.allowedEmailDomains", ["example.com", "example.org"]],
  ])("%s", (_what, path, value) => {
    expect(faultsOf({ [path]: value })).toEqual([]);
  });
});
