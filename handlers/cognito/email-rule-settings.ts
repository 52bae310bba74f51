import type { EmailRules } from "./email-rules";

/**
 * Reads the rules out of a function's settings.
 *
 * @param domains ALLOWED_EMAIL_DOMAINS: `any`, or domains with commas between them.
 * @param plusAddresses PLUS_ADDRESSES: `allowed` or `refused`.
 * @throws for anything else: without rules nobody signs up, and nobody gets tokens.
 */
export function parseEmailRules(domains: string, plusAddresses: string): EmailRules {
  if (plusAddresses !== "allowed" && plusAddresses !== "refused")
    throw new Error(`PLUS_ADDRESSES must be allowed or refused, got "${plusAddresses}"`);
  if (domains === "any") return { domains, plusAddresses };
  const list = domains.split(",").map((domain) => domain.trim());
  const wrong = list.filter((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain));
  if (wrong.length > 0)
    throw new Error(`ALLOWED_EMAIL_DOMAINS must be any, or domains in lower case with commas between them, got "${wrong[0]}"`);
  return { domains: new Set(list), plusAddresses };
}
