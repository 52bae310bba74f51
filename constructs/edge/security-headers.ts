import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";

export interface SecurityHeadersProps {
  /** Value of Content-Security-Policy, for example `default-src 'self'`. It must name every host that pages load from or call. */
  readonly contentSecurityPolicy: string;
}

const NAME_LIMIT = 128;
/** Two years: what browsers' preload lists ask for is one. @see https://hstspreload.org/#deployment-recommendations */
const HSTS_SECONDS = 63_072_000;

/**
 * Headers that CloudFront puts on every page and asset: TLS only, no guessed types, no framing, no paths in referrers, and a
 * content security policy.
 *
 * TLS only binds the host that answers, not its subdomains: those may belong to others. They replace what the origin says.
 */
export class SecurityHeaders extends Construct {
  readonly policyId: string;

  /** @throws {PropsError} for an empty policy, or one of several lines, which a header cannot hold. */
  constructor(scope: Construct, id: string, { contentSecurityPolicy }: SecurityHeadersProps) {
    super(scope, id);
    if (!Token.isUnresolved(contentSecurityPolicy) && !/^[\x21-\x7e][\x20-\x7e]*$/.test(contentSecurityPolicy))
      throw new PropsError(this, "contentSecurityPolicy", "must be one line of plain ASCII text", contentSecurityPolicy);
    this.policyId = new CloudfrontResponseHeadersPolicy(this, "Default", {
      name: physicalName(this, NAME_LIMIT),
      comment: "security headers of pages and assets",
      securityHeadersConfig: {
        strictTransportSecurity: { accessControlMaxAgeSec: HSTS_SECONDS, includeSubdomains: false, preload: false, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
      },
    }).id;
  }
}
