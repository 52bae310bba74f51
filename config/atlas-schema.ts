import * as z from "zod";
import { mskCluster } from "./kafka-schema";
import {
  accountId,
  hostName,
  instanceType,
  multiAz,
  network,
  passwordVersion,
  peopleCidr,
  protection,
  reason,
  region,
  service,
  state,
  storage,
} from "./schemas";

/** Kafka UI shows every message: somebody must ask who is there. */
const kafkaUiAccess = z.union(
  [
    z.strictObject({ allowFrom: z.array(peopleCidr).min(1, "must name an address block") }),
    z.strictObject({
      /** A user pool that is there already: a client made here would leave its secret in the state. */
      cognito: z.strictObject({
        userPoolArn: z.string().regex(/^arn:aws:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[\w-]+$/, "must be the ARN of a Cognito user pool"),
        clientId: z.string().regex(/^[a-z0-9]{1,128}$/, "must be the id of one of the pool's clients"),
        domain: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, "must be the domain of the pool's sign-in pages"),
      }),
    }),
  ],
  { error: 'must be { allowFrom: ["203.0.113.0/24"] } or { cognito: { … } }: an open Kafka UI shows every message to everybody' },
);

/** Copies of every message in S3, or none. */
const exports = z.union(
  [
    z.literal("off"),
    z.strictObject({
      topics: z.array(z.string()).min(1, "must name a topic"),
      /** Days after which a copy is deleted. */
      keepDays: z.number().int().min(1, "must be 1 or more"),
      /** Roles of those who read the copies: without any, nobody could, and the bucket has no policy for them. */
      readers: z
        .array(z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "must be the ARN of a role"))
        .min(1, "must name a role that the bucket's policy lets read: copies that nobody reads are not made"),
    }),
  ],
  { error: 'must be "off" or { topics: […], keepDays: 30, readers: ["arn:aws:iam::…:role/…"] }' },
);

/** What differs between two environments of Atlas, and nothing else. */
export const atlasEnvironment = z
  .strictObject({
    /** Start of every name in AWS. Staging's is older than the word staging; docs/architecture.md says why. */
    names: z.strictObject({
      project: z.string().regex(/^[a-z][a-z0-9-]{1,20}$/, "must be lower-case letters, digits and hyphens"),
      environment: z.string().regex(/^[a-z]{2,10}$/, "must be 2 to 10 lower-case letters"),
    }),
    accountId,
    region,
    state,
    protection,
    network,
    dns: z.strictObject({
      /** Public hosted zone in Route 53 that holds the three hosts. */
      zone: hostName,
      eventsIngestionHost: hostName,
      dashboardBackendHost: hostName,
      kafkaUiHost: hostName,
    }),
    services: z.strictObject({ eventsIngestion: service, dashboardBackend: service, kafkaUi: service }),
    kafkaUiAccess,
    msk: mskCluster,
    rds: z.strictObject({
      instanceClass: instanceType("db."),
      ...storage,
      multiAz,
      /** Who reaches the database from outside the VPC: nobody, or the given addresses, for a reason. */
      access: z.union(
        [z.literal("private"), z.strictObject({ publicTo: z.array(peopleCidr).min(1, "must name an address block"), because: reason })],
        { error: 'must be "private" or { publicTo: ["203.0.113.0/24"], because: "why" }' },
      ),
      passwordVersion,
    }),
    exports,
    /** Cost that the system's owners expect, in USD a month. The budget alarm compares with it. */
    monthlyBudgetUsd: z.number().min(1, "must be 1 or more"),
  })
  .check((context) => {
    const { dns, msk, exports } = context.value;
    if (exports !== "off") {
      const listed = new Set(msk.topics.map(({ name }) => name));
      exports.topics.forEach((topic, index) => {
        if (!listed.has(topic))
          context.issues.push({ code: "custom", input: topic, path: ["exports", "topics", index], message: "must be one of msk.topics" });
      });
      if (typeof msk.phase === "string" || !("multiVpc" in msk.phase) || msk.phase.multiVpc === "off")
        context.issues.push({
          code: "custom",
          input: exports,
          path: ["exports"],
          message: 'must be "off" until msk.phase is { multiVpc: … }, the way by which Firehose reaches the brokers',
        });
    }
    const { zone, ...hosts } = dns;
    const seen = new Map<string, string>();
    const refuse = (name: string, message: string): void => {
      context.issues.push({ code: "custom", input: hosts[name as keyof typeof hosts], path: ["dns", name], message });
    };
    for (const [name, host] of Object.entries(hosts)) {
      if (host !== zone && !host.endsWith(`.${zone}`)) refuse(name, `must lie in the zone ${zone}`);
      const other = seen.get(host);
      if (other !== undefined) refuse(name, `must differ from ${other}, or requests for one would go to the other`);
      seen.set(host, name);
    }
  });

export type AtlasConfig = z.infer<typeof atlasEnvironment>;
