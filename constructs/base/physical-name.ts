import { createHash } from "node:crypto";
import type { Construct } from "constructs";
import { snakeCase } from "./address";
import { idsInStack, spokenIds } from "./construct-path";
import { SystemStack } from "./system-stack";

/**
 * Longest physical names that AWS accepts, in characters.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html (quotas and name rules per service)
 */
export const NAME_LIMIT = {
  loadBalancer: 32,
  targetGroupPrefix: 6,
  role: 64,
  databaseIdentifier: 63,
  replicationGroup: 40,
  bucket: 63,
  /** 255 less the 26 characters that the provider appends to a prefix. */
  securityGroupPrefix: 229,
  efsCreationToken: 64,
  deliveryStream: 64,
  topic: 256,
  alarm: 255,
} as const;

/**
 * Physical name of a resource in its system's own convention: the stack's prefix, then the path in lower case, with hyphens.
 *
 * A name that is too long keeps its start and ends in eight hex digits of its own hash, so that two long names never meet.
 *
 * @param limit longest name AWS accepts for this kind, see {@link NAME_LIMIT}.
 */
export function physicalName(scope: Construct, limit: number): string {
  return fitName([SystemStack.of(scope).namePrefix, ...spokenIds(idsInStack(scope)).map(snakeCase)].join("-").replace(/_/g, "-"), limit);
}

/** Shortens a name to `limit` characters; see {@link physicalName}. */
export function fitName(full: string, limit: number): string {
  if (full.length <= limit) return full;
  const hash = createHash("sha256").update(full).digest("hex").slice(0, 8);
  return `${full.slice(0, limit - 9).replace(/-+$/, "")}-${hash}`;
}
