import { CloudFrontClient, GetDistributionConfigCommand, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { mockClient } from "aws-sdk-client-mock";
import { distributionOf } from "../../../../ops/cloudfront/live-distribution";
import { Aws } from "../../../../ops/validate/aws";
import { distributionChecks } from "../../../../ops/validate/checks/distribution-checks";
import type { Finding } from "../../../../ops/validate/finding";
import { ARN, inventoryWith, liveConfig, NAME } from "../../cloudfront/shop-site";

describe("the names of a distribution", () => {
  const cloudfront = mockClient(CloudFrontClient);

  /** What is found of the names that are stated, when the distribution answers to one. */
  const found = async (hosts: readonly string[]): Promise<readonly Finding[]> => {
    cloudfront.reset();
    cloudfront.on(ListDistributionsCommand).resolves({ DistributionList: { Items: [{ Id: "E1", ARN, Comment: NAME }] } as never });
    cloudfront
      .on(GetDistributionConfigCommand)
      .resolves({ DistributionConfig: liveConfig({ Aliases: { Quantity: 1, Items: ["shop.example.com"] } }) });
    const inventory = inventoryWith("private");
    const aws = new Aws({ region: "eu-west-1", signal: new AbortController().signal });
    const checks = distributionChecks(aws, inventory, { ...distributionOf(inventory), hosts });
    const findings = await Promise.all(checks.map(({ look }) => look()));
    return findings.flat().filter(({ heading }) => heading === "distribution-names");
  };

  test("are well when it answers to each of them", async () => {
    expect(await found(["shop.example.com"])).toMatchObject([{ verdict: "ok", found: "answers to shop.example.com" }]);
  });

  test("are told apart, those that are missing from those that are there", async () => {
    expect(await found(["shop.example.com", "api.example.com", "www.example.com"])).toMatchObject([
      { verdict: "wrong", found: "does not answer to api.example.com, www.example.com", todo: "deploy shop-test" },
    ]);
  });

  test("are not judged where only a Terraform variable holds them", async () => {
    expect(await found(["var.site_host"])).toEqual([]);
    expect(await found(["var.site_host", "shop.example.com"])).toMatchObject([{ verdict: "ok", found: "answers to shop.example.com" }]);
  });
});
