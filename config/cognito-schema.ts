import * as z from "zod";

/** Id of a user pool: its region, an underscore, letters and digits. @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html */
const USER_POOL_ID = /^([a-z]{2}(?:-[a-z]+)+-\d)_[A-Za-z0-9]{1,40}$/;

/** A user pool that is there already. Whether it is of the root's region is checked with {@link isUserPoolOf}. */
export const userPoolId = z.string().regex(USER_POOL_ID, "must be the id of a user pool, such as us-east-1_a1B2c3D4e");

/** Whether a user pool is of a region. What is no id at all has its own fault, and passes. */
export function isUserPoolOf(region: string, id: string): boolean {
  const found = USER_POOL_ID.exec(id)?.[1];
  return found === undefined || found === region;
}
