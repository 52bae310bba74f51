import * as z from "zod";
import { userPoolId } from "./cognito-schema";
import { refuse } from "./refuse";
import {
  accountId,
  bucketName,
  hostName,
  isInZone,
  monthlyBudgetUsd,
  network,
  protection,
  reason,
  region,
  service,
  state,
} from "./schemas";

/** Domain of an e-mail address, in lower case. */
const emailDomain = hostName;

const route = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"], { error: "must be GET, POST, PUT, PATCH or DELETE" }),
  /** Full path below /api, without a pattern: a prefix would open more than it names. */
  path: z
    .string()
    .regex(
      /^\/api(\/(?!\.{1,2}(\/|$))[a-zA-Z0-9._-]+)+$/,
      "must be one path below /api, such as /api/v1/health, without a pattern, . or ..",
    ),
});

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const secretName = z.string().regex(/^[\w/+=.@-]{1,512}$/, "must be the name of a secret");

/** Start of the host of Cognito's own sign-in page. @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
const domainPrefix = z
  .string()
  .regex(
    /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be 1 to 63 lower-case letters, digits and inner hyphens, without aws, amazon and cognito in it",
  );

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-email.html */
const mail = z.strictObject({
  from: z
    .string()
    .regex(/^([\w .-]+ <[^\s<>@]+@[a-z0-9.-]+>|[^\s<>@]+@[a-z0-9.-]+)$/, "must be an address such as Marqo <no-reply@example.com>"),
  identityArn: z
    .string()
    .regex(
      /^arn:aws:ses:[a-z0-9-]+:\d{12}:identity\/\S+$/,
      "must be the ARN of an address or a domain in SES, arn:aws:ses:REGION:ACCOUNT:identity/NAME",
    ),
});

/** Gateway ids by cell. A text is refused whole: the stack writes the JSON itself. */
const dataPlaneCells = z
  .custom<Readonly<Record<string, string>>>(
    (cells) => typeof cells === "object" && cells !== null && !Array.isArray(cells) && Object.keys(cells).length > 0,
    'must be gateway ids by cell, such as { "us-east-1a": "a1b2c3d4e5" }',
  )
  .pipe(
    z.record(
      z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, "must be a cell's name: lower-case letters, digits and hyphens"),
      z.string().regex(/^[a-z0-9]{10}$/, "must be the id of a gateway, ten lower-case letters and digits"),
    ),
  );

/** Calls together. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const throttling = {
  requestsPerSecond: z.number().int().min(1, "must be 1 to 10000").max(10_000, "must be 1 to 10000"),
  burst: z.number().int().min(1, "must be 1 to 5000").max(5000, "must be 1 to 5000"),
};

const HTTPS = /^https:\/\/([a-z0-9.-]+)(\/[\w/.-]*)?$/;

const api = z
  .strictObject({
    authorizer: z.enum(["cognito", "none"], { error: 'must be "cognito" or "none"' }),
    /** Paths below /api that everybody may call. */
    publicRoutes: z.array(route),
    ...throttling,
    /** An account has one role for API Gateway's logs in each region: one root makes it, the others of the account have it. */
    logsRole: z.enum(["create", "exists"], { error: 'must be "create" or "exists"' }),
    /** Where users find the console; e-mails lead there. */
    consoleUrl: z.string().regex(HTTPS, "must be an https address such as https://console.example.com/"),
    /** Name of its own, in a Route 53 zone that is there. Without one API Gateway's own name stays. */
    domain: z.strictObject({ zone: hostName, host: hostName }).optional(),
    /** Bucket of the console's files. Bucket names belong to everybody, and somebody may have this one. @default `<environment>-console-static` */
    siteBucket: bucketName.optional(),
  })
  .check(({ value, issues }) => {
    const { authorizer, publicRoutes, consoleUrl, domain } = value;
    if (authorizer === "none" && publicRoutes.length === 0)
      refuse(issues, ["publicRoutes"], "must name the routes that are public, or there must be an authorizer");
    const titles = publicRoutes.map(({ method, path }) => `${method} ${path}`);
    for (const [index, title] of titles.entries()) {
      if (titles.indexOf(title) < index) refuse(issues, ["publicRoutes", index], "must hold a method of a path once");
    }
    const host = hostName.safeParse(domain?.host).data;
    // What is no host or no address has its own fault.
    if (domain === undefined || host === undefined) return;
    const [, urlHost = host] = HTTPS.exec(consoleUrl) ?? [];
    if (urlHost !== host) refuse(issues, ["consoleUrl"], `must be at ${host}, the API's own name`);
    const { zone } = domain;
    if (hostName.safeParse(zone).success && !isInZone(host, zone)) refuse(issues, ["domain", "host"], `must lie in the zone ${zone}`);
  });

/** What differs between two environments of the control plane, and nothing else. */
export const marqoEnvironment = z.strictObject({
  accountId,
  region,
  state,
  protection,
  network,
  /** Names of the monolith, its tables and everything else begin with the environment; this one table's may not. */
  usersAccountsTablePrefix: z.enum(["environment", "none"], { error: 'must be "environment" or "none"' }),
  monolith: service,
  /** API Gateway of each data plane cell, by the cell's name. The container reads it as JSON. */
  dataPlaneCells,
  secrets: z.strictObject({
    /** Names in Secrets Manager of the two secrets that the monolith reads. */
    stripeSecretKey: secretName,
    apiKeyEncryptionKey: secretName,
  }),
  users: z.strictObject({
    /** A pool of this root's own, or one that is there. */
    pool: z.union(
      [
        z.strictObject({
          mfa: z.enum(["off", "optional", "required"]),
          /** Prefix of the hosted sign-in pages. Without one there are none. */
          domainPrefix: domainPrefix.optional(),
          /** Who sends messages to users. @default - Cognito, from an address of its own, at most 50 a day */
          mail: mail.optional(),
        }),
        z.strictObject({ importedId: userPoolId }),
      ],
      { error: 'must be { mfa: "optional" } or { importedId: "us-east-1_AbCdEfGhI" }' },
    ),
    /** Whose addresses may sign up. */
    allowedEmailDomains: z.union([z.literal("any"), z.array(emailDomain).min(1, "must name a domain")], {
      error: 'must be "any" or domains, such as ["example.com"]',
    }),
    /** Whether name+tag@example.com may sign up: it reaches the same person as name@example.com. */
    plusAddresses: z.enum(["allowed", "refused"], { error: 'must be "allowed" or "refused"' }),
  }),
  api,
  waf: z.strictObject({
    /** What AWS's rules do with a request that they know. */
    rules: z.union([z.literal("block"), z.strictObject({ countBecause: reason })], {
      error: 'must be "block" or { countBecause: "why" }',
    }),
    requestsPerFiveMinutes: z.number().int().min(10, "must be 10 to 2000000000").max(2_000_000_000, "must be 10 to 2000000000"),
  }),
  monthlyBudgetUsd,
});

export type MarqoConfig = z.infer<typeof marqoEnvironment>;

/** Name of the table of users and accounts in one environment. */
export function usersAccountsTableName(
  environment: string,
  { usersAccountsTablePrefix }: Pick<MarqoConfig, "usersAccountsTablePrefix">,
): string {
  return usersAccountsTablePrefix === "none" ? "UsersAccountsTable" : `${environment}-UsersAccountsTable`;
}

/** Name of the bucket of the console's files in one environment. */
export function siteBucketName(environment: string, { api }: Pick<MarqoConfig, "api">): string {
  return api.siteBucket ?? `${environment}-console-static`;
}
