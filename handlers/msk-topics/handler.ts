import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { requiredEnv } from "../required-env";
import { KafkaCluster } from "./kafka-cluster";
import { connectToBroker, disconnect } from "./kafka-connection";
import { type AwsCredentials, mskToken } from "./msk-token";
import { runTopics, type TopicsAnswer } from "./run-topics";
import { withinTime } from "./time-limit";
import { parseTopicsRequest } from "./topics-request";

/** What is left of Lambda's own limit to say in one sentence that time is up. */
const MARGIN_MS = 1000;

const logger = new Logger({ serviceName: "msk-topics" });

/**
 * Plans and makes the topics of an MSK cluster; called by `ops msk topics`. Setting: KAFKA_BROKERS. Needs what
 * `MskCluster.grantManageTopics` grants, and a way to the brokers.
 */
export async function handler(event: unknown, context: Context): Promise<TopicsAnswer> {
  logger.addContext(context);
  const request = parseTopicsRequest(event);
  const brokers = requiredEnv("KAFKA_BROKERS");
  const region = requiredEnv("AWS_REGION");
  const credentials = ownCredentials();
  return withinTime(context.getRemainingTimeInMillis() - MARGIN_MS, async (signal) => {
    const connection = await connectToBroker({ brokers, token: () => mskToken(region, credentials), signal });
    try {
      const cluster = new KafkaCluster(connection, signal);
      return await runTopics(request, cluster, (result) => logger.info("changed a topic", { ...result }), signal);
    } finally {
      disconnect(connection);
    }
  });
}

/** The role's credentials, which Lambda puts into the environment. */
function ownCredentials(): AwsCredentials {
  return {
    accessKeyId: requiredEnv("AWS_ACCESS_KEY_ID"),
    secretAccessKey: requiredEnv("AWS_SECRET_ACCESS_KEY"),
    sessionToken: process.env["AWS_SESSION_TOKEN"],
  };
}
