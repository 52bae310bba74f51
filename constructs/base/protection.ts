/** Turning a safeguard off takes a sentence, and the sentence is tagged on the resource. */
export type Protection = "protected" | { readonly unprotectedBecause: string };

/** Tags that carry the reason for a missing protection; none when there is protection. */
export function protectionTags(protection: Protection): { UnprotectedBecause?: string } {
  return protection === "protected" ? {} : { UnprotectedBecause: tagValue(protection.unprotectedBecause) };
}

/**
 * A sentence as an AWS tag value: at most 256 characters out of letters, digits, spaces and `+ - = . _ : / @`.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagValue(sentence: string): string {
  return sentence
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N} +\-=._:/@]/gu, " ")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, 256);
}
