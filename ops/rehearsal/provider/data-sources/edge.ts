import type { ValueMap } from "../protocol/value";
import type { DataQuery, DataSources } from "./data-source";

/** What goes into a cache key or to an origin: a behaviour, and the names it applies to. */
interface Choice {
  readonly behavior: string;
  readonly items?: readonly string[];
}

const NONE: Choice = { behavior: "none" };
const ALL: Choice = { behavior: "all" };
const NO_TTL = [0, 0, 0] as const;
const BOTH = ["gzip", "brotli"] as const;

interface CachePolicy {
  readonly id: string;
  /** Least, default and greatest time to live, in seconds. */
  readonly ttl: readonly [number, number, number];
  readonly headers: Choice;
  readonly cookies: Choice;
  readonly queries: Choice;
  /** Compressed forms that are cached on their own. */
  readonly encodings: readonly ("gzip" | "brotli")[];
}

interface OriginRequestPolicy {
  readonly id: string;
  readonly headers: Choice;
  readonly cookies: Choice;
  readonly queries: Choice;
}

const only = (...items: readonly string[]): Choice => ({ behavior: "whitelist", items });

/** Cache policies that AWS keeps; their ids are the same in every account. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHE_POLICIES: Readonly<Record<string, CachePolicy>> = {
  "Managed-Amplify": {
    id: "2e54312d-136d-493c-8eb9-b001f22f67d2",
    ttl: [2, 2, 600],
    headers: only("Authorization", "CloudFront-Viewer-Country", "Host"),
    cookies: ALL,
    queries: ALL,
    encodings: BOTH,
  },
  "Managed-CachingDisabled": {
    id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    ttl: NO_TTL,
    headers: NONE,
    cookies: NONE,
    queries: NONE,
    encodings: [],
  },
  "Managed-CachingOptimized": {
    id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    ttl: [1, 86_400, 31_536_000],
    headers: NONE,
    cookies: NONE,
    queries: NONE,
    encodings: BOTH,
  },
  "Managed-CachingOptimizedForUncompressedObjects": {
    id: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
    ttl: [1, 86_400, 31_536_000],
    headers: NONE,
    cookies: NONE,
    queries: NONE,
    encodings: [],
  },
  "Managed-Elemental-MediaPackage": {
    id: "08627262-05a9-4f76-9ded-b50ca2e3a84f",
    ttl: [0, 86_400, 31_536_000],
    headers: only("Origin"),
    cookies: NONE,
    queries: only("aws.manifestfilter", "end", "m", "start"),
    encodings: ["gzip"],
  },
  UseOriginCacheControlHeaders: {
    id: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
    ttl: [0, 0, 31_536_000],
    headers: only("Host", "Origin", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"),
    cookies: ALL,
    queries: NONE,
    encodings: BOTH,
  },
  "UseOriginCacheControlHeaders-QueryStrings": {
    id: "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
    ttl: [0, 0, 31_536_000],
    headers: only("Host", "Origin", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"),
    cookies: ALL,
    queries: ALL,
    encodings: BOTH,
  },
};

/** Origin request policies that AWS keeps. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const ORIGIN_REQUEST_POLICIES: Readonly<Record<string, OriginRequestPolicy>> = {
  "Managed-AllViewer": { id: "216adef6-5c7f-47e4-b989-5492eafa07d3", headers: { behavior: "allViewer" }, cookies: ALL, queries: ALL },
  "Managed-AllViewerAndCloudFrontHeaders-2022-06": {
    id: "33f36d7e-f396-46d9-90e0-52428a34d9dc",
    headers: { behavior: "allViewerAndWhitelistCloudFront" },
    cookies: ALL,
    queries: ALL,
  },
  "Managed-AllViewerExceptHostHeader": {
    id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    headers: { behavior: "allExcept", items: ["Host"] },
    cookies: ALL,
    queries: ALL,
  },
  "Managed-CORS-CustomOrigin": { id: "59781a5b-3903-41f3-afcb-af62929ccde1", headers: only("Origin"), cookies: NONE, queries: NONE },
  "Managed-CORS-S3Origin": {
    id: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
    headers: only("Access-Control-Request-Headers", "Access-Control-Request-Method", "Origin"),
    cookies: NONE,
    queries: NONE,
  },
  "Managed-Elemental-MediaTailor-PersonalizedManifests": {
    id: "775133bc-15f2-49f9-abea-afb2e0bf67d2",
    headers: only("Origin"),
    cookies: NONE,
    queries: ALL,
  },
  "Managed-HostHeaderOnly": { id: "bf0718e1-ba1e-49d1-88b1-f726733018ae", headers: only("Host"), cookies: NONE, queries: NONE },
  "Managed-UserAgentRefererHeaders": {
    id: "acba4595-bd28-49b8-b9fe-13317c0390fa",
    headers: only("Referer", "User-Agent"),
    cookies: NONE,
    queries: NONE,
  },
};

/** A policy by its id or name. */
function lookUp<P extends { readonly id: string }>(
  query: DataQuery,
  policies: Readonly<Record<string, P>>,
): readonly [name: string, policy: P] {
  const [id, name] = [query.text("id"), query.text("name")];
  const found = Object.entries(policies).find(([known, policy]) => known === name || policy.id === id);
  return (
    found ??
    query.refuse(
      name === undefined ? "id" : "name",
      `must be a policy that AWS manages (${Object.keys(policies).join(", ")}), got "${name ?? id}"; one of your own is a resource`,
    )
  );
}

const config = (kind: "cookie" | "header" | "query_string", names: string, { behavior, items }: Choice): ValueMap => ({
  [`${kind}_behavior`]: behavior,
  [names]: items === undefined ? [] : [{ items }],
});

function choices({ headers, cookies, queries }: OriginRequestPolicy | CachePolicy): ValueMap {
  return {
    cookies_config: [config("cookie", "cookies", cookies)],
    headers_config: [config("header", "headers", headers)],
    query_strings_config: [config("query_string", "query_strings", queries)],
  };
}

function cachePolicy(query: DataQuery): ValueMap {
  const [name, policy] = lookUp(query, CACHE_POLICIES);
  const [least, usual, greatest] = policy.ttl;
  return {
    id: policy.id,
    name,
    arn: query.globalArn("cloudfront", `cache-policy/${policy.id}`),
    comment: "",
    etag: "EFAKE000000000",
    min_ttl: least,
    default_ttl: usual,
    max_ttl: greatest,
    parameters_in_cache_key_and_forwarded_to_origin: [
      {
        ...choices(policy),
        enable_accept_encoding_brotli: policy.encodings.includes("brotli"),
        enable_accept_encoding_gzip: policy.encodings.includes("gzip"),
      },
    ],
  };
}

function originRequestPolicy(query: DataQuery): ValueMap {
  const [name, policy] = lookUp(query, ORIGIN_REQUEST_POLICIES);
  return {
    id: policy.id,
    name,
    arn: query.globalArn("cloudfront", `origin-request-policy/${policy.id}`),
    comment: "",
    etag: "EFAKE000000000",
    ...choices(policy),
  };
}

export const EDGE: DataSources = { aws_cloudfront_cache_policy: cachePolicy, aws_cloudfront_origin_request_policy: originRequestPolicy };
