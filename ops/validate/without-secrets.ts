/** Longest line that is shown, in characters. */
const MAX_LENGTH = 160;

const SECRET_NAMES =
  "[\\w-]*(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|credential|authorization|cookie|dsn|session)[\\w-]*";

/** What looks like a secret, and what is left of it. The first that fits counts. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [^-]+-----.*/gs, "[removed]"],
  // A URL that is given a password, and what it asks for.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*:[^\s/]*@/gi, "$1[removed]@"],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, "$1 [removed]"],
  // name=value, name: value, "name": "value".
  [new RegExp(`(["']?\\b${SECRET_NAMES}["']?\\s*[:=]\\s*)("[^"]*"|'[^']*'|[^\\s,;&}]+)`, "gi"), "$1[removed]"],
  // JSON Web Tokens, keys of AWS, Stripe, GitHub, Slack and OpenAI.
  [/\beyJ[\w-]+\.[\w-]+\.?[\w-]*/g, "[removed]"],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, "[removed]"],
  [/\b(?:sk|pk|rk|whsec|ghp|gho|ghs|github_pat|xox[abp])[_-][\w-]{8,}/g, "[removed]"],
  // Anything else that is long and has letters and digits mixed: keys, hashes, tokens.
  [/\b(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{24,}/g, "[removed]"],
];

/** A text on one line, cut to 160 characters, without what looks like a secret. Better too much is taken out than too little. */
export function withoutSecrets(text: string): string {
  // Cut at the very end: half a secret would no longer look like one.
  const clean = SHAPES.reduce((rest, [shape, left]) => rest.replace(shape, left), text)
    .replace(/\s+/g, " ")
    .trim();
  return clean.length <= MAX_LENGTH ? clean : `${clean.slice(0, MAX_LENGTH - 3)}...`;
}
