import * as z from "zod";
import { databaseClass, roomToGrow } from "./postgres-schema";
import { refuse } from "./refuse";
import {
  accountId,
  hostName,
  instanceType,
  isInZone,
  monthlyBudgetUsd,
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

/** Django calls OpenAI and Stripe, and Weaviate's image is in no registry of AWS. */
const networkWithWayOut = network.refine(({ nat }) => nat !== "none", {
  error: 'must be "perZone" or { single: "a" }, because the tasks call companies outside AWS',
  path: ["nat"],
});

const certificateArn = z
  .string()
  .regex(
    /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "must be the ARN of a certificate in us-east-1, the only region that CloudFront takes them from",
  );

const rds = z
  .strictObject({
    instanceClass: databaseClass,
    ...storage,
    multiAz,
    backupDays: z.number().int().min(1, "must be 1 to 35").max(35, "must be 1 to 35"),
    passwordVersion,
  })
  .check(roomToGrow);

const dns = z
  .strictObject({
    /** Public hosted zone in Route 53 that holds the three names. */
    zone: hostName,
    site: hostName,
    api: hostName,
    ws: hostName,
  })
  .check(({ value, issues }) => {
    const { zone, ...hosts } = value;
    for (const [name, host] of Object.entries(hosts)) {
      if (!isInZone(host, zone)) refuse(issues, [name], `must lie in the zone ${zone}, where its records are made`);
    }
  });

const endpoints = z
  .array(
    z.enum(["ecr.api", "ecr.dkr", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages"], {
      error: "must be ecr.api, ecr.dkr, logs, monitoring, secretsmanager, ssm or ssmmessages",
    }),
  )
  .refine((services) => new Set(services).size === services.length, "must name each service once");

/** An owner has at most 39 characters, a repository at most 100. Their ids stand with them where GitHub's subjects are immutable. */
const githubRepository = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9-]{0,38}(\/[A-Za-z0-9._-]{1,100}|@[0-9]+\/[A-Za-z0-9._-]{1,100}@[0-9]+)$/,
    "must be OWNER/NAME or OWNER@ID/NAME@ID",
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

/** @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const requestsPerFiveMinutes = z.number().int().min(10, "must be 10 to 2000000000").max(2_000_000_000, "must be 10 to 2000000000");

const webAclArn = z
  .string()
  .regex(
    /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[^/]+\/[^/]+$/,
    "must be the ARN of a web ACL of scope CLOUDFRONT, which is in us-east-1",
  );

const waf = z.union(
  [
    z.strictObject({ managedRules: z.strictObject({ requestsPerFiveMinutes }) }),
    z.strictObject({ existingArn: webAclArn }),
    z.strictObject({ noneBecause: reason }),
  ],
  { error: 'must be { managedRules: { requestsPerFiveMinutes: 2000 } }, { existingArn: "arn:…" } or { noneBecause: "why" }' },
);

/** What differs between two environments of AllThrive, and nothing else. */
export const allthriveEnvironment = z.strictObject({
  accountId,
  region,
  state,
  protection,
  vpc: networkWithWayOut,
  /** Services of AWS that are reached without the NAT gateway; docs/endpoints.md says from how much traffic on that is cheaper. */
  endpoints,
  dns,
  rds,
  elasticache: z.strictObject({ nodeType: instanceType("cache.") }),
  /** Days in which nobody deletes a backup: S3 takes up to a hundred years. Who may bypass governance still can, and so an unprotected bucket goes. */
  backupLockDays: z.number().int().min(1, "must be 1 to 36500").max(36_500, "must be 1 to 36500"),
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
    repository: githubRepository,
    /** An account has one provider for GitHub's tokens: one root makes it, the others of the account read it. */
    provider: z.enum(["create", "read"], { error: 'must be "create" or "read"' }),
    environments: z.strictObject({ plan: githubEnvironment, push: githubEnvironment, deploy: githubEnvironment }),
  }),
  monthlyBudgetUsd,
});

export type AllThriveConfig = z.infer<typeof allthriveEnvironment>;
