import * as z from "zod";
import {
  accountId,
  hostName,
  instanceType,
  multiAz,
  network,
  passwordVersion,
  protection,
  reason,
  region,
  service,
  state,
  storage,
} from "./schemas";

/** A service whose tasks may not be two: a scheduler that would schedule everything twice, a database with one writer. */
const single = service.refine(({ tasks }) => tasks.max === 1, {
  error: "must be 1, because two at a time would harm",
  path: ["tasks", "max"],
});

const certificateArn = z
  .string()
  .regex(
    /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "must be the ARN of a certificate in us-east-1, the only region that CloudFront takes them from",
  );

const githubEnvironment = z.string().regex(/^[A-Za-z0-9._-]{1,255}$/, "must be a name of letters, digits, dots, hyphens and underscores");

/** How CloudFront alone reaches the backend. */
const origin = z.union(
  [
    z.literal("private"),
    z.strictObject({
      secretHeader: z.strictObject({
        /** Values that the balancer takes. */
        accepts: z
          .array(z.enum(["blue", "green"]))
          .refine((values) => new Set(values).size === 2, 'must be ["blue", "green"]: one value changes while the other is sent'),
        /** The value that CloudFront sends. */
        sends: z.enum(["blue", "green"]),
      }),
    }),
  ],
  { error: 'must be "private" or { secretHeader: { accepts: ["blue", "green"], sends: "blue" } }' },
);

const waf = z.union(
  [
    z.strictObject({ managedRules: z.strictObject({ requestsPerFiveMinutes: z.number().int().min(10, "must be 10 or more") }) }),
    z.strictObject({ existingArn: z.string() }),
    z.strictObject({ noneBecause: reason }),
  ],
  { error: 'must be { managedRules: { requestsPerFiveMinutes: 2000 } }, { existingArn: "arn:…" } or { noneBecause: "why" }' },
);

/** What differs between two environments of AllThrive, and nothing else. */
export const allthriveEnvironment = z
  .strictObject({
    accountId,
    region,
    state,
    protection,
    vpc: network,
    /** Services of AWS that are reached without the NAT gateway; docs/endpoints.md says from how much traffic on that is cheaper. */
    endpoints: z.array(z.enum(["ecr.api", "ecr.dkr", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages"])),
    dns: z.strictObject({
      /** Public hosted zone in Route 53 that holds the three names. */
      zone: hostName,
      site: hostName,
      api: hostName,
      ws: hostName,
    }),
    rds: z.strictObject({
      instanceClass: instanceType("db."),
      ...storage,
      multiAz,
      backupDays: z.number().int().min(1, "must be 1 to 35").max(35, "must be 1 to 35"),
      passwordVersion,
    }),
    elasticache: z.strictObject({ nodeType: instanceType("cache.") }),
    /** Days in which nobody deletes a backup. */
    backupLockDays: z.number().int().min(1, "must be 1 or more"),
    services: z.strictObject({
      web: service,
      celery: service.safeExtend({ capacity: z.enum(["onDemand", "spot"], { error: 'must be "onDemand" or "spot"' }) }),
      celeryBeat: single.safeExtend({
        capacity: z.literal("onDemand", { error: 'must be "onDemand": Spot would take the one scheduler away in the middle of its work' }),
      }),
      weaviate: single,
    }),
    cloudfront: z.strictObject({
      origin,
      priceClass: z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"], {
        error: "must be PriceClass_100, PriceClass_200 or PriceClass_All",
      }),
      waf,
      /** A certificate that is there already. Without one the root makes its own. */
      certificateArn: certificateArn.optional(),
    }),
    github: z.strictObject({
      /** `OWNER/NAME`, as GitHub writes it into its tokens. */
      repository: z.string().regex(/^[^/\s]+\/[^/\s]+$/, "must be OWNER/NAME"),
      /** An account has one provider for GitHub's tokens: one root makes it, the others of the account read it. */
      provider: z.enum(["create", "read"], { error: 'must be "create" or "read"' }),
      environments: z.strictObject({ plan: githubEnvironment, push: githubEnvironment, deploy: githubEnvironment }),
    }),
    /** Cost that the system's owners expect, in USD a month. The budget alarm compares with it. */
    monthlyBudgetUsd: z.number().min(1, "must be 1 or more"),
  })
  .check((context) => {
    const { zone, ...hosts } = context.value.dns;
    for (const [name, host] of Object.entries(hosts)) {
      if (host === zone || host.endsWith(`.${zone}`)) continue;
      context.issues.push({
        code: "custom",
        input: host,
        path: ["dns", name],
        message: `must lie in the zone ${zone}, or have a zone of its own`,
      });
    }
  });

export type AllThriveConfig = z.infer<typeof allthriveEnvironment>;
