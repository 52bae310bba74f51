/** Words in a variable's name that promise a secret. */
const SECRET_NAME =
  /((^|_)(PASS|PWD)(_|$)|PASSPHRASE|PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SIGNING_?KEY|ENCRYPTION_?KEY|CREDENTIAL)S?/i;

/** Endings that turn the name into a pointer to a secret, or a setting about one: `STRIPE_SECRET_NAME`, `TOKEN_TTL_SECONDS`. */
const POINTER_NAME = /(_NAME|_ARN|_PATH|_ID|_URL|_TTL|_SECONDS|_MINUTES|_VERSION|_ALGORITHM|_ISSUER|_AUDIENCE|_ENABLED|_LENGTH)$/i;

/** Values that are a secret whatever the variable is called. Formats as their issuers document them. */
const SECRET_VALUE: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, // AWS access key id
  /\b[srp]k_(live|test)_[A-Za-z0-9]{10,}/, // Stripe
  /\brzp_(live|test)_[A-Za-z0-9]{10,}/, // Razorpay
  /\bgh[pousr]_[A-Za-z0-9]{30,}/, // GitHub
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/, // Slack
  /\bshp(at|ca|pa|ss)_[A-Fa-f0-9]{32}/, // Shopify
  /hooks\.slack\.com\/services\//,
  /\bsk-(ant-|proj-)?[A-Za-z0-9_-]{20,}/, // OpenAI, Anthropic
  /\bAIza[A-Za-z0-9_-]{35}/, // Google
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./, // JSON web token
  /^[a-z][a-z0-9+.:-]*:\/\/[^/\s:@]*:[^/\s@]+@/i, // URL with a password
];

/**
 * Names of the variables that look like a secret, by their name or by their value. Meant to be wrong on the safe side: a
 * setting that only sounds like a secret gets another name.
 */
export function secretLikeVariables(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => (SECRET_NAME.test(name) && !POINTER_NAME.test(name)) || SECRET_VALUE.some((format) => format.test(value)))
    .map(([name]) => name)
    .sort();
}
