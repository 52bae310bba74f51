import { types } from "node:util";

/** Exit statuses of the operators' CLI, which other people's scripts read. */
export const EXIT = { done: 0, failed: 1, refused: 2 } as const;

/** An error that an operator can put right. Its message is one sentence: where, what rule, what was given, what to do. */
export class OperatorError extends Error {
  override readonly name: string = "OperatorError";

  /** @param exitCode 1 when something failed, 2 when it was refused or asked for in a wrong way. @default 1 */
  constructor(
    message: string,
    readonly exitCode: typeof EXIT.failed | typeof EXIT.refused = EXIT.failed,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A text as part of a sentence: on one line, and without its full stop. */
export function partOfSentence(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[.\s]+$/, "");
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error);
}
