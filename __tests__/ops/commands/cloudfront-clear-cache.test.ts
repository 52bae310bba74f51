import { CloudFrontClient, CreateDistributionCommand, ListInvalidationsCommand } from "@aws-sdk/client-cloudfront";
import { runOps } from "../../../ops/cli/run-ops";
import { registerCloudfrontClearCache } from "../../../ops/commands/cloudfront-clear-cache";
import { Moto, motoIsMissing } from "../../support/moto";
import { describeWith } from "../../support/needs";
import { ACCOUNT, inventoryWith, liveConfig, NAME, projectWith } from "../cloudfront/shop-site";
import { type FakeContext, fakeContext } from "../support/fake-context";

// An emulator of AWS is started first.
jest.setTimeout(60_000);

describeWith({ other: motoIsMissing }, "ops cloudfront-clear-cache, against an emulator of AWS", () => {
  const before = { ...process.env };
  let made = 0;
  let moto: Moto;
  let client: CloudFrontClient;

  beforeAll(async () => {
    moto = await Moto.start(ACCOUNT);
    // The command makes its client as it does for an operator: from the environment.
    Object.assign(process.env, moto.env);
    client = new CloudFrontClient({ region: "us-east-1" });
  });
  afterAll(() => {
    for (const name of Object.keys(moto.env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    moto.stop();
  });

  const create = async (Comment: string): Promise<string> => {
    const DistributionConfig = liveConfig({ CallerReference: `${Comment} ${++made}`, Comment, Aliases: { Quantity: 0 } });
    const { Distribution } = await client.send(new CreateDistributionCommand({ DistributionConfig }));
    return Distribution?.Id ?? "";
  };
  const invalidated = async (DistributionId: string) =>
    (await client.send(new ListInvalidationsCommand({ DistributionId }))).InvalidationList?.Items?.map(({ Id }) => Id) ?? [];
  const ops = async (backend: "private" | "no site", ...words: string[]): Promise<FakeContext> => {
    const context = fakeContext({ projectRoot: projectWith(inventoryWith(backend)) });
    await runOps(["cloudfront-clear-cache", "shop-test", ...words], context, [registerCloudfrontClearCache]);
    return context;
  };

  test("before the root is deployed, says so with status 2", async () => {
    const { errors, printed, exitCode } = await ops("private");
    expect({ errors, printed, exitCode }).toEqual({
      errors: ["no CloudFront distribution of this account is called shop-test-site; check the AWS credentials, or deploy shop-test first"],
      printed: [],
      exitCode: 2,
    });
  });

  test("finds the root's distribution among others, and makes it forget everything", async () => {
    const other = await create("another-site");
    const id = await create(NAME);
    const { printed, exitCode } = await ops("private", "--json");
    expect(exitCode).toBe(0);
    const { invalidation, ...rest } = JSON.parse(printed.join("\n"));
    expect(rest).toEqual({ version: 1, root: "shop-test", distribution: { name: NAME, id } });
    expect(invalidation).toEqual({ id: expect.any(String), status: "InProgress", paths: ["/*"] });
    await expect(invalidated(id)).resolves.toEqual([invalidation.id]);
    await expect(invalidated(other)).resolves.toEqual([]);
  });

  test("forgets what it is told, and says which invalidation it is", async () => {
    const { printed, exitCode } = await ops("private", "--paths", "/index.html", "/assets/*");
    expect(exitCode).toBe(0);
    expect(printed).toEqual([
      expect.stringMatching(/^shop-test-site \(\w+\) forgets, within minutes, \/index\.html \/assets\/\*: invalidation \w+$/),
    ]);
  });

  test("does not choose between two of one name", async () => {
    await create(NAME);
    const { errors, exitCode } = await ops("private");
    expect(exitCode).toBe(2);
    expect(errors).toEqual([
      expect.stringMatching(
        /^several CloudFront distributions are called shop-test-site \(\w+, \w+\); change the comment of those that shop-test did not make$/,
      ),
    ]);
  });

  test("refuses a root without a distribution", async () => {
    const { errors, exitCode } = await ops("no site");
    expect({ errors, exitCode }).toEqual({
      errors: ["root shop-test has no CloudFront distribution; name a root that has one"],
      exitCode: 2,
    });
  });
});
