import { ECSClient } from "@aws-sdk/client-ecs";
import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Fact } from "../../constructs/base/inventory-facts";
import type { CacheFact, ServiceFact } from "../../constructs/base/inventory-parts";
import { awsAnswer } from "../aws/aws-answer";
import type { Context } from "../cli/context";
import { readInventories, rootPart } from "../cli/inventory";
import { EXIT, OperatorError } from "../cli/operator-error";
import { rotateRedisToken } from "./rotate-redis-token";

/**
 * Rotates the AUTH token of a root's only Redis, after asking.
 *
 * @throws {OperatorError} when there is no such root, when it has no Redis, and when the operator says no.
 */
export async function redisToken(root: string, yes: boolean, context: Context): Promise<void> {
  const { inventory, part: cache } = await rootPart(root, (only) => readInventories(context, only), isRedis, "Redis");
  const { facts, region, accountId } = inventory;
  const services = facts.filter(
    (fact): fact is ServiceFact => fact.kind === "service" && fact.containers.some(({ secrets }) => secrets.includes(cache.secret)),
  );
  const restarted = services.map(({ name }) => name).join(", ");
  const question = `Give ${cache.name} another token${restarted === "" ? "" : ` and restart ${restarted}`}?`;
  if (!yes && !(await context.confirm(question))) throw new OperatorError("nothing was changed", EXIT.refused);
  const rotation = rotateRedisToken({
    elasticache: new ElastiCacheClient({ region }),
    secrets: new SecretsManagerClient({ region }),
    ecs: new ECSClient({ region }),
    accountId,
    cache,
    services,
    say: context.print,
  });
  await awsAnswer(`giving ${cache.name} in ${region} another token`, rotation);
}

function isRedis(fact: Fact): fact is CacheFact {
  return fact.kind === "cache" && fact.engine.startsWith("redis ");
}
