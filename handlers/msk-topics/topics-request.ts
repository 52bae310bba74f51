import * as z from "zod";
import { TopicsError } from "./topics-error";

/** A topic name that Kafka takes, and none of its own. @see https://github.com/apache/kafka/blob/4.1/clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
const name = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,249}$/, "must be 1 to 249 letters, digits, dots, underscores and hyphens")
  .refine((text) => !text.startsWith("__") && text !== "." && text !== "..", "must not be one of Kafka's own");

const count = z.int("must be a whole number").min(1, "must be 1 or more");

const topic = z.strictObject({
  name,
  partitions: count,
  replicas: count,
  settings: z.record(z.string(), z.string()),
});

const request = z.strictObject({
  action: z.enum(["plan", "apply"]),
  /** Whether topics that are not in the list may be deleted, with their messages. */
  allowDelete: z.boolean().default(false),
  /** Id of the plan that is to be applied. Another plan is not. */
  plan: z.string().optional(),
  topics: z.array(topic).refine((topics) => new Set(topics.map(({ name }) => name)).size === topics.length, "must not have one name twice"),
});

export type TopicsRequest = z.infer<typeof request>;

/**
 * Reads the event that the function is called with.
 *
 * @throws {TopicsError} naming the first fault.
 */
export function parseTopicsRequest(event: unknown): TopicsRequest {
  const result = request.safeParse(event);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = ["request", ...(issue?.path ?? [])].map(String).join(".");
  const rule = (issue?.message ?? "is not valid").replace(/^Invalid input: e/, "e");
  throw new TopicsError(`${place}: ${rule}; call the function through "ops msk topics"`);
}
