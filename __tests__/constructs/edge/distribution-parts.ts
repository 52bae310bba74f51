import { Construct } from "constructs";
import { Distribution, type DistributionProps, type SiteBucket } from "../../../constructs/edge/distribution";
import type { OriginBalancer } from "../../../constructs/edge/origin-balancer";
import { Connections } from "../../../constructs/network/connections";
import type { Statement } from "../../../constructs/security/policy-document";
import type { TestStack } from "../../support/synthesized";
import { UNMONITORED } from "../parts";

/** A bucket that remembers what its policy was given. */
export class FakeBucket implements SiteBucket {
  readonly arn = "arn:aws:s3:::shop-site";
  readonly name = "shop-site";
  readonly regionalDomainName = "shop-site.s3.eu-west-1.amazonaws.com";
  readonly policy: Statement[] = [];

  addToPolicy(statement: Statement): void {
    this.policy.push(statement);
  }
}

/** A balancer as far as CloudFront sees it. */
export class FakeBalancer extends Construct implements OriginBalancer {
  readonly name = "alb-shop";
  readonly arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/alb-shop/1";
  readonly dnsName = "internal-alb-shop-1.eu-west-1.elb.amazonaws.com";
  readonly connections = new Connections<"https" | "http">(this, "Connections", { vpcId: "vpc-1", ports: { http: 80, https: 443 } });
}

export const CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1";

/** A distribution called `Site`, with a private backend, a fake bucket and a fake balancer. */
export function addDistribution(stack: TestStack, props: Partial<DistributionProps> = {}): Distribution {
  return new Distribution(stack, "Site", {
    name: "shop-test-site",
    why: "serves the shop",
    hosts: ["shop.example.com", "api.shop.example.com"],
    certificateArn: CERTIFICATE,
    site: { bucket: new FakeBucket(), contentSecurityPolicy: "default-src 'self'" },
    backend: {
      origin: props.backend?.origin ?? { vpcOrigin: new FakeBalancer(stack, "Balancer") },
      paths: { api: "/api/*", websockets: "/ws/*" },
    },
    priceClass: "PriceClass_100",
    waf: { noneBecause: "a test has no attackers" },
    alarms: UNMONITORED,
    ...props,
  });
}
