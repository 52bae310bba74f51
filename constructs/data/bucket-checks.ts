import { Token } from "cdktf";
import type { Construct } from "constructs";
import { NAME_LIMIT } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import type { BucketProps } from "./bucket";

/** Letters that S3 takes, but no periods: the host name of such a bucket has no certificate. */
const NAME = new RegExp(`^(?=.{3,${NAME_LIMIT.bucket}}$)[a-z0-9][a-z0-9-]*[a-z0-9]$`);
/** An origin as browsers send it. A developer's own machine has no certificate. */
const ORIGIN = /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/localhost(:\d+)?)$/;

/**
 * Checks what a bucket is made from. Origins that are known only when it is deployed pass.
 *
 * @throws {PropsError} for a name that S3 does not take, days that are none, origins that are none, and a lock that
 * outlives an unprotected bucket.
 */
export function checkBucket(scope: Construct, { name, protection, noncurrentDays, expireDays, lock, cors }: BucketProps): void {
  if (!NAME.test(name)) {
    throw new PropsError(scope, "name", `must be 3 to ${NAME_LIMIT.bucket} lower-case letters, digits and inner hyphens`, name);
  }
  for (const [prop, days] of Object.entries({ noncurrentDays, expireDays, "lock.days": lock?.days })) {
    if (days !== undefined && (!Number.isInteger(days) || days < 1))
      throw new PropsError(scope, prop, "must be whole days from 1 on", days);
  }
  if (lock?.mode === "COMPLIANCE" && protection !== "protected") {
    throw new PropsError(scope, "lock.mode", "must be GOVERNANCE for a bucket that is to be deleted with its objects", lock.mode);
  }
  if (cors === undefined) return;
  const wrong = cors.origins.filter((origin) => !Token.isUnresolved(origin) && !ORIGIN.test(origin));
  if (wrong.length > 0 || cors.origins.length === 0) {
    throw new PropsError(scope, "cors.origins", "must be at least one origin such as https://app.example.com, without wildcards", wrong);
  }
}
