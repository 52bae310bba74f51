import type { DefaultCacheBehavior, DistributionConfig, Origin } from "@aws-sdk/client-cloudfront";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { DistributionFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { distributionConfig, distributionsNamed, liveDistribution } from "../live/live-distribution";

const part = "distributions";

/**
 * Every method that CloudFront can pass on, which is what a backend gets.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_AllowedMethods.html
 */
const METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"] as const;

/** A distribution: there, deployed, under its names, with its behaviours in order, a guarded bucket, and a backend that gets whole requests. */
export function distributionChecks(aws: Aws, inventory: InventoryDocument, fact: DistributionFact): readonly Check[] {
  const { root } = inventory;
  const what = `distribution ${fact.name}`;
  return [
    { part, heading: "distribution-exists", what, look: () => state(aws, root, fact, what) },
    { part, heading: "distribution-behaviours", what: `${what}: settings`, look: () => settings(aws, inventory, fact, what) },
  ];
}

async function state(aws: Aws, root: string, { name }: DistributionFact, what: string): Promise<readonly Finding[]> {
  const [live, ...others] = await distributionsNamed(aws, name);
  if (live === undefined) return [absent("distribution-exists", what, `deploy ${root}`)];
  if (others.length > 0) {
    const found = `there are several: ${[live, ...others].map(({ Id }) => Id).join(", ")}`;
    return [finding("distribution-exists", what, found, `change the comment of those that ${root} did not make`)];
  }
  const deployed = live.Status === "Deployed" && live.Enabled !== false;
  const words = live.Enabled === false ? "is switched off" : `${live.Status}`;
  const todo = live.Enabled === false ? `deploy ${root}` : "wait some minutes until every place has the last change";
  return [finding("distribution-deployed", `${what}: state`, words, deployed ? undefined : todo)];
}

async function settings(aws: Aws, inventory: InventoryDocument, fact: DistributionFact, what: string): Promise<readonly Finding[]> {
  const live = await liveDistribution(aws, fact.name);
  const config = live?.Id === undefined ? undefined : await distributionConfig(aws, live.Id);
  if (config === undefined) return [];
  const todo = `deploy ${inventory.root}`;
  return [
    behaviours(config, fact, what, todo),
    ...backend(config, fact, what, todo),
    ...origins(config, inventory, fact, what, todo),
    errorResponses(config, what, todo),
    ...names(config, fact, what, todo),
    certificate(config, what, todo),
  ];
}

type Behaviour = DefaultCacheBehavior & { readonly path: string; readonly to: string };

/** Behaviours in the order in which CloudFront tries them, and whereto each sends. */
function liveBehaviours(config: DistributionConfig, fact: DistributionFact): readonly Behaviour[] {
  const { CacheBehaviors, DefaultCacheBehavior } = config;
  const ordered = (CacheBehaviors?.Items ?? []).map(({ PathPattern = "?", ...behaviour }) => ({ path: PathPattern, behaviour }));
  const all = [...ordered, ...(DefaultCacheBehavior === undefined ? [] : [{ path: "*", behaviour: DefaultCacheBehavior }])];
  const names = [...new Set(fact.behaviours.map(({ to }) => to))];
  return all.map(({ path, behaviour }) => {
    const origin = config.Origins?.Items?.find(({ Id }) => Id === behaviour.TargetOriginId);
    const to = names.find((name) => origin !== undefined && leadsTo(origin, name)) ?? origin?.DomainName ?? "nowhere";
    return { ...behaviour, path, to };
  });
}

/** Whether an origin is the bucket or the balancer of a name: `NAME.s3.REGION.…`, `NAME-123.REGION.elb.…`, `internal-NAME-123.…`. */
function leadsTo({ DomainName = "" }: Origin, name: string): boolean {
  return DomainName.startsWith(`${name}.s3.`) || new RegExp(`^(internal-)?${name}-\\d+\\.`).test(DomainName);
}

function behaviours(config: DistributionConfig, fact: DistributionFact, what: string, todo: string): Finding {
  const written = (list: readonly { readonly path: string; readonly to: string }[]): string =>
    list.map(({ path, to }) => `${path} to ${to}`).join(", ");
  const [found, stated] = [written(liveBehaviours(config, fact)), written(fact.behaviours)];
  const same = found === stated;
  return finding("distribution-behaviours", `${what}: behaviours`, same ? found : `${found}; stated is ${stated}`, same ? undefined : todo);
}

/** Whether the backend's paths are passed on whole: not from a cache, not rewritten, and with the headers by which a websocket begins. */
function backend(config: DistributionConfig, fact: DistributionFact, what: string, todo: string): readonly Finding[] {
  const live = liveBehaviours(config, fact);
  return fact.behaviours.flatMap(({ path, cachePolicyId, originRequestPolicyId }): Finding[] => {
    const behaviour = live.find((other) => other.path === path);
    if (behaviour === undefined || originRequestPolicyId === undefined) return [];
    const refused = METHODS.filter((method) => !behaviour.AllowedMethods?.Items?.includes(method));
    const faults = [
      ...(behaviour.OriginRequestPolicyId === originRequestPolicyId ? [] : ["does not pass on every header of the viewer"]),
      ...(behaviour.CachePolicyId === cachePolicyId ? [] : ["is cached"]),
      ...(refused.length === 0 ? [] : [`refuses ${refused.join(", ")}`]),
      ...(runsCode(behaviour) ? ["runs a function, which may turn its errors into pages"] : []),
    ];
    const found = faults.length === 0 ? "passes on every method and header, uncached and unchanged" : faults.join(" and ");
    return [finding("distribution-backend", `${what}: ${path}`, found, faults.length === 0 ? undefined : todo)];
  });
}

/** CloudFront's own functions, and Lambda's at the edge. */
function runsCode({ FunctionAssociations, LambdaFunctionAssociations }: Behaviour): boolean {
  return [FunctionAssociations, LambdaFunctionAssociations].some((associations) => (associations?.Quantity ?? 0) > 0);
}

/** A private bucket answers only requests that CloudFront signs. */
function origins(
  config: DistributionConfig,
  { facts }: InventoryDocument,
  fact: DistributionFact,
  what: string,
  todo: string,
): readonly Finding[] {
  const buckets = fact.behaviours.map(({ to }) => to).filter((to) => facts.some((other) => other.kind === "bucket" && other.name === to));
  return [...new Set(buckets)].flatMap((bucket) => {
    const origin = config.Origins?.Items?.find((one) => leadsTo(one, bucket));
    if (origin === undefined) return [];
    const signed = (origin.OriginAccessControlId ?? "") !== "";
    const found = signed ? "requests are signed" : "requests are not signed, because it has no origin access control";
    return [finding("distribution-origin", `${what}: bucket ${bucket}`, found, signed ? undefined : todo)];
  });
}

/** They hold for the backend too, and turn its 404 into a page. */
function errorResponses({ CustomErrorResponses }: DistributionConfig, what: string, todo: string): Finding {
  const codes = (CustomErrorResponses?.Items ?? []).map(({ ErrorCode }) => ErrorCode);
  const found = codes.length === 0 ? "none" : `there are some for ${codes.join(", ")}, which hide the backend's errors`;
  return finding("distribution-error-responses", `${what}: custom error responses`, found, codes.length === 0 ? undefined : todo);
}

/** CloudFront refuses visitors of a name that it was not given. Names that only a Terraform variable holds are not known here. */
function names({ Aliases }: DistributionConfig, { hosts }: DistributionFact, what: string, todo: string): readonly Finding[] {
  const known = hosts.filter((host) => !host.startsWith("var."));
  if (known.length === 0) return [];
  const missing = known.filter((host) => !Aliases?.Items?.includes(host));
  const found = missing.length === 0 ? `answers to ${known.join(", ")}` : `does not answer to ${missing.join(", ")}`;
  return [finding("distribution-names", `${what}: names`, found, missing.length === 0 ? undefined : todo)];
}

function certificate({ ViewerCertificate }: DistributionConfig, what: string, todo: string): Finding {
  const own = (ViewerCertificate?.ACMCertificateArn ?? "") !== "";
  const found = own ? "is one of ACM's" : "is CloudFront's own, which none of its names is in";
  return finding("distribution-certificate", `${what}: certificate`, found, own ? undefined : todo);
}
