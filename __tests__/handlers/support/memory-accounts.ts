import type { AccountStore, Membership } from "../../../handlers/accounts/account-store";

/** Users and accounts in memory, as the table would have them. */
export class MemoryAccounts implements AccountStore {
  readonly users: Map<string, Membership>;

  constructor(users: Iterable<[sub: string, membership: Membership]> = []) {
    this.users = new Map(users);
  }

  async createOwner(sub: string, accountId: string): Promise<boolean> {
    if (this.users.has(sub)) return false;
    this.users.set(sub, { accountId, role: "owner" });
    return true;
  }

  async findMembership(sub: string): Promise<Membership | undefined> {
    return this.users.get(sub);
  }
}
