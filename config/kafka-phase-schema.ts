import * as z from "zod";
import { refuse } from "./refuse";
import { accountId, peopleCidr, reason } from "./schemas";

const topicNames = z.array(z.string()).min(1, "must name a topic");

/** Kafka takes any text. In a policy some signs stand for whole groups of groups. */
const group = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,255}$/, "must be a consumer group of 1 to 255 letters, digits, dots, underscores and hyphens");

/** How the brokers are reached from elsewhere. AWS makes every cluster private: the first deployment has "create". */
export const mskPhase = z.union(
  [
    z.literal("create"),
    z.strictObject({
      public: z.strictObject({
        /** Whose addresses may connect, with IAM and TLS. */
        to: z.array(peopleCidr).min(1, "must name an address block"),
        because: reason,
      }),
    }),
    z.strictObject({
      multiVpc: z.union(
        [
          z.literal("off"),
          z.strictObject({
            /** Accounts whose networks may connect, and what they may do there; none when only AWS's own services come. */
            clients: z.array(
              z.strictObject({
                account: accountId,
                consume: z.strictObject({ topics: topicNames, group }).optional(),
                produce: z.strictObject({ topics: topicNames }).optional(),
              }),
            ),
          }),
        ],
        { error: 'must be "off" or { clients: [{ account: "111111111111" }] }' },
      ),
    }),
  ],
  { error: 'must be "create", { public: { to: […], because: "why" } } or { multiVpc: … }' },
);

interface Clients {
  readonly phase: z.infer<typeof mskPhase>;
  readonly topics: readonly { readonly name: string }[];
}

/** Accounts that are named twice, which the cluster's policy cannot say, and permissions for topics that are none. */
export function clientFaults({ value: { phase, topics }, issues }: z.core.ParsePayload<Clients>): void {
  if (typeof phase === "string" || !("multiVpc" in phase) || phase.multiVpc === "off") return;
  const { clients } = phase.multiVpc;
  const listed = new Set(topics.map(({ name }) => name));
  clients.forEach(({ account, consume, produce }, index) => {
    const path = ["phase", "multiVpc", "clients", index];
    if (clients.findIndex((client) => client.account === account) < index) refuse(issues, [...path, "account"], "must be named once");
    for (const [use, named] of Object.entries({ consume, produce })) {
      named?.topics.forEach((topic, place) => {
        if (!listed.has(topic)) refuse(issues, [...path, use, "topics", place], "must be one of the cluster's topics");
      });
    }
  });
}
