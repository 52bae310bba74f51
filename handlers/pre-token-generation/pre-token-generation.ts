import type { AccountStore } from "../accounts/account-store";
import { subject, textAt, triggerSource } from "../cognito/event-reading";
import { Fault } from "../fault";

/** Every way to a user's tokens. */
const SOURCES = [
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
  "TokenGeneration_NewPasswordChallenge",
  "TokenGeneration_AuthenticateDevice",
  "TokenGeneration_RefreshTokens",
] as const;

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
 * @throws {Fault} for an event of another version, whose answer Cognito would not read; for a user without an account, whose
 * confirmation must have failed; and what the store throws.
 */
export async function claimsFor(event: unknown, store: Pick<AccountStore, "findMembership">, signal: AbortSignal): Promise<TokenAnswer> {
  triggerSource(event, SOURCES);
  if (textAt(event, "version") !== "2") throw new Fault("the event's version is not 2; set the trigger's version V2_0 in the user pool");
  const sub = subject(event);
  if (sub === undefined) throw new Fault("the event has no user attribute sub, or one that is no UUID");
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
