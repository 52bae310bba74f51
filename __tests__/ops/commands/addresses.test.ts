import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runOps } from "../../../ops/cli/run-ops";
import { registerAddresses } from "../../../ops/commands/addresses";
import { type FakeContext, fakeContext } from "../support/fake-context";
import { fixtureProject } from "../support/fixture-project";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

const shop = { resource: { aws_rds_cluster: { orders: {} }, aws_eip: { nat: {} } } };
const renamed = { resource: { aws_rds_cluster: { sales: {} }, aws_eip: { nat: {} } } };

async function addresses(projectRoot: string, ...words: readonly string[]): Promise<FakeContext> {
  const context = fakeContext({ projectRoot });
  await runOps(["addresses", ...words], context, [registerAddresses]);
  return context;
}

/** A project whose lock was written when it had `before`. */
async function projectWithLock(before: object, now: object): Promise<string> {
  const [old, project] = [fixtureProject({ shop: before }), fixtureProject({ shop: now })];
  await addresses(old, "--write");
  copyFileSync(join(old, "addresses.lock.json"), join(project, "addresses.lock.json"));
  return project;
}

describe("ops addresses", () => {
  test("ends with 0 when nothing has moved", async () => {
    const project = await projectWithLock(shop, shop);
    expect(await addresses(project)).toMatchObject({ exitCode: 0, printed: ["addresses.lock.json matches 1 roots"], errors: [] });
  });

  test("ends with 1 and a line for each difference, and changes nothing", async () => {
    const project = await projectWithLock(shop, renamed);
    const lock = readFileSync(join(project, "addresses.lock.json"), "utf8");
    expect(await addresses(project)).toMatchObject({
      exitCode: 1,
      printed: [],
      errors: [
        expect.stringMatching(/^shop: aws_rds_cluster\.orders is gone without a moved block/),
        expect.stringMatching(/^shop: aws_rds_cluster\.sales is not in addresses\.lock\.json/),
      ],
    });
    expect(readFileSync(join(project, "addresses.lock.json"), "utf8")).toBe(lock);
  });

  test("rewrites the lock with --write, saying what it gives up, and agrees with itself from then on", async () => {
    const project = await projectWithLock(shop, renamed);
    expect(await addresses(project, "--write")).toMatchObject({
      exitCode: 0,
      printed: [
        "shop: aws_rds_cluster.orders is given up",
        "shop: aws_rds_cluster.sales is now locked",
        "addresses.lock.json holds the addresses of 1 roots",
      ],
    });
    expect(await addresses(project)).toMatchObject({ exitCode: 0 });
  });

  test("prints one JSON document with --json", async () => {
    const project = await projectWithLock(shop, renamed);
    const { exitCode, printed } = await addresses(project, "--json");
    expect(exitCode).toBe(1);
    expect(printed.map((document) => JSON.parse(document))).toEqual([
      {
        version: 1,
        written: false,
        differences: [
          { root: "shop", address: "aws_rds_cluster.orders", kind: "lost" },
          { root: "shop", address: "aws_rds_cluster.sales", kind: "new" },
        ],
      },
    ]);
  });

  test("says how to make the lock when there is none", async () => {
    const project = fixtureProject({ shop });
    expect(await addresses(project)).toMatchObject({
      exitCode: 1,
      errors: ['addresses.lock.json does not exist; run "ops addresses --write" to make it'],
    });
    expect(existsSync(join(project, "addresses.lock.json"))).toBe(false);
  });
});
