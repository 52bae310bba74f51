/** Whose e-mail addresses may be used. */
export interface EmailRules {
  /** Domains that may, in plain lower-case letters. Subdomains are domains of their own. */
  readonly domains: "any" | ReadonlySet<string>;
  /** Whether `name+word@example.com` may: one mailbox has any number of such addresses. */
  readonly plusAddresses: "allowed" | "refused";
}

/** What an address can break, as logs and documents name it. */
export type EmailRule = "email-missing" | "email-form" | "domain" | "plus-address";

/** Characters in an e-mail address, at most. @see https://www.rfc-editor.org/errata/eid1690 */
const LONGEST_ADDRESS = 254;

/** Characters before the @, at most. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.1 */
const LONGEST_LOCAL_PART = 64;

/** Letters, digits and signs of the ASCII set, with single dots between them. @see https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** A host name with at least one dot. @see https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
const DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;

/** The first rule that an address breaks, and undefined for one that may be used. No address breaks a rule too. */
export function brokenEmailRule(address: string | undefined, { domains, plusAddresses }: EmailRules): EmailRule | undefined {
  if (address === undefined) return "email-missing";
  const parts = parseAddress(address);
  if (parts === undefined) return "email-form";
  if (domains !== "any" && !domains.has(parts.domain)) return "domain";
  if (plusAddresses === "refused" && parts.localPart.includes("+")) return "plus-address";
  return undefined;
}

/**
 * Takes an address apart; undefined for what cannot be used. Only addresses in ASCII pass: a letter of another script can look
 * like one of ours, and lower-casing turns some into ours.
 */
function parseAddress(address: string): { readonly localPart: string; readonly domain: string } | undefined {
  const at = address.indexOf("@");
  // What is too long never meets the patterns.
  if (at < 1 || at > LONGEST_LOCAL_PART || address.length > LONGEST_ADDRESS) return undefined;
  const localPart = address.slice(0, at);
  const domain = address.slice(at + 1);
  return LOCAL_PART.test(localPart) && DOMAIN.test(domain) ? { localPart, domain: domain.toLowerCase() } : undefined;
}
