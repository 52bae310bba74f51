import { textAt, triggerSource, valuesAt } from "../cognito/event-reading";
import { Refusal } from "../cognito/refusal";

/** Who may sign up. */
export interface SignUpRules {
  /** Domains of the e-mail addresses that may, in plain lower-case letters. Subdomains are domains of their own. */
  readonly domains: "any" | ReadonlySet<string>;
  /** Whether `name+word@example.com` may: one mailbox has any number of such addresses. */
  readonly plusAddresses: "allowed" | "refused";
}

/** Ways to sign up, an administrator's invitation and another identity provider among them: the rules hold for all. */
const SOURCES = ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"] as const;

/** Characters in one attribute, at most. @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const LONGEST_ATTRIBUTE = 2048;

/** Characters in an e-mail address, at most. @see https://www.rfc-editor.org/errata/eid1690 */
const LONGEST_ADDRESS = 254;

/** Control characters, halves of a character, and marks that turn the direction of the text around them. */
const NOT_TEXT = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** Letters, digits and signs of the ASCII set, with single dots between them. @see https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** A host name with at least one dot. @see https://www.rfc-editor.org/rfc/rfc1123#section-2.1 */
const DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;

/** Nobody is confirmed by us: each user proves the address with a code. */
export const UNCONFIRMED = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false } as const;

/**
 * Lets a user sign up.
 *
 * @throws {Refusal} for an attribute that is no text or too long, an address that cannot be used, a domain that may not sign up,
 * and a plus address where those are refused.
 * @throws {Fault} for an event that is none of signing up.
 */
export function decideSignUp(event: unknown, rules: SignUpRules): typeof UNCONFIRMED {
  triggerSource(event, SOURCES);
  checkAttributes(valuesAt(event, "request", "userAttributes"));
  const address = textAt(event, "request", "userAttributes", "email");
  if (address === undefined) throw new Refusal("email-missing", "Please give an e-mail address to sign up with");
  const { localPart, domain } = parseAddress(address);
  if (rules.domains !== "any" && !rules.domains.has(domain))
    throw new Refusal("domain", "Sign-up is open to some e-mail domains only, and yours is none of them; please ask for an invitation");
  if (rules.plusAddresses === "refused" && localPart.includes("+"))
    throw new Refusal("plus-address", "Please use your e-mail address without the plus sign and what follows it");
  return UNCONFIRMED;
}

function checkAttributes(values: readonly unknown[]): void {
  for (const value of values) {
    if (typeof value !== "string" || (value.length <= LONGEST_ATTRIBUTE && NOT_TEXT.test(value)))
      throw new Refusal("attribute-characters", "One of the fields has characters that cannot be used; please type it anew");
    if (value.length > LONGEST_ATTRIBUTE)
      throw new Refusal("attribute-length", `One of the fields is too long; please shorten it to ${LONGEST_ATTRIBUTE} characters`);
  }
}

/**
 * Takes an address apart. Only addresses in ASCII pass: a letter of another script can look like one of ours, and lower-casing
 * turns some into ours.
 */
function parseAddress(address: string): { readonly localPart: string; readonly domain: string } {
  const at = address.indexOf("@");
  const localPart = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (at < 1 || address.length > LONGEST_ADDRESS || localPart.length > 64 || !LOCAL_PART.test(localPart) || !DOMAIN.test(domain))
    throw new Refusal("email-form", "This e-mail address cannot be used; please give one such as name@example.com");
  return { localPart, domain: domain.toLowerCase() };
}
