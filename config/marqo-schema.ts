import * as z from "zod";
import { isUserPoolOf, userPoolId } from "./cognito-schema";
import { accountId, hostName, network, protection, reason, region, service, state } from "./schemas";

/** Domain of an e-mail address, in lower case. */
const emailDomain = hostName;

const route = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  /** Full path below /api, without a pattern: a prefix would open more than it names. */
  path: z.string().regex(/^\/api(\/[a-zA-Z0-9._-]+)+$/, "must be one path below /api, such as /api/v1/health, without a pattern"),
});

/** What differs between two environments of the control plane, and nothing else. */
export const marqoEnvironment = z
  .strictObject({
    accountId,
    region,
    state,
    protection,
    network,
    /** Names of the monolith, its tables and everything else begin with the environment; this one table's may not. */
    usersAccountsTablePrefix: z.enum(["environment", "none"], { error: 'must be "environment" or "none"' }),
    monolith: service,
    /** API Gateway of each data plane cell, by the cell's name. The container reads it as JSON. */
    dataPlaneCells: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, "must be a cell's name: lower-case letters, digits and hyphens"),
        z.string().regex(/^[a-z0-9]{10}$/, "must be the id of a gateway, ten lower-case letters and digits"),
        { error: 'must be gateway ids by cell, such as { "us-east-1a": "a1b2c3d4e5" }' },
      )
      .refine((cells) => Object.keys(cells).length > 0, "must have a cell"),
    secrets: z.strictObject({
      /** Names in Secrets Manager of the two secrets that the monolith reads. */
      stripeSecretKey: z.string().regex(/^[\w/+=.@-]{1,512}$/, "must be the name of a secret"),
      apiKeyEncryptionKey: z.string().regex(/^[\w/+=.@-]{1,512}$/, "must be the name of a secret"),
    }),
    users: z.strictObject({
      /** A pool of this root's own, or one that is there. */
      pool: z.union(
        [
          z.strictObject({
            mfa: z.enum(["off", "optional", "required"]),
            /** Prefix of the hosted sign-in pages. Without one there are none. */
            domainPrefix: z
              .string()
              .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "must be lower-case letters, digits and hyphens")
              .optional(),
          }),
          z.strictObject({
            importedId: userPoolId,
          }),
        ],
        { error: 'must be { mfa: "optional" } or { importedId: "us-east-1_AbCdEfGhI" }' },
      ),
      /** Whose addresses may sign up. */
      allowedEmailDomains: z.union([z.literal("any"), z.array(emailDomain).min(1, "must name a domain")], {
        error: 'must be "any" or domains, such as ["example.com"]',
      }),
      /** Whether name+tag@example.com may sign up: it reaches the same person as name@example.com. */
      plusAddresses: z.enum(["allowed", "refused"]),
    }),
    api: z.strictObject({
      authorizer: z.enum(["cognito", "none"], { error: 'must be "cognito" or "none"' }),
      /** Paths below /api that everybody may call. */
      publicRoutes: z.array(route),
      requestsPerSecond: z.number().min(1, "must be 1 or more"),
      burst: z.number().int().min(1, "must be 1 or more"),
      /** An account has one role for API Gateway's logs in each region: one root makes it, the others of the account have it. */
      logsRole: z.enum(["create", "exists"], { error: 'must be "create" or "exists"' }),
      /** Where users find the console; e-mails lead there. */
      consoleUrl: z.string().regex(/^https:\/\/[a-z0-9.-]+(\/[\w/.-]*)?$/, "must be an https address such as https://console.example.com/"),
      /** Name of its own, in a Route 53 zone that is there. Without one API Gateway's own name stays. */
      domain: z.strictObject({ zone: hostName, host: hostName }).optional(),
    }),
    waf: z.strictObject({
      /** What AWS's rules do with a request that they know. */
      rules: z.union([z.literal("block"), z.strictObject({ countBecause: reason })], {
        error: 'must be "block" or { countBecause: "why" }',
      }),
      requestsPerFiveMinutes: z.number().int().min(10, "must be 10 or more"),
    }),
    /** Cost that the system's owners expect, in USD a month. The budget alarm compares with it. */
    monthlyBudgetUsd: z.number().min(1, "must be 1 or more"),
  })
  .check((context) => {
    const { api, users, region } = context.value;
    const refuse = (path: string[], message: string, input: unknown): void => {
      context.issues.push({ code: "custom", input, path, message });
    };
    if (api.authorizer === "none" && api.publicRoutes.length === 0)
      refuse(["api", "publicRoutes"], "must name the routes that are public, or there must be an authorizer", api.publicRoutes);
    if ("importedId" in users.pool && !isUserPoolOf(region, users.pool.importedId))
      refuse(["users", "pool", "importedId"], `must be a pool of ${region}, where the API is`, users.pool.importedId);
    if (api.domain !== undefined && new URL(api.consoleUrl).host !== api.domain.host)
      refuse(["api", "consoleUrl"], `must be at ${api.domain.host}, the API's own name`, api.consoleUrl);
    if (api.domain !== undefined && api.domain.host !== api.domain.zone && !api.domain.host.endsWith(`.${api.domain.zone}`))
      refuse(["api", "domain", "host"], `must lie in the zone ${api.domain.zone}`, api.domain.host);
  });

export type MarqoConfig = z.infer<typeof marqoEnvironment>;

/** Name of the table of users and accounts in one environment. */
export function usersAccountsTableName(
  environment: string,
  { usersAccountsTablePrefix }: Pick<MarqoConfig, "usersAccountsTablePrefix">,
): string {
  return usersAccountsTablePrefix === "none" ? "UsersAccountsTable" : `${environment}-UsersAccountsTable`;
}
