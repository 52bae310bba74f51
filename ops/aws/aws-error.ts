import { messageOf, partOfSentence } from "../cli/operator-error";

/** Errors of the language itself: of a mistake in this program, or of the SDK over an answer that is not in AWS's form. */
const BUILT_IN = [TypeError, RangeError, ReferenceError, SyntaxError];

export function isBuiltIn(error: unknown): boolean {
  return BUILT_IN.some((Kind) => error instanceof Kind);
}

/** Somebody answered, a proxy for example, but not as AWS does; or the answer was cut off. */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";

  /** @returns undefined for an error that says itself what is wrong. */
  static when(error: unknown): UnreadableAnswer | undefined {
    return isBuiltIn(error) ? new UnreadableAnswer("the answer is not in AWS's form", { cause: error }) : undefined;
  }
}

/** What an error says, on one line, without the full stop. Node's error for a host with several addresses says nothing but its code. */
export function wordsOf(error: unknown): string {
  const words = partOfSentence(messageOf(error));
  if (words !== "" || !(error instanceof Error)) return words;
  return "code" in error ? `${error.name} ${String(error.code)}` : error.name;
}

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/** What an operator does about an error of AWS's SDK, or of the network. */
export function remedyOf(error: unknown): string {
  if (error instanceof UnreadableAnswer || isOfNetwork(error)) return "see whether this machine reaches AWS, and run again";
  const status = statusOf(error);
  if (status === 429 || (error instanceof Error && THROTTLED.test(error.name))) return "wait a minute and run again";
  if (status !== undefined && status >= 500) return "see whether AWS has an outage, and run again";
  return "check the AWS credentials and run again";
}

/** Node writes what the system calls an error: ECONNRESET, ENOTFOUND. */
function isOfNetwork(error: unknown): boolean {
  return error instanceof Error && (error.name === "TimeoutError" || ("code" in error && /^E[A-Z_]+$/.test(String(error.code))));
}

function statusOf(error: unknown): number | undefined {
  const metadata = error instanceof Error && "$metadata" in error ? error.$metadata : undefined;
  const status = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata ? metadata.httpStatusCode : undefined;
  return typeof status === "number" ? status : undefined;
}
