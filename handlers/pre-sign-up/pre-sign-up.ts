import { brokenEmailRule, type EmailRule, type EmailRules } from "../cognito/email-rules";
import { textAt, triggerSource, valuesAt } from "../cognito/event-reading";
import { Refusal } from "../cognito/refusal";

/** Ways to sign up, an administrator's invitation and another identity provider among them: the rules hold for all. */
const SOURCES = ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"] as const;

/** Characters in one attribute, at most. @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const LONGEST_ATTRIBUTE = 2048;

/** Control characters, halves of a character, and marks that turn the direction of the text around them. */
const NOT_TEXT = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** What a user reads who signs up with an address that breaks a rule. */
const WORDS: Readonly<Record<EmailRule, string>> = {
  "email-missing": "Please give an e-mail address to sign up with",
  "email-form": "This e-mail address cannot be used; please give one such as name@example.com",
  domain: "Sign-up is open to some e-mail domains only, and yours is none of them; please ask for an invitation",
  "plus-address": "Please use your e-mail address without the plus sign and what follows it",
};

/** Nobody is confirmed by us: each user proves the address with a code. */
export const UNCONFIRMED = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false } as const;

/**
 * Lets a user sign up.
 *
 * @throws {Refusal} for an attribute that is no text or too long, an address that cannot be used, a domain that may not sign up,
 * and a plus address where those are refused.
 * @throws {Fault} for an event that is none of signing up.
 */
export function decideSignUp(event: unknown, rules: EmailRules): typeof UNCONFIRMED {
  triggerSource(event, SOURCES);
  checkAttributes(valuesAt(event, "request", "userAttributes"));
  const broken = brokenEmailRule(textAt(event, "request", "userAttributes", "email"), rules);
  if (broken !== undefined) throw new Refusal(broken, WORDS[broken]);
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
