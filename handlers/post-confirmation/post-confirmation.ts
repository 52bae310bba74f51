import type { AccountStore } from "../accounts/account-store";
import { subject, triggerSource } from "../cognito/event-reading";
import { Fault } from "../fault";

/**
 * What confirms a user. A new password does too: whoever was confirmed while this handler failed has no account, and gets one
 * by asking for a new password.
 */
const SOURCES = ["PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"] as const;

/** What the world does for a confirmation. */
export interface ConfirmationPorts {
  readonly store: Pick<AccountStore, "createOwner">;
  /** Makes an id for an account that nothing else has. */
  readonly newAccountId: () => string;
}

/**
 * Gives a confirmed user an account. As often as it runs for a user, and however many run at once, there is one account.
 *
 * @throws {Fault} for an event without a user, or none of a confirmation; and what the store throws.
 */
export async function confirmUser(
  event: unknown,
  { store, newAccountId }: ConfirmationPorts,
  signal: AbortSignal,
): Promise<Record<string, never>> {
  triggerSource(event, SOURCES);
  const sub = subject(event);
  if (sub === undefined) throw new Fault("the event has no user attribute sub, or one that is no UUID");
  await store.createOwner(sub, newAccountId(), signal);
  return {};
}
