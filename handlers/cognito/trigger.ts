import { createHash } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { Fault } from "../fault";
import { subject, textAt } from "./event-reading";
import { OUR_FAULT, Refusal } from "./refusal";

/**
 * Milliseconds in which a trigger answers. Cognito waits 5000 from its call on, and a cold start comes out of the same 5000:
 * two seconds are left for it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export const DEADLINE_MS = 3000;

/**
 * What a trigger decides: the parts of the event's `response` that it sets.
 *
 * @param event from Cognito, with what users and administrators wrote into it.
 * @param signal goes off at the deadline.
 * @throws {Refusal} to refuse. Anything else that is thrown is a fault of ours, and the user is told no more than that.
 */
export type Decide<Response> = (event: unknown, signal: AbortSignal) => Response | Promise<Response>;

/**
 * A Lambda handler for one of Cognito's triggers. It answers within {@link DEADLINE_MS} and fails closed: whatever goes wrong,
 * Cognito gets an error with words for the user, and with nothing else.
 *
 * Each event leaves one record, without personal data: the user stands in it as {@link userMark}.
 *
 * @param prepare reads settings and makes clients, once, at cold start.
 */
export function cognitoTrigger<Event extends { readonly response: object }>(
  serviceName: string,
  prepare: () => Decide<Partial<Event["response"]>>,
): (event: Event, context: Context) => Promise<Event> {
  const logger = new Logger({ serviceName });
  const decide = prepareSafely(prepare);
  return async (event, context) => {
    logger.addContext(context);
    const told = { trigger: knownForm(textAt(event, "triggerSource")), user: userMark(event) };
    try {
      const answer = await beforeDeadline(async (signal) => decide(event, signal));
      logger.info("decided", { ...told, outcome: "allowed" });
      return { ...event, response: { ...event.response, ...answer } };
    } catch (error) {
      if (error instanceof Refusal) {
        logger.info("decided", { ...told, outcome: "refused", rule: error.rule });
        throw error;
      }
      // The word that the alarm of a function with `errors: "logs"` looks for.
      logger.error("failed", { ...told, outcome: "failed", ...withoutData(error) });
      throw new Refusal("fault", OUR_FAULT);
    }
  };
}

/** What cannot start refuses every event, as what breaks later does: an error at cold start would reach the user as it stands. */
function prepareSafely<Response>(prepare: () => Decide<Response>): Decide<Response> {
  try {
    return prepare();
  } catch (error) {
    // There is no event yet that the message could quote.
    const fault = error instanceof Error ? new Fault(error.message) : error;
    return () => {
      throw fault;
    };
  }
}

/** @throws at the deadline, whether or not the work listens to its signal. */
async function beforeDeadline<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => {
      const error = new Fault(`no decision within ${DEADLINE_MS} ms`);
      fail(error);
      deadline.abort(error);
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([work(deadline.signal), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A user in the logs: twelve hex digits of the SHA-256 of the id that Cognito gave. Whoever has the id finds the records, and
 * the records alone name nobody.
 */
function userMark(event: unknown): string | undefined {
  const sub = subject(event);
  return sub === undefined ? undefined : createHash("sha256").update(sub).digest("hex").slice(0, 12);
}

/** A text that may stand in a log because it has the form of a word of Cognito's. */
function knownForm(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z_]{1,64}$/.test(text) ? text : undefined;
}

interface ErrorRecord {
  readonly error: string;
  readonly says?: string;
  /** Where it came from, innermost first. */
  readonly at?: readonly string[];
}

/** What may be said of an error. The message of one that is not ours may quote the event or a stored item. */
function withoutData(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const at = frames.map((frame) => frame.trim());
  return error instanceof Fault ? { error: error.name, says: error.message, at } : { error: error.name, at };
}
