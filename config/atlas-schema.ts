import * as z from "zod";
import { type MskClusterConfig, mskCluster } from "./kafka-schema";
import { databaseClass, roomToGrow } from "./postgres-schema";
import {
  accountId,
  hostName,
  isInZone,
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

/** Kafka UI's image is in no registry of AWS, and tasks read their secrets by public addresses. */
const networkWithWayOut = network.refine(({ nat }) => nat !== "none", {
  error: 'must be "perZone" or { single: "a" }, because images and secrets come from outside the network',
  path: ["nat"],
});

const dns = z.strictObject({
  /** Public hosted zone in Route 53 that holds the three hosts. */
  zone: hostName,
  eventsIngestionHost: hostName,
  dashboardBackendHost: hostName,
  kafkaUiHost: hostName,
});

const rds = z
  .strictObject({
    instanceClass: databaseClass,
    ...storage,
    multiAz,
    /** Who reaches the database from outside the VPC: nobody, or the given addresses, for a reason. */
    access: z.union(
      [z.literal("private"), z.strictObject({ publicTo: z.array(peopleCidr).min(1, "must name an address block"), because: reason })],
      { error: 'must be "private" or { publicTo: ["203.0.113.0/24"], because: "why" }' },
    ),
    passwordVersion,
  })
  .check(roomToGrow);

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
    network: networkWithWayOut,
    dns,
    services: z.strictObject({ eventsIngestion: service, dashboardBackend: service, kafkaUi: service }),
    kafkaUiAccess,
    msk: mskCluster,
    rds,
    exports,
    /** Cost that the system's owners expect, in USD a month. The budget alarm compares with it. */
    monthlyBudgetUsd: z.number().min(1, "must be 1 or more"),
  })
  .check(exportFaults)
  .check(hostFaults);

export type AtlasConfig = z.infer<typeof atlasEnvironment>;

interface Exported {
  readonly msk: Pick<MskClusterConfig, "phase" | "topics">;
  readonly exports: z.infer<typeof exports>;
}

/** Exports of topics that are none, or by a way that is shut; and a way that is open for nobody. */
function exportFaults({ value: { msk, exports }, issues }: z.core.ParsePayload<Exported>): void {
  const refuse = (path: PropertyKey[], message: string, input: unknown): void => {
    issues.push({ code: "custom", input, path, message });
  };
  const open = typeof msk.phase === "object" && "multiVpc" in msk.phase && msk.phase.multiVpc !== "off" ? msk.phase.multiVpc : undefined;
  if (exports === "off") {
    if (open?.clients.length === 0) {
      const path = ["msk", "phase", "multiVpc", "clients"];
      refuse(path, "must name an account while exports are off, or the way would be open for nobody", open.clients);
    }
    return;
  }
  const listed = new Set(msk.topics.map(({ name }) => name));
  exports.topics.forEach((topic, index) => {
    if (!listed.has(topic)) refuse(["exports", "topics", index], "must be one of msk.topics", topic);
    if (exports.topics.indexOf(topic) < index) refuse(["exports", "topics", index], "must be named once", topic);
  });
  if (open === undefined)
    refuse(["exports"], 'must be "off" until msk.phase is { multiVpc: … }, the way by which Firehose reaches the brokers', exports);
}

/** Hosts outside the zone, and two that are alike. */
function hostFaults({ value, issues }: z.core.ParsePayload<{ readonly dns: z.infer<typeof dns> }>): void {
  const { zone, ...hosts } = value.dns;
  const seen = new Map<string, string>();
  for (const [name, host] of Object.entries(hosts)) {
    const refuse = (message: string): void => void issues.push({ code: "custom", input: host, path: ["dns", name], message });
    if (!isInZone(host, zone)) refuse(`must lie in the zone ${zone}`);
    const other = seen.get(host);
    if (other !== undefined) refuse(`must differ from ${other}, or requests for one would go to the other`);
    seen.set(host, name);
  }
}
