import type { CacheBehavior, DistributionConfig } from "@aws-sdk/client-cloudfront";
import type { DistributionFact } from "../../constructs/base/inventory-parts";

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html#managed-cache-policy-caching-disabled */
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html#managed-origin-request-policy-all-viewer */
const ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const WRITING = ["OPTIONS", "PUT", "POST", "PATCH", "DELETE"] as const;
/** The default behaviour, as the inventory writes it. */
const DEFAULT = "*";

/**
 * What is wrong with a live distribution, in the terms of what visitors notice: websockets that do not open, answers that are
 * another visitor's, API errors that look like pages, assets that are forbidden. One sentence each; none when all is well.
 */
export function distributionFaults({ name, behaviours, hosts }: DistributionFact, live: DistributionConfig): string[] {
  const faults = behaviours.flatMap(({ path }) => (path === DEFAULT ? [] : behaviourFaults(path, live.CacheBehaviors?.Items ?? [])));
  const errors = (live.CustomErrorResponses?.Items ?? []).map(({ ErrorCode }) => ErrorCode);
  if (errors.length > 0)
    faults.push(
      `it answers ${errors.join(", ")} with a page of its own, which hides the backend's errors: remove its custom error responses`,
    );
  const site = live.Origins?.Items?.find(({ Id }) => Id === live.DefaultCacheBehavior?.TargetOriginId);
  if (!site?.OriginAccessControlId)
    faults.push("it asks the bucket without signing (no origin access control), so that pages and assets are forbidden");
  const missing = hosts.filter((host) => !host.startsWith("var.") && !live.Aliases?.Items?.includes(host));
  if (missing.length > 0) faults.push(`it does not answer to ${missing.join(", ")}: add the alias`);
  if (live.Enabled === false) faults.push("it is switched off");
  return faults.map((fault) => `distribution ${name}: ${fault}; deploying its root again puts it right`);
}

function behaviourFaults(path: string, live: readonly CacheBehavior[]): string[] {
  const behaviour = live.find(({ PathPattern }) => PathPattern === path);
  if (behaviour === undefined) return [`it has no behaviour for ${path}, so that those requests, websockets among them, end in the bucket`];
  const faults: string[] = [];
  const methods: readonly string[] = behaviour.AllowedMethods?.Items ?? [];
  const refused = WRITING.filter((method) => !methods.includes(method));
  if (refused.length > 0) faults.push(`${path} refuses ${refused.join(", ")}`);
  if (behaviour.CachePolicyId !== CACHING_DISABLED) faults.push(`${path} is cached, so that one visitor may get another's answer`);
  if (behaviour.OriginRequestPolicyId !== ALL_VIEWER)
    faults.push(`${path} does not pass on every header, so that websockets and sessions fail`);
  if ((behaviour.FunctionAssociations?.Quantity ?? 0) > 0)
    faults.push(`${path} runs a function, which may turn the backend's paths into pages`);
  return faults;
}

interface PolicyStatement {
  readonly Effect?: string;
  readonly Principal?: { readonly Service?: string | readonly string[] } | string;
  readonly Action?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Whether a bucket's policy lets a distribution read, and tells it what is not there.
 *
 * @param policy its JSON text; undefined where the bucket has none.
 */
export function bucketPolicyFaults(bucket: string, policy: string | undefined, distributionArn: string): string[] {
  const statements: readonly PolicyStatement[] = policy === undefined ? [] : list(JSON.parse(policy).Statement);
  const allowed = statements.filter((statement) => admits(statement, distributionArn)).flatMap(({ Action }) => list(Action));
  const consequences = { "s3:GetObject": "pages and assets are forbidden", "s3:ListBucket": "a missing asset is a 403 instead of a 404" };
  return Object.entries(consequences).flatMap(([action, consequence]) =>
    allowed.includes(action)
      ? []
      : [
          `bucket ${bucket}: its policy does not allow ${action} to ${distributionArn}, so that ${consequence}; deploying its root again puts it right`,
        ],
  );
}

function admits({ Effect, Principal, Condition }: PolicyStatement, arn: string): boolean {
  const service = typeof Principal === "object" ? list(Principal.Service) : [];
  const source = Condition?.["StringEquals"]?.["aws:SourceArn"] ?? Condition?.["StringEquals"]?.["AWS:SourceArn"];
  return Effect === "Allow" && service.includes("cloudfront.amazonaws.com") && list(source).includes(arn);
}

/** IAM writes a list of one without its brackets. */
function list<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Item];
}
