/**
 * A no, in words for the user. Cognito shows them as `PreSignUp failed with error WORDS.`, with the trigger's name: it adds the full
 * stop, so the words end without one. They hold nothing of the event, and nothing of how we work.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  /** @param rule what was broken, as logs and documents name it. */
  constructor(
    readonly rule: string,
    words: string,
  ) {
    super(words);
  }
}

/** What users read when it is not their doing. */
export const OUR_FAULT = "This did not work; please try again in a few minutes, and write to support if it still does not";
