import { CloudFrontClient, CreateInvalidationCommand, GetInvalidationCommand, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { mockClient } from "aws-sdk-client-mock";
import { type CacheClearing, clearCache } from "../../../ops/cloudfront/clear-cache";
import { ACCOUNT, ARN, inventoryWith, NAME } from "./shop-site";

describe("clearCache", () => {
  const cloudfront = mockClient(CloudFrontClient);
  const clear = (given: Partial<CacheClearing> = {}) =>
    clearCache({
      client: new CloudFrontClient({ region: "us-east-1" }),
      inventory: inventoryWith("private"),
      paths: ["/*"],
      wait: true,
      signal: new AbortController().signal,
      ...given,
    });

  beforeEach(() => {
    cloudfront.reset();
    cloudfront
      .on(ListDistributionsCommand, { Marker: undefined })
      .resolves({ DistributionList: { IsTruncated: true, NextMarker: "page 2", Items: [{ Id: "E0", Comment: "another" }] } as never });
    cloudfront
      .on(ListDistributionsCommand, { Marker: "page 2" })
      .resolves({ DistributionList: { IsTruncated: false, Items: [{ Id: "E1", ARN, Comment: NAME }] } as never });
    cloudfront.on(CreateInvalidationCommand, { DistributionId: "E1" }).resolves({ Invalidation: { Id: "I1" } as never });
    cloudfront.on(GetInvalidationCommand, { DistributionId: "E1", Id: "I1" }).resolves({ Invalidation: { Status: "Completed" } as never });
  });

  test("looks through every page, and waits until it is forgotten everywhere", async () => {
    await expect(clear()).resolves.toEqual({
      distribution: { name: NAME, id: "E1" },
      invalidation: { id: "I1", status: "Completed", paths: ["/*"] },
    });
    expect(cloudfront.commandCalls(GetInvalidationCommand).length).toBeGreaterThan(0);
  });

  test("gives every run a reference of its own, so that the second is not taken for the first", async () => {
    await clear({ wait: false });
    await clear({ wait: false });
    const references = cloudfront
      .commandCalls(CreateInvalidationCommand)
      .map(({ args }) => args[0].input.InvalidationBatch?.CallerReference);
    expect(new Set(references).size).toBe(2);
  });

  test("gives up waiting, and says that CloudFront goes on", async () => {
    cloudfront.on(GetInvalidationCommand).resolves({ Invalidation: { Status: "InProgress" } as never });
    await expect(clear({ maxWaitSeconds: 1, pollSeconds: 0.1 })).rejects.toThrow(
      "invalidation I1 of shop-test-site is not done after 1 seconds; it goes on by itself",
    );
  });

  test("does not wait for what it may not ask, and says so in AWS's words", async () => {
    cloudfront.on(GetInvalidationCommand).rejects(new Error("Access is denied."));
    await expect(clear()).rejects.toThrow(
      "asking for invalidation I1 of shop-test-site failed: Access is denied; check the AWS credentials and run again",
    );
  });

  test("ends with the operator's interruption", async () => {
    const interruption = new AbortController();
    cloudfront.on(GetInvalidationCommand).callsFake(() => {
      interruption.abort(new Error("interrupted"));
      return { Invalidation: { Status: "InProgress" } };
    });
    await expect(clear({ signal: interruption.signal })).rejects.toThrow("interrupted");
  });

  test("refuses another account's distribution before it changes anything", async () => {
    cloudfront
      .on(ListDistributionsCommand)
      .resolves({ DistributionList: { Items: [{ Id: "E1", ARN: ARN.replace(ACCOUNT, "222222222222"), Comment: NAME }] } as never });
    await expect(clear()).rejects.toThrow(
      "distribution shop-test-site is in account 222222222222, not in 111111111111 as config/ says; change the AWS credentials",
    );
    expect(cloudfront.commandCalls(CreateInvalidationCommand)).toEqual([]);
  });

  test.each(["assets/*", "/*.js", "/a b", "", "/a**"])('refuses the path "%s" before it asks AWS', async (path) => {
    await expect(clear({ paths: ["/*", path] })).rejects.toThrow(
      `--paths: a path must begin with a slash, hold no space and have a star at its end only, got "${path}"; write for example "/assets/*"`,
    );
    expect(cloudfront.calls()).toEqual([]);
  });

  test("takes 3,000 paths and refuses one more", async () => {
    const paths = Array.from({ length: 3001 }, (_unused, index) => `/${index}`);
    await expect(clear({ paths: paths.slice(1) })).resolves.toMatchObject({ invalidation: { id: "I1" } });
    await expect(clear({ paths })).rejects.toThrow("--paths: CloudFront takes 3000 paths at a time, got 3001; use stars");
  });
});
