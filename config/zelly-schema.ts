import * as z from "zod";
import { overlap } from "./cidr";
import { accountId, instanceType, monthlyBudgetUsd, network, peopleCidr, protection, reason, region, service, state } from "./schemas";
import { wireguard } from "./wireguard-schema";

/** Addresses inside the VPN. The server has the first one. */
export const VPN_CIDR = "10.10.0.0/24";

/** Aurora capacity units: 0 to 256 in steps of a half. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html */
const acu = z
  .number()
  .min(0, "must be 0 to 256")
  .max(256, "must be 0 to 256")
  .refine((value) => value % 0.5 === 0, "must be a multiple of 0.5");

/** What differs between two environments of Zelly, and nothing else. */
export const zellyEnvironment = z.strictObject({
  accountId,
  region,
  state,
  protection,
  network,
  services: z.strictObject({
    fastifyNova: service,
    customerPanel: service,
    orionBackend: service,
    eventsConsumer: service,
    storefront: service,
    internalTools: service,
  }),
  aurora: z
    .strictObject({
      minAcu: acu,
      maxAcu: acu.min(1, "must be 1 to 256"),
      /** Who reaches the cluster from outside the VPC: nobody, or the given addresses, for a reason. */
      access: z.union(
        [z.literal("private"), z.strictObject({ publicTo: z.array(peopleCidr).min(1, "must name an address block"), because: reason })],
        {
          error: 'must be "private" or { publicTo: ["203.0.113.0/24"], because: "why" }',
        },
      ),
      /** Raise it by one to rotate the master password with the next apply. */
      passwordVersion: z.number().int().min(1, "must be 1 or more"),
    })
    .refine(({ minAcu, maxAcu }) => minAcu <= maxAcu, { error: "must not be over maxAcu", path: ["minAcu"] }),
  redis: z.strictObject({ nodeType: instanceType("cache.") }),
  clickhouse: z.strictObject({
    instanceType: instanceType(""),
    /** Size of the data volume, in GiB. It can grow, never shrink. */
    dataGib: z.number().int().min(8, "must be 8 to 16384").max(16_384, "must be 8 to 16384"),
    /** Raise it by one to rotate the users' passwords with the next apply. */
    passwordVersion: z.number().int().min(1, "must be 1 or more"),
  }),
  bastion: z.strictObject({ instanceType: instanceType("") }),
  /** Whether this environment owns the image repositories, or reads those of another region. */
  registry: z.union([z.literal("create"), z.strictObject({ readFrom: region })], { error: 'must be "create" or { readFrom: "region" }' }),
  monthlyBudgetUsd,
  wireguard: wireguard(VPN_CIDR),
});

export type ZellyConfig = z.infer<typeof zellyEnvironment>;

/** True when the VPC has addresses of the VPN: packets to them would not find their way. */
export function vpnOverlaps({ network }: ZellyConfig): boolean {
  return overlap(network.cidr, VPN_CIDR);
}
