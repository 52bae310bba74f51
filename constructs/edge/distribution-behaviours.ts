import type {
  CloudfrontDistributionDefaultCacheBehavior,
  CloudfrontDistributionOrderedCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";

/** A path of the backend and everything below it, for example `/api/*`. CloudFront tells upper from lower case. */
export type PathPattern = `/${string}/*`;

/** The paths that belong to the backend. Both must be named: without one of its own, a websocket would end in the bucket. */
export interface BackendPaths {
  readonly api: PathPattern;
  readonly websockets: PathPattern;
}

/**
 * Policies that AWS keeps; their ids are the same in every account.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const MANAGED_POLICY = {
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
} as const;

const READING = ["GET", "HEAD"];
const EVERYTHING = [...READING, "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/** Pages and assets: read only, cached as long as the origin says, compressed. */
export function siteBehaviour(
  originId: string,
  { functionArn, headersPolicyId }: { readonly functionArn: string; readonly headersPolicyId: string },
): CloudfrontDistributionDefaultCacheBehavior {
  return {
    targetOriginId: originId,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: READING,
    cachedMethods: READING,
    cachePolicyId: MANAGED_POLICY.cachingOptimized,
    responseHeadersPolicyId: headersPolicyId,
    compress: true,
    functionAssociation: [{ eventType: "viewer-request", functionArn }],
  };
}

/**
 * One path of the backend: nothing is cached, and the whole request is passed on, with the host and the headers by which a
 * websocket begins. The backend compresses and sets security headers itself.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html
 */
export function backendBehaviour(originId: string, pathPattern: PathPattern): CloudfrontDistributionOrderedCacheBehavior {
  return {
    pathPattern,
    targetOriginId: originId,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: EVERYTHING,
    cachedMethods: READING,
    cachePolicyId: MANAGED_POLICY.cachingDisabled,
    originRequestPolicyId: MANAGED_POLICY.allViewer,
    compress: false,
  };
}

/**
 * The patterns, in the order in which CloudFront tries them.
 *
 * @throws {PropsError} for a pattern of several segments or with further wildcards, and for one that is given twice.
 */
export function backendPatterns(scope: Construct, { api, websockets }: BackendPaths): readonly PathPattern[] {
  for (const [name, pattern] of Object.entries({ api, websockets })) {
    if (!/^\/[a-z0-9-]+\/\*$/.test(pattern))
      throw new PropsError(
        scope,
        `backend.paths.${name}`,
        "must be one segment of lower-case letters, digits and hyphens, then /*",
        pattern,
      );
  }
  if (api === websockets) throw new PropsError(scope, "backend.paths", "must differ", api);
  return [api, websockets];
}
