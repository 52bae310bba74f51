import * as z from "zod";
import { mskCluster } from "./kafka-schema";
import { kafkaUiAccess, signInFaults } from "./kafka-ui-access";
import { databaseClass, roomToGrow } from "./postgres-schema";
import { refuse } from "./refuse";
import {
  accountId,
  hostName,
  isInZone,
  monthlyBudgetUsd,
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
import { exportFaults, topicExports } from "./topic-exports-schema";
import { policyFaults } from "./topics-policy";

/** Kafka UI's image is in no registry of AWS, and tasks read their secrets by public addresses. */
const networkWithWayOut = network.refine(({ nat }) => nat !== "none", {
  error: 'must be "perZone" or { single: "a" }, because images and secrets come from outside the network',
  path: ["nat"],
});

/** A host that a balancer's rule asks for. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
const routedHost = hostName.max(128, "must have at most 128 characters, which is what a balancer's rule takes");

const dns = z.strictObject({
  /** Public hosted zone in Route 53 that holds the three hosts. */
  zone: hostName,
  /** The certificate's first name. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
  eventsIngestionHost: hostName.max(64, "must have at most 64 characters, which is what a certificate's first name takes"),
  dashboardBackendHost: routedHost,
  kafkaUiHost: routedHost,
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

/** Start of every name in AWS. Staging's is older than the word staging; docs/architecture.md says why. */
const names = z
  .strictObject({
    project: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,20}$/, "must be lower-case letters, digits and hyphens")
      .refine((name) => !/--|-$/.test(name), "must not have two hyphens in a row, nor one at its end, which RDS and ECR refuse")
      .refine((name) => !/^(aws|ssm|internal(-|$))/.test(name), "must not begin with aws, ssm or internal, which AWS keeps for itself"),
    environment: z.string().regex(/^[a-z]{2,10}$/, "must be 2 to 10 lower-case letters"),
  })
  .refine(({ project, environment }) => `${project}-${environment}-alb`.length <= 32, {
    error: "must be shorter, because the balancer's name, project-environment-alb, has 32 characters at most",
    path: ["project"],
  });

/** What differs between two environments of Atlas, and nothing else. */
export const atlasEnvironment = z
  .strictObject({
    names,
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
    exports: topicExports,
    monthlyBudgetUsd,
  })
  .check(exportFaults)
  .check(policyFaults)
  .check(signInFaults)
  .check(hostFaults);

export type AtlasConfig = z.infer<typeof atlasEnvironment>;

/** Hosts outside the zone, and two that are alike. */
function hostFaults({ value, issues }: z.core.ParsePayload<{ readonly dns: z.infer<typeof dns> }>): void {
  const { zone, ...hosts } = value.dns;
  const seen = new Map<string, string>();
  for (const [name, host] of Object.entries(hosts)) {
    const path = ["dns", name];
    if (!isInZone(host, zone)) refuse(issues, path, `must lie in the zone ${zone}`);
    const other = seen.get(host);
    if (other !== undefined) refuse(issues, path, `must differ from ${other}, or requests for one would go to the other`);
    seen.set(host, name);
  }
}
