import { Construct } from "constructs";
import type { AllThriveConfig } from "../../config/allthrive-schema";
import { SystemStack } from "../../constructs/base/system-stack";
import { Certificate } from "../../constructs/edge/certificate";
import { Distribution } from "../../constructs/edge/distribution";
import { CLOUDFRONT_REGION } from "../../constructs/edge/distribution-metrics";
import type { DnsZone } from "../../constructs/edge/dns-zone";
import { PublicName } from "../../constructs/edge/public-name";
import { AlarmTopic } from "../../constructs/observability/alarm-topic";
import { type AllThriveBalancers, WEBSOCKET_PATHS } from "./allthrive-balancers";
import type { AllThriveBuckets } from "./allthrive-buckets";

export interface AllThriveCloudfrontProps {
  readonly config: AllThriveConfig["cloudfront"];
  readonly dns: AllThriveConfig["dns"];
  readonly zone: DnsZone;
  readonly buckets: AllThriveBuckets;
  readonly balancers: AllThriveBalancers;
  readonly alertEmail: string;
}

/** CloudFront before the front end and Django, with its certificate and names. */
export class AllThriveCloudfront extends Construct {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: AllThriveCloudfrontProps) {
    super(scope, id);
    const { config, dns, zone, buckets, balancers, alertEmail } = props;
    const { namePrefix, region } = SystemStack.of(this);
    const media = `${buckets.media.name}.s3.${region}.amazonaws.com`;
    const { priceClass, waf, certificateArn = this.makeCertificate(props) } = config;
    this.distribution = new Distribution(this, "Default", {
      name: namePrefix,
      why: "the front end, and the one way to the API",
      hosts: [dns.site, dns.api],
      certificateArn,
      site: { bucket: buckets.frontend, contentSecurityPolicy: contentSecurityPolicy(dns, media) },
      backend: { origin: balancers.origin, paths: { api: "/api/*", websockets: WEBSOCKET_PATHS } },
      priceClass,
      waf,
      alarms: new AlarmTopic(this, "Alarms", { email: alertEmail, region: CLOUDFRONT_REGION }),
    });
    const name = (nameId: string, host: string, why: string): void => {
      new PublicName(this, nameId, { zone, names: host, target: this.distribution, why });
    };
    name("SiteName", dns.site, "the front end");
    name("ApiName", dns.api, "the API");
  }

  private makeCertificate({ dns, balancers }: AllThriveCloudfrontProps): string {
    return new Certificate(this, "Certificate", {
      domain: dns.site,
      alternatives: { Api: dns.api },
      proof: balancers.certificate,
      region: CLOUDFRONT_REGION,
    }).validatedArn;
  }
}

/**
 * What the front end loads and calls besides itself: its own API and websockets, the bucket of media, Stripe, PostHog and
 * Sentry.
 *
 * @param media host of the bucket. No wildcard: everybody can have a bucket at Amazon, and send there what a script has stolen.
 */
function contentSecurityPolicy({ api, ws }: AllThriveConfig["dns"], media: string): string {
  return [
    "default-src 'self'",
    "base-uri 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    // Pictures of people who log in with Google or GitHub are wherever those keep them.
    "img-src 'self' data: blob: https:",
    `media-src 'self' blob: https://${media}`,
    "font-src 'self' data:",
    // React's style attributes.
    "style-src 'self' 'unsafe-inline'",
    "script-src 'self' https://js.stripe.com https://*.posthog.com",
    "frame-src https://js.stripe.com https://hooks.stripe.com",
    `connect-src 'self' https://${api} wss://${ws} https://api.stripe.com https://*.posthog.com https://*.sentry.io https://${media}`,
  ].join("; ");
}
