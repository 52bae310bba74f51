/** What a user may do in an account. The first user of an account owns it. */
export const ROLES = ["owner", "admin", "member"] as const;
export type Role = (typeof ROLES)[number];

/** Where a user belongs. */
export interface Membership {
  readonly accountId: string;
  readonly role: Role;
}

/** What the triggers need of the table of users and accounts. Tests pass a fake; the handlers pass DynamoDB. */
export interface AccountStore {
  /**
   * Makes a user and an account that the user owns: both or neither, and only when the user is not there yet.
   *
   * @param sub id that Cognito gave the user for good.
   * @param accountId id of the new account; forgotten when the user is there.
   * @returns whether they were made now.
   */
  createOwner(sub: string, accountId: string, signal: AbortSignal): Promise<boolean>;

  /** @returns undefined for a user that is not there. */
  findMembership(sub: string, signal: AbortSignal): Promise<Membership | undefined>;
}
