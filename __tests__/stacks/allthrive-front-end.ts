import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { statements } from "../constructs/readings";
import type { Synthesized } from "../support/synthesized";

interface PolicyStatement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: unknown;
}

const BUCKET = "${aws_s3_bucket.s3_frontend.arn}";
/** What CloudFront must be allowed, and what visitors see without it. */
const NEEDED = [
  { action: "s3:GetObject", resource: `${BUCKET}/*`, consequence: "every page and asset is forbidden" },
  { action: "s3:ListBucket", resource: BUCKET, consequence: "a missing asset is forbidden and not missing" },
];

/** What keeps CloudFront from reading the front end's bucket, by the policy that Terraform reads: the worst of it. */
export function frontEndFaults(root: Synthesized): string[] {
  const policy = root.byName(S3BucketPolicy)["s3_frontend_policy"]?.["policy"];
  const allowed = policy === undefined ? [] : (statements(policy) as PolicyStatement[]).filter(isForTheDistribution);
  const missing = NEEDED.find(({ action, resource }) => !allowed.some((one) => one.Action === action && one.Resource === resource));
  return missing === undefined ? [] : [`the front end's bucket does not let the distribution ${missing.action}: ${missing.consequence}`];
}

function isForTheDistribution({ Effect, Principal, Condition }: PolicyStatement): boolean {
  const only = { StringEquals: { "aws:SourceArn": "${aws_cloudfront_distribution.cloudfront.arn}" } };
  const [by, when] = [JSON.stringify(Principal), JSON.stringify(Condition)];
  return Effect === "Allow" && by === JSON.stringify({ Service: "cloudfront.amazonaws.com" }) && when === JSON.stringify(only);
}
