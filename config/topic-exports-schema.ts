import * as z from "zod";
import type { MskClusterConfig } from "./kafka-schema";
import { onceEach } from "./once-each";
import { refuse } from "./refuse";

/** Copies of every message in S3, or none. */
export const topicExports = z.union(
  [
    z.literal("off"),
    z.strictObject({
      topics: z.array(z.string()).min(1, "must name a topic").check(onceEach),
      /** Days after which a copy is deleted. The most, a hundred years, is arbitrary. */
      keepDays: z.number().int().min(1, "must be 1 or more").max(36_500, "must be 36500 or less"),
      /** Roles of those who read the copies: without any, nobody could, and the bucket has no policy for them. */
      readers: z
        .array(z.string().regex(/^arn:aws:iam::\d{12}:role\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/, "must be the ARN of a role"))
        .min(1, "must name a role that the bucket's policy lets read: copies that nobody reads are not made")
        .check(onceEach),
    }),
  ],
  { error: 'must be "off" or { topics: […], keepDays: 30, readers: ["arn:aws:iam::…:role/…"] }' },
);

interface Exported {
  readonly msk: Pick<MskClusterConfig, "phase" | "topics">;
  readonly exports: z.infer<typeof topicExports>;
}

/** Exports of topics that are none, by a way that is shut, or of names that are one to AWS; and a way that is open for nobody. */
export function exportFaults({ value: { msk, exports }, issues }: z.core.ParsePayload<Exported>): void {
  const open = typeof msk.phase === "object" && "multiVpc" in msk.phase && msk.phase.multiVpc !== "off" ? msk.phase.multiVpc : undefined;
  if (exports === "off") {
    if (open?.clients.length === 0) {
      const path = ["msk", "phase", "multiVpc", "clients"];
      refuse(issues, path, "must name an account while exports are off, or the way would be open for nobody");
    }
    return;
  }
  const listed = new Set(msk.topics.map(({ name }) => name));
  exports.topics.forEach((topic, index) => {
    const path = ["exports", "topics", index];
    if (!listed.has(topic)) refuse(issues, path, "must be one of msk.topics");
    const name = streamName(topic);
    const other = exports.topics.findIndex((earlier) => streamName(earlier) === name);
    if (name === "") refuse(issues, path, "must have a letter or a digit, of which its stream's name is made");
    else if (other < index && exports.topics[other] !== topic)
      refuse(issues, path, `must differ from exports.topics.${other} in more than signs and case, which no stream's name keeps`);
  });
  if (open === undefined)
    refuse(issues, ["exports"], 'must be "off" until msk.phase is { multiVpc: … }, the way by which Firehose reaches the brokers');
}

/** What is left of a topic's name in the names of what copies it, hyphens aside. */
function streamName(topic: string): string {
  return topic.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
