import { isBuiltIn, wordsOf } from "../aws/aws-error";
import { messageOf } from "../cli/operator-error";
import { withoutSecrets } from "./without-secrets";

/** AWS was silent for too long. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";

  constructor(readonly seconds: number) {
    super(`no answer within ${seconds} seconds`);
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
  if (isBuiltIn(error)) throw error;
  if (error instanceof NoAnswer) return { found: error.message, todo: "run again; see whether AWS has an outage when it stays so" };
  const name = error instanceof Error ? error.name : "";
  const message = messageOf(error);
  if (REFUSALS.test(name)) {
    const action = /perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
    return action === undefined
      ? { found: `these credentials may not ask (${name})`, todo: "use credentials that may read the whole root" }
      : { found: `these credentials may not ${action}`, todo: `allow ${action}, or use other credentials` };
  }
  const words = withoutSecrets(wordsOf(error));
  const todo = "check the network and the credentials, and run again";
  return { found: `${isFromAws(error) ? "AWS answers" : "AWS did not answer"}: ${words}`, todo };
}

function isFromAws(error: unknown): boolean {
  return error instanceof Error && "$response" in error && error.$response !== undefined;
}
