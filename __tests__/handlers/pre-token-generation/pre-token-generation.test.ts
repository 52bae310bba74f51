import type { Membership } from "../../../handlers/accounts/account-store";
import { claimsFor } from "../../../handlers/pre-token-generation/pre-token-generation";
import { cognitoEvent, SUB } from "../support/cognito-events";
import { MemoryAccounts } from "../support/memory-accounts";

const OWNER: Membership = { accountId: "11111111-2222-4333-8444-555555555555", role: "owner" };
const RULES = { domains: new Set(["example.com"]), plusAddresses: "refused" } as const;
const SOURCES = ["HostedAuth", "Authentication", "NewPasswordChallenge", "AuthenticateDevice", "RefreshTokens"];

/** Accounts that count how often they are asked. */
class CountingAccounts extends MemoryAccounts {
  asked = 0;

  override findMembership(sub: string): Promise<Membership | undefined> {
    this.asked++;
    return super.findMembership(sub);
  }
}

function tokens(email: string, { source = "Authentication", store = new MemoryAccounts([[SUB, OWNER]]) } = {}) {
  const event = cognitoEvent(`TokenGeneration_${source}`, { sub: SUB, email, email_verified: "true" }, { version: "2" });
  return claimsFor(event, { rules: RULES, store }, new AbortController().signal);
}

describe("claimsFor", () => {
  test("puts account and role into both tokens, and nothing else", async () => {
    const claims = { claimsToAddOrOverride: { account_id: OWNER.accountId, account_role: "owner" } };
    expect(await tokens("a.user@example.com")).toEqual({
      claimsAndScopeOverrideDetails: { idTokenGeneration: claims, accessTokenGeneration: claims },
    });
  });

  test.each(SOURCES)("holds the rules about addresses on the way of %s", async (source) => {
    await expect(tokens("a.user@example.com", { source })).resolves.toBeDefined();
    await expect(tokens("a.user@elsewhere.example", { source })).rejects.toMatchObject({ name: "Refusal", rule: "domain" });
    await expect(tokens("a.user+second@example.com", { source })).rejects.toMatchObject({ name: "Refusal", rule: "plus-address" });
  });

  test("asks for no account before the address has passed", async () => {
    const store = new CountingAccounts([[SUB, OWNER]]);
    await expect(tokens("a.user@elsewhere.example", { store })).rejects.toMatchObject({ rule: "domain" });
    expect(store.asked).toBe(0);
    await tokens("a.user@example.com", { store });
    expect(store.asked).toBe(1);
  });
});
