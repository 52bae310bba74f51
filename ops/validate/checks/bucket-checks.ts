import { GetBucketPolicyCommand, GetPublicAccessBlockCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { BucketFact, DistributionFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { liveDistribution } from "../live/live-distribution";
import { deniesPlainText, distributionAccess, type PolicyStatement, policyStatements } from "./bucket-policy";

const part = "buckets";

/** A bucket: there, closed to the public, deaf to requests without TLS, and open to the distribution that serves it. */
export function bucketChecks(aws: Aws, inventory: InventoryDocument, fact: BucketFact): readonly Check[] {
  const { root, facts } = inventory;
  const what = `bucket ${fact.name}`;
  const servedBy = facts.filter(
    (other): other is DistributionFact => other.kind === "distribution" && other.behaviours.some(({ to }) => to === fact.name),
  );
  return [
    { part, heading: "bucket-exists", what, look: () => access(aws, root, fact, what) },
    { part, heading: "bucket-tls", what: `${what}: policy`, look: () => tls(aws, root, fact, servedBy, what) },
    ...servedBy.map(({ name }): Check => {
      const aspect = `${what}: read by ${name}`;
      return { part, heading: "bucket-distribution", what: aspect, look: () => distribution(aws, root, fact, name, aspect) };
    }),
  ];
}

function exists(aws: Aws, Bucket: string): Promise<boolean> {
  return aws.once(`bucket ${Bucket}`, async () => {
    const head = new HeadBucketCommand({ Bucket });
    return (await aws.find((options) => aws.client(S3Client).send(head, options), "NotFound", "NoSuchBucket")) !== undefined;
  });
}

async function access(aws: Aws, root: string, { name }: BucketFact, what: string): Promise<readonly Finding[]> {
  if (!(await exists(aws, name))) return [absent("bucket-exists", what, `deploy ${root}`)];
  const get = new GetPublicAccessBlockCommand({ Bucket: name });
  const answer = await aws.find((options) => aws.client(S3Client).send(get, options), "NoSuchPublicAccessBlockConfiguration");
  const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } = answer?.PublicAccessBlockConfiguration ?? {};
  const closed = [BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets].every((on) => on === true);
  const found = closed ? "all blocked" : "not all of it is blocked";
  return [finding("bucket-public-access", `${what}: public access`, found, closed ? undefined : `deploy ${root}, which blocks it`)];
}

/** Statements of the bucket's policy; undefined when there is no bucket, and none when it has no policy. */
function statements(aws: Aws, Bucket: string): Promise<readonly PolicyStatement[] | undefined> {
  return aws.once(`policy of ${Bucket}`, async () => {
    if (!(await exists(aws, Bucket))) return undefined;
    const get = new GetBucketPolicyCommand({ Bucket });
    const answer = await aws.find((options) => aws.client(S3Client).send(get, options), "NoSuchBucketPolicy");
    return policyStatements(answer?.Policy);
  });
}

async function tls(
  aws: Aws,
  root: string,
  { name }: BucketFact,
  servedBy: readonly DistributionFact[],
  what: string,
): Promise<readonly Finding[]> {
  const found = await statements(aws, name);
  if (found === undefined || (found.length === 0 && (await someAreThere(aws, servedBy)))) return [];
  const demanded = found.some((statement) => deniesPlainText(statement, name));
  const words = found.length === 0 ? "there is none" : demanded ? "demands TLS" : "takes requests without TLS";
  return [finding("bucket-tls", `${what}: policy`, words, demanded ? undefined : `deploy ${root}, which sets the policy`)];
}

/** Whether a distribution is there to miss the policy: then that is the finding. */
async function someAreThere(aws: Aws, distributions: readonly DistributionFact[]): Promise<boolean> {
  const live = await Promise.all(distributions.map(({ name }) => liveDistribution(aws, name)));
  return live.some((distribution) => distribution !== undefined);
}

async function distribution(aws: Aws, root: string, { name }: BucketFact, by: string, what: string): Promise<readonly Finding[]> {
  const [found, live] = await Promise.all([statements(aws, name), liveDistribution(aws, by)]);
  const arn = live?.ARN;
  if (found === undefined || arn === undefined) return [];
  const fault = servingFault(found, name, arn);
  return [finding("bucket-distribution", what, fault ?? "its policy admits it", fault && `deploy ${root}, which writes both ends`)];
}

/** What keeps a distribution from serving a bucket, and what visitors get of it; undefined when nothing does. */
function servingFault(found: readonly PolicyStatement[], bucket: string, arn: string): string | undefined {
  if (found.length === 0) return "the bucket has no policy: visitors get 403";
  const { reads, lists } = distributionAccess(found, bucket, arn);
  if (!reads) return "its policy does not admit it: visitors get 403";
  return lists ? undefined : "its policy does not let it list: a missing asset is a 403 and not a 404";
}
