import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { Construct } from "constructs";
import { physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import type { PathPattern } from "./distribution-behaviours";
import singlePage from "./viewer-functions/single-page.viewer.js";

export interface ViewerFunctionProps {
  /** What it does, as the console shows it. At most 128 characters. */
  readonly why: string;
  /** JavaScript for `cloudfront-js-2.0`, with a function `handler`. At most 10 KB. */
  readonly code: string;
}

/** Longest code and name that CloudFront takes. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const LIMIT_BYTES = 10_240;
const NAME_LIMIT = 64;

/** A function that CloudFront runs on each visitor's request, before it looks into its cache. */
export class ViewerFunction extends Construct {
  readonly arn: string;
  /** Name in CloudFront, and in its metrics. */
  readonly name: string;

  /** @throws {PropsError} for code that CloudFront does not take, or that Terraform would change. */
  constructor(scope: Construct, id: string, { why, code }: ViewerFunctionProps) {
    super(scope, id);
    const bytes = Buffer.byteLength(code);
    if (bytes > LIMIT_BYTES)
      throw new PropsError(this, "code", `must be at most ${LIMIT_BYTES} bytes, which is what CloudFront takes`, bytes);
    const expression = /[$%]\{/.exec(code);
    if (expression !== null)
      throw new PropsError(this, "code", "must not have what Terraform takes for an expression; write it with +", expression[0]);
    this.name = physicalName(this, NAME_LIMIT);
    this.arn = new CloudfrontFunction(this, "Default", {
      name: this.name,
      runtime: "cloudfront-js-2.0",
      comment: why,
      code,
      publish: true,
    }).arn;
  }
}

/**
 * Code of the single-page fallback: a path whose last segment has no dot becomes `/index.html`, files stay as they are, and
 * so do the backend's paths, however they are spelled. The query is never touched.
 *
 * A page whose last segment has a dot, such as `/users/jane.doe`, is taken for a file and ends in a 404.
 *
 * @param backends patterns of the backend's paths, for example `/api/*`.
 */
export function singlePageFallback(backends: readonly PathPattern[]): string {
  const segments = backends.map((pattern) => pattern.split("/")[1]?.toLowerCase());
  return `const BACKENDS = ${JSON.stringify(segments)};\n\n${singlePage}`;
}
