import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod";
import type { Fact, InventoryDocument, KafkaTopicsFact } from "../../constructs/base/inventory-facts";
import { awsAnswer } from "../aws/aws-answer";
import { EXIT, OperatorError, partOfSentence } from "../cli/operator-error";
import { type TopicsAnswer, topicsAnswer } from "./topics-answer";

/** A root's topics, and the way to the function that looks after them. */
export interface TopicsDesk {
  readonly inventory: InventoryDocument;
  readonly fact: KafkaTopicsFact;
  readonly client: LambdaClient;
  /** Goes off when the operator interrupts. What the function has begun, it brings to its end. */
  readonly signal: AbortSignal;
}

/** What the function is asked for besides the topics. */
export interface TopicsAction {
  readonly action: "plan" | "apply";
  readonly allowDelete: boolean;
  /** Id of the plan that is to be applied. */
  readonly plan?: string;
}

/** What Lambda says of a function that threw. @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
const failure = z.object({ errorType: z.string().optional(), errorMessage: z.string() });

/** The handler's own errors: each is a sentence for an operator already. */
const SENTENCE = "TopicsError";

export function isTopics(fact: Fact): fact is KafkaTopicsFact {
  return fact.kind === "kafkaTopics";
}

/**
 * Asks the function that stands in the cluster's network.
 *
 * @throws {OperatorError} when there is no such function, when it fails, and when its answer is not one that this release knows.
 */
export async function askTopicsFunction({ inventory, fact, client, signal }: TopicsDesk, action: TopicsAction): Promise<TopicsAnswer> {
  const { region, accountId, root } = inventory;
  const command = new InvokeCommand({
    // With its account, so that the credentials of another one reach no function of the same name there.
    FunctionName: `arn:aws:lambda:${region}:${accountId}:function:${fact.function}`,
    Payload: JSON.stringify({ ...action, topics: fact.topics }),
  });
  const doing = `asking function ${fact.function} in ${region} of account ${accountId}`;
  const answer = await awsAnswer(doing, client.send(command, { abortSignal: signal }), "ResourceNotFoundException").catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
  if (answer === undefined)
    throw new OperatorError(
      `there is no function ${fact.function} in ${region} of account ${accountId}; deploy ${root} first`,
      EXIT.refused,
    );
  const payload = payloadOf(answer);
  if (answer.FunctionError !== undefined) throw functionFailure(fact, payload);
  const read = topicsAnswer.safeParse(payload);
  if (!read.success)
    throw new OperatorError(`function ${fact.function} answers in a form that this release does not know; deploy ${root} and run again`);
  return read.data;
}

/** @returns undefined for what is no JSON. */
function payloadOf({ Payload }: InvokeCommandOutput): unknown {
  const text = Payload?.transformToString() ?? "";
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function functionFailure({ function: name }: KafkaTopicsFact, payload: unknown): OperatorError {
  const { errorType, errorMessage } = failure.safeParse(payload).data ?? { errorMessage: "it does not say why" };
  if (errorType === SENTENCE) return new OperatorError(errorMessage);
  return new OperatorError(
    `function ${name} failed: ${partOfSentence(errorMessage)}; read its log group /aws/lambda/${name}, then plan again`,
  );
}
