import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformVariable } from "cdktf";
import { Bucket } from "../../../constructs/data/bucket";
import type { DistributionProps } from "../../../constructs/edge/distribution";
import { OriginSecret } from "../../../constructs/edge/origin-secret";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { facts, once, resolved, statements } from "../readings";
import { addDistribution, CERTIFICATE, FakeBalancer, FakeBucket } from "./distribution-parts";

type Props = Partial<DistributionProps>;

function synthDistribution(props: Props | ((stack: TestStack) => Props) = {}): Synthesized {
  return synthesizeTestStack((stack) => void addDistribution(stack, typeof props === "function" ? props(stack) : props));
}

const paths = { api: "/api/*", websockets: "/ws/*" } as const;
const plain = once(() => synthDistribution());
const hidden = once(() =>
  synthDistribution((stack) => ({
    backend: {
      origin: {
        publicOrigin: new FakeBalancer(stack, "Balancer"),
        secretHeader: new OriginSecret(stack, "Secret", { name: "test/shop/origin", sends: "green", protection: "protected" }),
      },
      paths,
    },
  })),
);
const distribution = (): Record<string, unknown> => plain().only(CloudfrontDistribution);

describe("Distribution", () => {
  test("speaks TLS 1.2 and up, HTTP/2 and 3 and IPv6, under its own names", () => {
    expect(distribution()).toMatchObject({
      enabled: true,
      comment: "shop-test-site",
      aliases: ["shop.example.com", "api.shop.example.com"],
      http_version: "http2and3",
      is_ipv6_enabled: true,
      price_class: "PriceClass_100",
      viewer_certificate: { acm_certificate_arn: CERTIFICATE, ssl_support_method: "sni-only", minimum_protocol_version: "TLSv1.2_2021" },
    });
  });

  test("serves pages from the bucket: read only, cached, compressed, with the fallback and the security headers", () => {
    expect(distribution()["default_cache_behavior"]).toEqual({
      target_origin_id: "site",
      viewer_protocol_policy: "redirect-to-https",
      allowed_methods: ["GET", "HEAD"],
      cached_methods: ["GET", "HEAD"],
      cache_policy_id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      response_headers_policy_id: "${aws_cloudfront_response_headers_policy.site_headers.id}",
      compress: true,
      function_association: [{ event_type: "viewer-request", function_arn: "${aws_cloudfront_function.site_single_page.arn}" }],
    });
  });

  test("passes the backend's paths on whole: every method and header, uncached, without a function", () => {
    const behaviour = {
      target_origin_id: "backend",
      viewer_protocol_policy: "redirect-to-https",
      allowed_methods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      cached_methods: ["GET", "HEAD"],
      cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      origin_request_policy_id: "216adef6-5c7f-47e4-b989-5492eafa07d3",
      compress: false,
    };
    expect(distribution()["ordered_cache_behavior"]).toEqual([
      { path_pattern: "/api/*", ...behaviour },
      { path_pattern: "/ws/*", ...behaviour },
    ]);
  });

  test("has no custom error responses, which would turn the backend's 404s into pages", () => {
    expect(distribution()).not.toHaveProperty("custom_error_response");
  });

  test("signs every request to the bucket, and only it may read there", () => {
    const bucket = new FakeBucket();
    const stack = new TestStack(scratchApp());
    addDistribution(stack, { site: { bucket, contentSecurityPolicy: "default-src 'self'" } });
    const only = {
      principal: { Service: "cloudfront.amazonaws.com" },
      condition: { StringEquals: { "aws:SourceArn": "${aws_cloudfront_distribution.site.arn}" } },
    };
    expect(resolved(stack, bucket.policy)).toEqual([
      {
        sid: "CloudFrontReads",
        actions: ["s3:GetObject"],
        resources: ["arn:aws:s3:::shop-site/*"],
        wildcardBecause: "the site is every object of the bucket",
        ...only,
      },
      { sid: "CloudFrontTellsMissingFromForbidden", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::shop-site"], ...only },
    ]);
    expect(plain().only(CloudfrontOriginAccessControl)).toMatchObject({
      origin_access_control_origin_type: "s3",
      signing_behavior: "always",
      signing_protocol: "sigv4",
    });
    expect((distribution()["origin"] as unknown[])[0]).toEqual({
      origin_id: "site",
      domain_name: "shop-site.s3.eu-west-1.amazonaws.com",
      origin_access_control_id: "${aws_cloudfront_origin_access_control.site_access_control.id}",
    });
  });

  test("opens a bucket of ours in its policy, which names this distribution and nobody else", () => {
    const synthesized = synthDistribution((stack) => ({
      site: {
        bucket: new Bucket(stack, "Pages", { name: "shop-test-pages", why: "the front end", protection: "protected" }),
        contentSecurityPolicy: "default-src 'self'",
      },
    }));
    const { policy } = synthesized.only(S3BucketPolicy);
    const allowed = (statements(policy) as Record<string, unknown>[]).filter(({ Effect }) => Effect === "Allow");
    const only = {
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": "${aws_cloudfront_distribution.site.arn}" } },
    };
    expect(allowed).toEqual([
      { Sid: "CloudFrontReads", Action: "s3:GetObject", Resource: "${aws_s3_bucket.pages.arn}/*", ...only },
      { Sid: "CloudFrontTellsMissingFromForbidden", Action: "s3:ListBucket", Resource: "${aws_s3_bucket.pages.arn}", ...only },
    ]);
    const [first] = synthesized.only(CloudfrontDistribution)["origin"] as Record<string, unknown>[];
    expect(first?.["domain_name"]).toBe("${aws_s3_bucket.pages.bucket_regional_domain_name}");
  });

  test("keeps its address and states itself", () => {
    const types = [
      CloudfrontDistribution,
      CloudfrontFunction,
      CloudfrontOriginAccessControl,
      CloudfrontResponseHeadersPolicy,
      CloudfrontVpcOrigin,
    ];
    expect(plain().addresses(...types)).toEqual([
      "aws_cloudfront_distribution.site",
      "aws_cloudfront_function.site_single_page",
      "aws_cloudfront_origin_access_control.site_access_control",
      "aws_cloudfront_response_headers_policy.site_headers",
      "aws_cloudfront_vpc_origin.site_backend",
    ]);
    const uncached = {
      cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    };
    expect(facts(plain(), "distribution")).toEqual([
      {
        kind: "distribution",
        id: "Site",
        name: "shop-test-site",
        why: "serves the shop",
        size: "PriceClass_100",
        stateful: false,
        fails: "without the backend pages still load, and their calls fail",
        behaviours: [
          { path: "/api/*", to: "alb-shop", ...uncached },
          { path: "/ws/*", to: "alb-shop", ...uncached },
          { path: "*", to: "shop-site", cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
        ],
        hosts: ["shop.example.com", "api.shop.example.com"],
      },
    ]);
  });

  test("takes hosts from a variable, and names the variable in the inventory", () => {
    const synthesized = synthDistribution((stack) => {
      const host = new TerraformVariable(stack, "site_host", { type: "string" });
      return { hosts: [host.stringValue], hostLabels: ["var.site_host"] };
    });
    expect(synthesized.only(CloudfrontDistribution)["aliases"]).toEqual(["${var.site_host}"]);
    expect(facts(synthesized, "distribution")[0]?.hosts).toEqual(["var.site_host"]);
  });

  test.each([
    [
      "a certificate of another region",
      { certificateArn: "arn:aws:acm:eu-west-1:1:certificate/1" },
      'certificateArn must be of us-east-1, the only region that CloudFront takes them from, got "arn:aws:acm:eu-west-1:1:certificate/1"',
    ],
    ["no host", { hosts: [] }, "hosts must name at least one, which the certificate covers, got []"],
    ["no name", { name: "" }, 'name must have 1 to 128 characters, got ""'],
    ["a name of 129 characters", { name: "n".repeat(129) }, `name must have 1 to 128 characters, got "${"n".repeat(129)}"`],
  ] as const)("refuses %s", (_what, props, message) => {
    expect(() => synthDistribution(props)).toThrow(`shop-test/Site: ${message}`);
  });

  test("takes a certificate that is known only after apply", () => {
    const synthesized = synthDistribution((stack) => ({
      certificateArn: new TerraformVariable(stack, "certificate", { type: "string" }).stringValue,
    }));
    expect(synthesized.only(CloudfrontDistribution)["viewer_certificate"]).toMatchObject({ acm_certificate_arn: "${var.certificate}" });
  });

  test.each([
    [
      "the websockets' pattern left to the site",
      { api: "/api/*", websockets: "/*" },
      'backend.paths.websockets must be one segment of lower-case letters, digits and hyphens, then /*, got "/*"',
    ],
    ["one pattern for both", { api: "/api/*", websockets: "/api/*" }, 'backend.paths must differ, got "/api/*"'],
    [
      "a pattern that takes more than it says",
      { api: "/ap*/*", websockets: "/ws/*" },
      'backend.paths.api must be one segment of lower-case letters, digits and hyphens, then /*, got "/ap*/*"',
    ],
  ] as const)("refuses %s", (_what, wrong, message) => {
    expect(() =>
      synthDistribution((stack) => ({
        backend: { origin: { vpcOrigin: new FakeBalancer(stack, "Balancer") }, paths: wrong as DistributionProps["backend"]["paths"] },
      })),
    ).toThrow(`shop-test/Site: ${message}`);
  });
});

describe("a Distribution with a private backend", () => {
  test("goes to the balancer over a way of its own, encrypted, and waits as long as CloudFront lets it", () => {
    expect(plain().only(CloudfrontVpcOrigin)).toEqual({
      vpc_origin_endpoint_config: [
        {
          name: "alb-shop",
          arn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/alb-shop/1",
          http_port: 80,
          https_port: 443,
          origin_protocol_policy: "https-only",
          origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }],
        },
      ],
    });
    expect((distribution()["origin"] as unknown[])[1]).toEqual({
      origin_id: "backend",
      domain_name: "internal-alb-shop-1.eu-west-1.elb.amazonaws.com",
      vpc_origin_config: {
        vpc_origin_id: "${aws_cloudfront_vpc_origin.site_backend.id}",
        origin_read_timeout: 120,
        origin_keepalive_timeout: 60,
      },
    });
  });

  test("lets CloudFront's addresses reach the balancer on HTTPS, and nobody else", () => {
    expect(plain().all(VpcSecurityGroupIngressRule)).toEqual([
      {
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
        description: "visitors requests, passed on by CloudFront",
        security_group_id: "${aws_security_group.balancer.id}",
        prefix_list_id: "${data.aws_ec2_managed_prefix_list.balancer_cloud_front_addresses.id}",
      },
    ]);
    expect(plain().edges()).toEqual([
      "CloudFront (com.amazonaws.global.cloudfront.origin-facing) -> Balancer tcp/443: visitors' requests, passed on by CloudFront",
    ]);
  });

  test("keeps no secret in the state", () => {
    expect(JSON.stringify(plain().json)).not.toContain("custom_header");
    expect(JSON.stringify(plain().json)).not.toContain("secretsmanager");
  });
});

describe("a Distribution with a public backend", () => {
  test("sends the secret that its configuration names, over TLS", () => {
    expect((hidden().only(CloudfrontDistribution)["origin"] as unknown[])[1]).toEqual({
      origin_id: "backend",
      domain_name: "internal-alb-shop-1.eu-west-1.elb.amazonaws.com",
      custom_header: [{ name: "X-Origin-Secret", value: "${data.aws_secretsmanager_secret_version.secret_green_current.secret_string}" }],
      custom_origin_config: {
        http_port: 80,
        https_port: 443,
        origin_protocol_policy: "https-only",
        origin_ssl_protocols: ["TLSv1.2"],
        origin_read_timeout: 120,
        origin_keepalive_timeout: 60,
      },
    });
    expect(hidden().all(CloudfrontVpcOrigin)).toEqual([]);
  });

  test("states where operations find the secrets, and no value", () => {
    expect(facts(hidden(), "distribution")[0]?.originSecret).toEqual({
      header: "X-Origin-Secret",
      sends: "green",
      secrets: { blue: "test/shop/origin/blue", green: "test/shop/origin/green" },
    });
  });
});
