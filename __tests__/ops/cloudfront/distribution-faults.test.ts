import type { CacheBehavior, DistributionConfig } from "@aws-sdk/client-cloudfront";
import { bucketPolicyFaults, distributionFaults } from "../../../ops/cloudfront/distribution-faults";
import { distributionOf } from "../../../ops/cloudfront/live-distribution";
import { ARN, inventoryWith, liveConfig } from "./shop-site";

const fact = distributionOf(inventoryWith("private"));
const AFTER = "; deploying its root again puts it right";

/** The healthy distribution with one behaviour changed, or without it. */
function withBehaviour(path: string, change: Partial<CacheBehavior> | undefined): DistributionConfig {
  const items = (liveConfig().CacheBehaviors?.Items ?? []).flatMap((behaviour) => {
    if (behaviour.PathPattern !== path) return [behaviour];
    return change === undefined ? [] : [{ ...behaviour, ...change }];
  });
  return liveConfig({ CacheBehaviors: { Quantity: items.length, Items: items } });
}

describe("distributionFaults", () => {
  test("finds nothing in a distribution that is as the inventory says", () => {
    expect(distributionFaults(fact, liveConfig())).toEqual([]);
  });

  test.each<[string, DistributionConfig, string]>([
    [
      "no behaviour for websockets",
      withBehaviour("/ws/*", undefined),
      "it has no behaviour for /ws/*, so that those requests, websockets among them, end in the bucket",
    ],
    [
      "a cached API",
      withBehaviour("/api/*", { CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" }),
      "/api/* is cached, so that one visitor may get another's answer",
    ],
    [
      "websockets without their headers",
      withBehaviour("/ws/*", { OriginRequestPolicyId: undefined }),
      "/ws/* does not pass on every header, so that websockets and sessions fail",
    ],
    [
      "an API that is read only",
      withBehaviour("/api/*", { AllowedMethods: { Quantity: 2, Items: ["GET", "HEAD"] } }),
      "/api/* refuses OPTIONS, PUT, POST, PATCH, DELETE",
    ],
    [
      "the fallback on the API",
      withBehaviour("/api/*", {
        FunctionAssociations: { Quantity: 1, Items: [{ EventType: "viewer-request", FunctionARN: "arn:aws:cloudfront::1:function/f" }] },
      }),
      "/api/* runs a function, which may turn the backend's paths into pages",
    ],
    [
      "pages in the place of errors",
      liveConfig({
        CustomErrorResponses: { Quantity: 1, Items: [{ ErrorCode: 404, ResponseCode: "200", ResponsePagePath: "/index.html" }] },
      }),
      "it answers 404 with a page of its own, which hides the backend's errors: remove its custom error responses",
    ],
    [
      "a bucket that is asked without a signature",
      liveConfig({
        Origins: { Quantity: 1, Items: [{ Id: "site", DomainName: "shop-site.s3.eu-west-1.amazonaws.com", OriginAccessControlId: "" }] },
      }),
      "it asks the bucket without signing (no origin access control), so that pages and assets are forbidden",
    ],
    [
      "a host that is missing",
      liveConfig({ Aliases: { Quantity: 1, Items: ["shop.example.com"] } }),
      "it does not answer to api.shop.example.com: add the alias",
    ],
    ["a distribution that is off", liveConfig({ Enabled: false }), "it is switched off"],
  ])("tells %s", (_what, live, fault) => {
    expect(distributionFaults(fact, live)).toEqual([`distribution shop-test-site: ${fault}${AFTER}`]);
  });

  test("cannot tell a host that only Terraform knows", () => {
    expect(distributionFaults({ ...fact, hosts: ["var.site_host"] }, liveConfig())).toEqual([]);
  });
});

describe("bucketPolicyFaults", () => {
  const allow = (action: string, arn = ARN): object => ({
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: action,
    Condition: { StringEquals: { "aws:SourceArn": arn } },
  });
  const policy = (...statements: object[]): string => JSON.stringify({ Statement: statements });
  const forbidden = `bucket shop-site: its policy does not allow s3:GetObject to ${ARN}, so that pages and assets are forbidden${AFTER}`;
  const unclear = `bucket shop-site: its policy does not allow s3:ListBucket to ${ARN}, so that a missing asset is a 403 instead of a 404${AFTER}`;
  const both = [allow("s3:GetObject"), allow("s3:ListBucket")];

  test("finds nothing in a policy that admits the distribution", () => {
    expect(bucketPolicyFaults("shop-site", policy(...both), ARN)).toEqual([]);
  });

  test.each<[string, string | undefined, string[]]>([
    ["no policy", undefined, [forbidden, unclear]],
    [
      "a policy for another distribution",
      policy(allow("s3:GetObject", `${ARN}2`), allow("s3:ListBucket", `${ARN}2`)),
      [forbidden, unclear],
    ],
    ["a policy without reading", policy(allow("s3:ListBucket")), [forbidden]],
    ["a policy without listing", policy(allow("s3:GetObject")), [unclear]],
    ["a policy that denies", policy(...both.map((statement) => ({ ...statement, Effect: "Deny" }))), [forbidden, unclear]],
    ["a policy for somebody else", policy(...both.map((statement) => ({ ...statement, Principal: "*" }))), [forbidden, unclear]],
  ])("tells %s", (_what, text, faults) => {
    expect(bucketPolicyFaults("shop-site", text, ARN)).toEqual(faults);
  });
});
