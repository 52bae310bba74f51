import type { AccountStore } from "../accounts/account-store";
import { brokenEmailRule, type EmailRule, type EmailRules } from "../cognito/email-rules";
import { hasValueAt, subject, textAt, triggerSource } from "../cognito/event-reading";
import { Refusal } from "../cognito/refusal";
import { Fault } from "../fault";

/** Every way to a user's tokens. */
const SOURCES = [
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
  "TokenGeneration_NewPasswordChallenge",
  "TokenGeneration_AuthenticateDevice",
  "TokenGeneration_RefreshTokens",
] as const;

/** What a user reads whose address gets no tokens: nobody without tokens can change it, so support must. */
const WORDS: Readonly<Record<EmailRule | "email-unproven", string>> = {
  "email-missing": "Your user has no e-mail address; please write to support",
  "email-form": "Your e-mail address cannot be used here; please write to support",
  domain: "Your e-mail address is of a domain that cannot be used here; please write to support",
  "plus-address": "Your e-mail address has a plus sign, which cannot be used here; please write to support",
  "email-unproven": "Your e-mail address is not proven; please write to support",
};

/** What tokens depend on, beside the event. */
export interface TokenConditions {
  /** Whose addresses get tokens. Signing up has the same rules, and is not asked again when a user changes the address. */
  readonly rules: EmailRules;
  readonly store: Pick<AccountStore, "findMembership">;
}

/** Claims that both tokens get. */
export type AccountClaims = Record<"account_id" | "account_role", string>;

/** Answer to an event of version 2. */
export interface TokenAnswer {
  readonly claimsAndScopeOverrideDetails: {
    readonly idTokenGeneration: { readonly claimsToAddOrOverride: AccountClaims };
    readonly accessTokenGeneration: { readonly claimsToAddOrOverride: AccountClaims };
  };
}

/**
 * Puts the user's account and role into the ID token and the access token.
 *
 * @throws {Refusal} for a user without an address, with one that may not be used, and with one that is not proven.
 * @throws {Fault} for an event of another version, whose answer Cognito would not read; for a user without an account, whose
 * confirmation must have failed; and what the store throws.
 */
export async function claimsFor(event: unknown, { rules, store }: TokenConditions, signal: AbortSignal): Promise<TokenAnswer> {
  triggerSource(event, SOURCES);
  if (textAt(event, "version") !== "2") throw new Fault("the event's version is not 2; set the trigger's version V2_0 in the user pool");
  const sub = subject(event);
  if (sub === undefined) throw new Fault("the event has no user attribute sub, or one that is no UUID");
  checkAddress(event, rules);
  const membership = await store.findMembership(sub, signal);
  if (membership === undefined) throw new Fault("the user has no account");
  const claims = { account_id: membership.accountId, account_role: membership.role };
  return {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: { claimsToAddOrOverride: claims },
      accessTokenGeneration: { claimsToAddOrOverride: claims },
    },
  };
}

function checkAddress(event: unknown, rules: EmailRules): void {
  const broken = brokenEmailRule(textAt(event, "request", "userAttributes", "email"), rules) ?? unprovenRule(event);
  if (broken !== undefined) throw new Refusal(broken, WORDS[broken]);
}

/**
 * An address is unproven when Cognito says so. It says nothing of invited users, unless the invitation does: nobody sends them a
 * code, and whoever asked them for proof would shut them out for good. It says `false` once a user changes the address in a pool that
 * does not ask for proof first.
 *
 * @see https://github.com/aws-amplify/aws-sdk-ios/issues/2221
 */
function unprovenRule(event: unknown): "email-unproven" | undefined {
  const path = ["request", "userAttributes", "email_verified"];
  return hasValueAt(event, ...path) && textAt(event, ...path) !== "true" ? "email-unproven" : undefined;
}
