import { protocolErrorsCodesById } from "@platformatic/kafka";
import { TopicsError } from "./topics-error";

const NO_ERROR = 0;

/** What an operator does about an error of Kafka's, by its name. @see https://kafka.apache.org/protocol.html#protocol_error_codes */
const REMEDIES: Readonly<Record<string, string>> = {
  CLUSTER_AUTHORIZATION_FAILED: "see to it that the function's role has the cluster's actions",
  INVALID_CONFIG: "correct the topic's settings in config/ and deploy",
  INVALID_PARTITIONS: "correct the topic's partitions in config/ and deploy",
  INVALID_REPLICATION_FACTOR: "write no more replicas than there are brokers up",
  INVALID_TOPIC_EXCEPTION: "choose a name that Kafka takes and that differs from others in more than dots and underscores",
  POLICY_VIOLATION: "keep to the cluster's own policy",
  TOPIC_ALREADY_EXISTS: "plan again",
  TOPIC_AUTHORIZATION_FAILED:
    "the function's role has the topics of the last deployment: deploy before a topic is made, and after one is deleted",
};

/**
 * Does nothing when there is no error.
 *
 * @param doing what was asked for, for example `creating topic orders`.
 * @param message what Kafka adds to its code.
 * @throws {TopicsError} with Kafka's name of the error and what to do.
 */
export function refuseErrorCode(doing: string, code: number, message?: string | null): void {
  if (code === NO_ERROR) return;
  const name = protocolErrorsCodesById[code] ?? `error ${code}`;
  const words = (message ?? "").replace(/[.\s]+$/, "");
  const said = words === "" ? name : `${name} (${words})`;
  throw new TopicsError(`${doing} failed: Kafka answers ${said}; ${REMEDIES[name] ?? "run again"}`);
}
