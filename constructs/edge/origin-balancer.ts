import type { Connectable } from "../network/connections";
import type { OriginSecret } from "./origin-secret";

/** What CloudFront needs of a balancer behind it. Its certificate must cover every host of the distribution: the host is passed on. */
export interface OriginBalancer extends Connectable<"https"> {
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
}

/** How CloudFront reaches the backend so that nobody else does. */
export type BackendOrigin =
  /** An internal balancer, over a way of CloudFront's own. */
  | { readonly vpcOrigin: OriginBalancer }
  /** A public balancer, which refuses requests without the secret. Its rule takes every value in `secretHeader.accepted`. */
  | { readonly publicOrigin: OriginBalancer; readonly secretHeader: OriginSecret };

/** The balancer of an origin, whichever way leads to it. */
export function balancerOf(origin: BackendOrigin): OriginBalancer {
  return "vpcOrigin" in origin ? origin.vpcOrigin : origin.publicOrigin;
}

/** List of the addresses that CloudFront calls origins from. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html#managed-prefix-list */
const CLOUDFRONT_ADDRESSES = "com.amazonaws.global.cloudfront.origin-facing";

/**
 * Lets CloudFront reach an internal balancer over HTTPS.
 *
 * A private origin's requests come from the edge's addresses, although they arrive through interfaces in the VPC. AWS
 * documents the list and, once the VPC has its first private origin, the group of those interfaces. The list exists before
 * the balancer does, and lets nobody else in: another customer's CloudFront has no way to an internal balancer.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html#vpc-origin-prerequisites
 */
export function admitCloudfront(balancer: OriginBalancer): void {
  balancer.connections.allowFromPrefixList("CloudFront", CLOUDFRONT_ADDRESSES, "visitors' requests, passed on by CloudFront", "https");
}
