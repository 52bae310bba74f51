import { randomInt } from "node:crypto";

/** What a generated password may hold. Names and defaults are those of Secrets Manager. */
export interface PasswordRules {
  /** Characters, 1 to 4096. @default 32 */
  readonly length?: number;
  readonly excludeCharacters?: string;
  readonly excludeLowercase?: boolean;
  readonly excludeNumbers?: boolean;
  readonly excludePunctuation?: boolean;
  readonly excludeUppercase?: boolean;
  readonly includeSpace?: boolean;
  /** At least one of each kind that is not excluded. @default true */
  readonly requireEachIncludedType?: boolean;
}

/** Characters of each kind. @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const KINDS = {
  lowercase: "abcdefghijklmnopqrstuvwxyz",
  uppercase: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numbers: "0123456789",
  punctuation: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
  space: " ",
} as const;

const LENGTH = { least: 1, greatest: 4096, usual: 32 } as const;

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

function shuffled(characters: readonly string[]): string {
  const result = [...characters];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1);
    [result[i], result[j]] = [result[j] ?? "", result[i] ?? ""];
  }
  return result.join("");
}

/**
 * A password that nobody can guess and that keeps the rules.
 *
 * @throws {RangeError} when the length is out of range, or the rules leave nothing to choose from.
 */
export function randomPassword(rules: PasswordRules): string {
  const { length = LENGTH.usual, excludeCharacters = "", requireEachIncludedType = true } = rules;
  if (!Number.isInteger(length) || length < LENGTH.least || length > LENGTH.greatest)
    throw new RangeError(`password_length: must be ${LENGTH.least} to ${LENGTH.greatest}, got ${length}`);
  const wanted = [
    rules.excludeLowercase === true ? "" : KINDS.lowercase,
    rules.excludeUppercase === true ? "" : KINDS.uppercase,
    rules.excludeNumbers === true ? "" : KINDS.numbers,
    rules.excludePunctuation === true ? "" : KINDS.punctuation,
    rules.includeSpace === true ? KINDS.space : "",
  ];
  const kinds = wanted
    .map((kind) => [...kind].filter((character) => !excludeCharacters.includes(character)).join(""))
    .filter((kind) => kind !== "");
  if (kinds.length === 0)
    throw new RangeError("exclude_characters: leave nothing to choose from, with what else is excluded; allow some characters");
  const required = requireEachIncludedType ? kinds.map(pick) : [];
  if (required.length > length)
    throw new RangeError(`password_length: must be at least ${required.length} to hold one character of each kind, got ${length}`);
  const all = kinds.join("");
  return shuffled([...required, ...Array.from({ length: length - required.length }, () => pick(all))]);
}
