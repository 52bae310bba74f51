import { messageOf } from "../cli/operator-error";
import { withoutSecrets } from "./without-secrets";

/** AWS was silent for too long. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";

  constructor(readonly seconds: number) {
    super(`no answer within ${seconds} seconds`);
  }
}

/** Errors of the language itself: of a mistake in this program, or of the SDK over an answer that is not in AWS's form. */
const BUILT_IN = [TypeError, RangeError, ReferenceError, SyntaxError];

/** Somebody answered, a proxy for example, but not as AWS does. */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";

  /** @returns undefined for an error that says itself what is wrong. */
  static when(error: unknown): UnreadableAnswer | undefined {
    if (!BUILT_IN.some((Kind) => error instanceof Kind)) return undefined;
    return new UnreadableAnswer("the answer is not in AWS's form", { cause: error });
  }
}

/** Why something cannot be known, and what to do about it. */
export interface Ignorance {
  readonly found: string;
  readonly todo: string;
}

const REFUSALS = /^(AccessDenied|AccessDeniedException|AccessDeniedFault|AuthorizationError|UnauthorizedOperation|Forbidden|403)$/;

/**
 * What an error of AWS's SDK, or of the network, means for a check.
 *
 * @throws the error itself when it is a mistake in this program.
 */
export function ignoranceOf(error: unknown): Ignorance {
  if (BUILT_IN.some((Kind) => error instanceof Kind)) throw error;
  if (error instanceof NoAnswer) return { found: error.message, todo: "run again; see whether AWS has an outage when it stays so" };
  const name = error instanceof Error ? error.name : "";
  const message = messageOf(error);
  if (REFUSALS.test(name)) {
    const action = /perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
    return action === undefined
      ? { found: `these credentials may not ask (${name})`, todo: "use credentials that may read the whole root" }
      : { found: `these credentials may not ${action}`, todo: `allow ${action}, or use other credentials` };
  }
  const words = withoutSecrets(message.replace(/[.\s]+$/, "")) || wordsFor(name, error);
  const todo = "check the network and the credentials, and run again";
  return { found: `${isFromAws(error) ? "AWS answers" : "AWS did not answer"}: ${words}`, todo };
}

function isFromAws(error: unknown): boolean {
  return error instanceof Error && "$response" in error && error.$response !== undefined;
}

/** Node's error for a host with several addresses says nothing but its code. */
function wordsFor(name: string, error: unknown): string {
  return error instanceof Error && "code" in error ? `${name} ${String(error.code)}` : name;
}
