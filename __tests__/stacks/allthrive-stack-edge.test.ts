import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { facts } from "../constructs/readings";
import type { Body, Synthesized } from "../support/synthesized";
import { BOTH, PRODUCTION, SECRET_HEADER, STAGING, synthesizeWith } from "./allthrive-roots";

const FUNCTION = "${aws_cloudfront_function.cloudfront_single_page.arn}";
const CACHED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const UNCACHED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const VALUE = (colour: string): string => `\${data.aws_secretsmanager_secret_version.alb_origin_secret_${colour}_current.secret_string}`;

function origins(root: Synthesized): Body[] {
  return root.only(CloudfrontDistribution)["origin"] as Body[];
}

describe.each(BOTH)("AllThrive in %s", (environment, root) => {
  const site = environment === "production" ? "allthrive.ai" : "staging.allthrive.ai";
  const distribution = () => root().only(CloudfrontDistribution);

  test("lets websockets be silent for more than two minutes at either balancer", () => {
    for (const balancer of root().all(Lb)) expect(balancer["idle_timeout"]).toBeGreaterThanOrEqual(120);
    expect(root().all(Lb)).toHaveLength(2);
  });

  test("answers websockets straight at the public balancer, and refuses every other host and path there", () => {
    expect(root().only(LbListenerRule)).toMatchObject({
      listener_arn: "${aws_lb_listener.alb_https_listener.arn}",
      condition: [{ host_header: { values: [`ws.${site}`] } }, { path_pattern: { values: ["/ws/*"] } }],
      action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.alb_ws_targets.arn}" }],
    });
    expect(root().byName(LbListener)["alb_https_listener"]).toMatchObject({
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "403" } }],
    });
  });

  test("asks Django at both balancers for its documented health path", () => {
    expect(
      root()
        .all(LbTargetGroup)
        .map(({ port, health_check }) => [port, (health_check as Body)["path"]]),
    ).toEqual([
      [8000, "/api/health/"],
      [8000, "/api/health/"],
    ]);
  });

  test("sends pages to the bucket, and /api/* and /ws/* to the private balancer with everything that visitors send", () => {
    const backend = {
      target_origin_id: "backend",
      cache_policy_id: UNCACHED,
      origin_request_policy_id: ALL_VIEWER,
      allowed_methods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      viewer_protocol_policy: "redirect-to-https",
    };
    const paths = distribution()["ordered_cache_behavior"] as Body[];
    expect(paths).toEqual([
      expect.objectContaining({ ...backend, path_pattern: "/api/*" }),
      expect.objectContaining({ ...backend, path_pattern: "/ws/*" }),
    ]);
    for (const path of paths) expect(path).not.toHaveProperty("function_association");
    expect(distribution()["default_cache_behavior"]).toMatchObject({
      target_origin_id: "site",
      cache_policy_id: CACHED,
      compress: true,
      function_association: [{ event_type: "viewer-request", function_arn: FUNCTION }],
      response_headers_policy_id: "${aws_cloudfront_response_headers_policy.cloudfront_headers.id}",
    });
    expect(distribution()).not.toHaveProperty("custom_error_response");
    expect(root().only(CloudfrontFunction)["code"]).toContain('const BACKENDS = ["api","ws"];');
  });

  test("reaches the bucket signed, and Django by a private way alone", () => {
    expect(origins(root())).toEqual([
      {
        origin_id: "site",
        domain_name: "${aws_s3_bucket.s3_frontend.bucket_regional_domain_name}",
        origin_access_control_id: "${aws_cloudfront_origin_access_control.cloudfront_access_control.id}",
      },
      {
        origin_id: "backend",
        domain_name: "${aws_lb.alb_origin.dns_name}",
        vpc_origin_config: {
          vpc_origin_id: "${aws_cloudfront_vpc_origin.cloudfront_backend.id}",
          origin_read_timeout: 120,
          origin_keepalive_timeout: 60,
        },
      },
    ]);
    expect(root().only(CloudfrontVpcOrigin)).toMatchObject({
      vpc_origin_endpoint_config: [{ arn: "${aws_lb.alb_origin.arn}", origin_protocol_policy: "https-only" }],
    });
  });

  test("lets pages send what they know to nobody at Amazon but the bucket of media", () => {
    const headers = root().only(CloudfrontResponseHeadersPolicy)["security_headers_config"] as { content_security_policy: Body };
    const policy = String(headers.content_security_policy["content_security_policy"]);
    const media = `https://${environment}-allthrive-media-222222222222.s3.us-east-1.amazonaws.com`;
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "frame-ancestors 'none'",
        `connect-src 'self' https://api.${site} wss://ws.${site} https://api.stripe.com https://*.posthog.com https://*.sentry.io ${media}`,
        `media-src 'self' blob: ${media}`,
      ]),
    );
    expect(policy).not.toMatch(/\*\.amazonaws\.com/);
  });

  test("takes uploads from its own pages, and from no others", () => {
    expect(root().only(S3BucketCorsConfiguration)).toMatchObject({
      bucket: "${aws_s3_bucket.s3_media.id}",
      cors_rule: [{ allowed_origins: [`https://${site}`], allowed_methods: ["POST", "PUT"] }],
    });
  });

  test("has a certificate for each side, CloudFront's in us-east-1", () => {
    const certificates = root().byName(AcmCertificate);
    expect(certificates["alb_certificate"]).toMatchObject({ domain_name: site, subject_alternative_names: [`api.${site}`, `ws.${site}`] });
    expect(certificates["alb_certificate"]).not.toHaveProperty("provider");
    expect(certificates["cloudfront_certificate"]).toMatchObject({
      domain_name: site,
      subject_alternative_names: [`api.${site}`],
      provider: "aws.us-east-1",
    });
  });

  test("points its names at CloudFront, and the one for websockets at the balancer", () => {
    const names = root()
      .all(Route53Record)
      .filter(({ alias }) => alias !== undefined)
      .map(({ name, type, alias }) => `${name} ${type} ${(alias as Body)["name"]}`);
    const [cloudfront, balancer] = ["${aws_cloudfront_distribution.cloudfront.domain_name}", "${aws_lb.alb.dns_name}"];
    expect(names.sort()).toEqual(
      ["A", "AAAA"]
        .flatMap((type) => [`${site} ${type} ${cloudfront}`, `api.${site} ${type} ${cloudfront}`, `ws.${site} ${type} ${balancer}`])
        .sort(),
    );
  });
});

test("production has a web ACL that takes large uploads, and staging says why it has none", () => {
  expect(PRODUCTION().only(CloudfrontDistribution)["web_acl_id"]).toBe("${aws_wafv2_web_acl.cloudfront_web_acl.arn}");
  expect(PRODUCTION().only(Wafv2WebAcl)).toMatchObject({ scope: "CLOUDFRONT", provider: "aws.us-east-1", default_action: { allow: {} } });
  const rules = PRODUCTION().only(Wafv2WebAcl)["rule"] as Body[];
  expect(rules.map(({ name }) => name)).toEqual([
    "RateLimit",
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesCommonRuleSet",
  ]);
  expect(rules[0]).toMatchObject({
    action: { block: {} },
    statement: { rate_based_statement: { limit: 2000, evaluation_window_sec: 300 } },
  });
  expect(rules[3]).toMatchObject({
    statement: {
      managed_rule_group_statement: { rule_action_override: [{ name: "SizeRestrictions_BODY", action_to_use: { count: {} } }] },
    },
  });
  expect(STAGING().all(Wafv2WebAcl)).toEqual([]);
  expect(STAGING().only(CloudfrontDistribution)).not.toHaveProperty("web_acl_id");
  expect(facts(STAGING(), "exception")).toContainEqual(
    expect.objectContaining({ what: "Cloudfront has no web ACL", because: "staging's names are known to the team alone" }),
  );
});

test("a certificate that is there already takes the place of CloudFront's own", () => {
  const certificateArn = "arn:aws:acm:us-east-1:222222222222:certificate/12345678-1234-1234-1234-123456789012";
  const root = synthesizeWith("staging", { "cloudfront.certificateArn": certificateArn });
  expect(Object.keys(root.byName(AcmCertificate))).toEqual(["alb_certificate"]);
  expect(root.only(CloudfrontDistribution)["viewer_certificate"]).toMatchObject({ acm_certificate_arn: certificateArn });
});

describe("AllThrive behind a secret header", () => {
  test("has one balancer, which takes CloudFront's requests with either value and refuses those without", () => {
    const rules = SECRET_HEADER().byName(LbListenerRule);
    expect(Object.keys(rules).sort()).toEqual(["alb_cloudfront", "alb_ws"]);
    expect(rules["alb_cloudfront"]).toMatchObject({
      priority: 20,
      condition: [
        { host_header: { values: ["allthrive.ai", "api.allthrive.ai"] } },
        { http_header: { http_header_name: "X-Origin-Secret", values: [VALUE("blue"), VALUE("green")] } },
      ],
    });
    expect(SECRET_HEADER().only(Lb)).toMatchObject({ internal: false, idle_timeout: 300 });
    expect(SECRET_HEADER().all(CloudfrontVpcOrigin)).toEqual([]);
    expect(SECRET_HEADER().all(LbTargetGroup)).toHaveLength(1);
  });

  test("sends exactly one of the two, over TLS alone", () => {
    const [, backend] = origins(SECRET_HEADER());
    expect(backend).toMatchObject({
      domain_name: "${aws_lb.alb.dns_name}",
      custom_header: [{ name: "X-Origin-Secret", value: VALUE("green") }],
      custom_origin_config: { origin_protocol_policy: "https-only", https_port: 443 },
    });
    expect(JSON.stringify(SECRET_HEADER().only(CloudfrontDistribution))).not.toContain(VALUE("blue"));
  });

  test("says in its inventory that the values are in the state, and where the secrets are", () => {
    expect(facts(SECRET_HEADER(), "distribution")).toMatchObject([
      {
        originSecret: {
          header: "X-Origin-Secret",
          sends: "green",
          secrets: { blue: "production/allthrive/origin/blue", green: "production/allthrive/origin/green" },
        },
      },
    ]);
    expect(facts(SECRET_HEADER(), "exception").map(({ what }) => what)).toContain(
      "the values of production/allthrive/origin/blue and production/allthrive/origin/green are in Terraform's state",
    );
  });
});
