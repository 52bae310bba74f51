import { DescribeReplicationGroupsCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { mockClient } from "aws-sdk-client-mock";
import { runOps } from "../../../ops/cli/run-ops";
import { registerRedisToken } from "../../../ops/commands/redis-token";
import { type FakeContext, fakeContext } from "../support/fake-context";
import { fixtureProject } from "../support/fixture-project";
import { cache, inventory } from "../support/inventories";

const roots = [
  inventory("shop-dev"),
  inventory("shop-prod", cache("shop-redis", "redis 7.1")),
  inventory("bank-prod", cache("bank-cache", "memcached")),
];
const elasticache = mockClient(ElastiCacheClient);

beforeEach(() => elasticache.reset());

/** Runs the command for an operator who gives this answer. */
async function redisToken(answer: boolean, ...words: readonly string[]): Promise<FakeContext & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const projectRoot = fixtureProject(Object.fromEntries(roots.map(({ root }) => [root, {}])), "", roots);
  const confirm = async (question: string): Promise<boolean> => {
    asked.push(question);
    return answer;
  };
  const context = fakeContext({ projectRoot, confirm });
  await runOps(["redis-token", ...words], context, [registerRedisToken]);
  return Object.assign(context, { asked });
}

describe("ops redis-token", () => {
  test.each([
    ["shop-dev", "root shop-dev has no Redis; the roots that have one are shop-prod"],
    ["bank-prod", "root bank-prod has no Redis; the roots that have one are shop-prod"],
    ["shop", 'no root is called "shop"; the roots are shop-dev, shop-prod, bank-prod'],
  ])("of %s ends with 2 and says which root it can be", async (root, sentence) => {
    expect(await redisToken(true, root)).toMatchObject({ exitCode: 2, printed: [], errors: [sentence], asked: [] });
    expect(elasticache.calls()).toEqual([]);
  });

  test("asks nothing of AWS when the operator says no", async () => {
    const question = "Give shop-redis another token?";
    expect(await redisToken(false, "shop-prod")).toMatchObject({ exitCode: 2, errors: ["nothing was changed"], asked: [question] });
    expect(elasticache.calls()).toEqual([]);
  });

  test("says in one sentence what AWS has against it, and asks nothing with --yes", async () => {
    elasticache.on(DescribeReplicationGroupsCommand).rejects(new Error("The security token included in the request is expired."));
    expect(await redisToken(false, "shop-prod", "--yes")).toMatchObject({
      exitCode: 1,
      asked: [],
      errors: [
        "giving shop-redis in eu-west-1 another token failed: The security token included in the request is expired; check the AWS credentials and run again",
      ],
    });
  });
});
