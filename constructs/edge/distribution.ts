import { CloudfrontDistribution, type CloudfrontDistributionOrigin } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import type { Alarms } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import type { Statement } from "../security/policy-document";
import { distributionAlarms } from "./distribution-alarms";
import { type BackendPaths, backendBehaviour, backendPatterns, MANAGED_POLICY, siteBehaviour } from "./distribution-behaviours";
import { CLOUDFRONT_REGION, cloudfrontMetric } from "./distribution-metrics";
import { type BackendOrigin, balancerOf } from "./origin-balancer";
import { SecurityHeaders } from "./security-headers";
import { singlePageFallback, ViewerFunction } from "./viewer-function";
import { VpcOrigin } from "./vpc-origin";
import { type Waf, webAclArn } from "./web-acl";

/** The private bucket that holds a site. */
export interface SiteBucket {
  readonly arn: string;
  readonly name: string;
  readonly regionalDomainName: string;
  addToPolicy(statement: Statement): void;
}

export interface DistributionProps {
  /** Its comment, which is all the name that CloudFront has for it. Operations find it by this: one of a kind in the account, at most 128 characters. */
  readonly name: string;
  readonly why: string;
  /** Names that it answers to. */
  readonly hosts: readonly string[];
  /** How the inventory writes the hosts, where they are known only from a Terraform variable. @default - the hosts */
  readonly hostLabels?: readonly string[];
  /** ARN of a certificate for every host, in us-east-1. */
  readonly certificateArn: string;
  readonly site: { readonly bucket: SiteBucket; readonly contentSecurityPolicy: string };
  readonly backend: { readonly origin: BackendOrigin; readonly paths: BackendPaths };
  /** Where requests are served from: the fewer places, the cheaper. @see https://aws.amazon.com/cloudfront/pricing/ */
  readonly priceClass: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";
  readonly waf: Waf;
  /** A topic in us-east-1. */
  readonly alarms: Alarms;
}

const NAME_LIMIT = { comment: 128, accessControl: 64 } as const;
/**
 * Seconds that CloudFront waits for the backend's next byte: as long as it may without a raised quota, because calls to
 * language models are slow to begin. An open websocket is cut only after ten quiet minutes.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_VpcOriginConfig.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-websockets
 */
const READ_SECONDS = 120;
/** Seconds that an idle connection to the balancer is kept. The balancer must keep it longer, or a request meets a connection that it has just closed. */
const KEEPALIVE_SECONDS = 60;
const ORIGIN_TIMEOUTS = { originReadTimeout: READ_SECONDS, originKeepaliveTimeout: KEEPALIVE_SECONDS };
const TLS = "TLSv1.2_2021";

/**
 * A single-page site out of a private bucket, with a backend on some of its paths, behind one name.
 *
 * Only this distribution reads the bucket. A missing asset and an unknown path of the backend stay a 404: pages come from a
 * function on the site's paths and not from custom error responses, which would hold for the backend too.
 *
 * It writes no access logs: they cost as much as they are read, and hold visitors' addresses. The web ACL samples what it
 * refuses, and the backend logs what it answers.
 */
export class Distribution extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
  /** Zone of the name, for an alias in Route 53. */
  readonly hostedZoneId: string;
  private readonly distributionId: string;

  /** @throws {PropsError} for what CloudFront would refuse, or would take and misroute. */
  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { name, hosts, site, backend, priceClass } = props;
    check(this, props);
    const patterns = backendPatterns(this, backend.paths);
    const balancer = balancerOf(backend.origin);
    const accessControl = new CloudfrontOriginAccessControl(this, "AccessControl", {
      name: physicalName(this, NAME_LIMIT.accessControl),
      description: `${name} reads ${site.bucket.name}`,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const fallback = new ViewerFunction(this, "SinglePage", {
      why: "pages of the single-page application",
      code: singlePageFallback(patterns),
    });
    const headers = new SecurityHeaders(this, "Headers", { contentSecurityPolicy: site.contentSecurityPolicy });
    const distribution = new CloudfrontDistribution(this, "Default", {
      enabled: true,
      comment: name,
      aliases: [...hosts],
      defaultRootObject: "index.html",
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass,
      webAclId: webAclArn(this, props.waf),
      origin: [
        { originId: SITE, domainName: site.bucket.regionalDomainName, originAccessControlId: accessControl.id },
        { originId: BACKEND, domainName: balancer.dnsName, ...this.backendOrigin(backend.origin) },
      ],
      defaultCacheBehavior: siteBehaviour(SITE, { functionArn: fallback.arn, headersPolicyId: headers.policyId }),
      orderedCacheBehavior: patterns.map((pattern) => backendBehaviour(BACKEND, pattern)),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { acmCertificateArn: props.certificateArn, sslSupportMethod: "sni-only", minimumProtocolVersion: TLS },
      tags: { Name: name },
    });
    this.name = name;
    this.arn = distribution.arn;
    this.dnsName = distribution.domainName;
    this.hostedZoneId = distribution.hostedZoneId;
    this.distributionId = distribution.id;
    this.admitTo(site.bucket);
    distributionAlarms(this, { name, serverErrors: this.serverErrors, viewerFunction: fallback.name, alarms: props.alarms });
    this.state(props, patterns);
  }

  get requests(): Metric {
    return this.metric("Requests", "Sum");
  }

  /** Share of answers of 500 and up, in percent. */
  get serverErrors(): Metric {
    return this.metric("5xxErrorRate", "Average");
  }

  private metric(name: string, statistic: string): Metric {
    return cloudfrontMetric({ DistributionId: this.distributionId }, name, statistic);
  }

  private backendOrigin(origin: BackendOrigin): Partial<CloudfrontDistributionOrigin> {
    if ("vpcOrigin" in origin) {
      const { originId } = new VpcOrigin(this, "Backend", origin.vpcOrigin);
      return { vpcOriginConfig: { vpcOriginId: originId, ...ORIGIN_TIMEOUTS } };
    }
    const { header, sent } = origin.secretHeader;
    return {
      customHeader: [{ name: header, value: sent }],
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        ...ORIGIN_TIMEOUTS,
      },
    };
  }

  /** Without the right to list, S3 answers 403 for an object that is not there. */
  private admitTo(bucket: SiteBucket): void {
    const onlyThis = { principal: { Service: "cloudfront.amazonaws.com" }, condition: { StringEquals: { "aws:SourceArn": this.arn } } };
    bucket.addToPolicy({
      sid: "CloudFrontReads",
      actions: ["s3:GetObject"],
      resources: [`${bucket.arn}/*`],
      wildcardBecause: "the site is every object of the bucket",
      ...onlyThis,
    });
    bucket.addToPolicy({ sid: "CloudFrontTellsMissingFromForbidden", actions: ["s3:ListBucket"], resources: [bucket.arn], ...onlyThis });
  }

  private state({ name, why, hosts, hostLabels = hosts, site, backend, priceClass }: DistributionProps, patterns: readonly string[]): void {
    const { origin } = backend;
    SystemStack.of(this).inventory.add({
      kind: "distribution",
      id: pathInStack(this),
      name,
      why,
      size: priceClass,
      stateful: false,
      fails: "without the backend pages still load, and their calls fail",
      behaviours: [
        ...patterns.map((path) => ({
          path,
          to: balancerOf(origin).name,
          cachePolicyId: MANAGED_POLICY.cachingDisabled,
          originRequestPolicyId: MANAGED_POLICY.allViewer,
        })),
        { path: "*", to: site.bucket.name, cachePolicyId: MANAGED_POLICY.cachingOptimized },
      ],
      hosts: hostLabels,
      ...("secretHeader" in origin ? { originSecret: origin.secretHeader.fact } : {}),
    });
  }
}

/** Origins, as behaviours name them. */
const SITE = "site";
const BACKEND = "backend";

function check(scope: Construct, { name, hosts, certificateArn }: DistributionProps): void {
  if (name.length === 0 || name.length > NAME_LIMIT.comment)
    throw new PropsError(scope, "name", `must have 1 to ${NAME_LIMIT.comment} characters`, name);
  if (hosts.length === 0) throw new PropsError(scope, "hosts", "must name at least one, which the certificate covers", hosts);
  if (!Token.isUnresolved(certificateArn) && !certificateArn.startsWith(`arn:aws:acm:${CLOUDFRONT_REGION}:`))
    throw new PropsError(
      scope,
      "certificateArn",
      `must be of ${CLOUDFRONT_REGION}, the only region that CloudFront takes them from`,
      certificateArn,
    );
}
