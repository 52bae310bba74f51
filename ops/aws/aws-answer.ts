import { EXIT, OperatorError } from "../cli/operator-error";
import { remedyOf, UnreadableAnswer, wordsOf } from "./aws-error";

/**
 * Waits for an answer of AWS, or of several calls in a row. What is already a sentence for an operator stays as it is.
 *
 * @param doing what is asked for, for example `reading parameter /shop/peers`.
 * @param absent name of the error that says that the thing does not exist. @default - that is an error like any other
 * @returns undefined when it does not exist.
 * @throws {OperatorError} for any other error, with AWS's own words and what to do.
 */
export async function awsAnswer<Answer>(doing: string, answer: Promise<Answer>, absent?: string): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    if (error instanceof Error && error.name === absent) return undefined;
    const found = UnreadableAnswer.when(error) ?? error;
    throw new OperatorError(`${doing} failed: ${wordsOf(found)}; ${remedyOf(found)}`, EXIT.failed, { cause: error });
  }
}

/**
 * Makes sure that an answer came from the account that the root belongs to.
 *
 * @throws {OperatorError} for another account.
 */
export function refuseOtherAccount(what: string, arn: string | undefined, accountId: string): void {
  const found = arn?.split(":")[4];
  if (found === accountId) return;
  throw new OperatorError(`${what} is in account ${found}, not in ${accountId} as config/ says; change the AWS credentials`, EXIT.refused);
}
