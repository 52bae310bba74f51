import { ECSClient } from "@aws-sdk/client-ecs";
import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { CacheFact, ServiceFact } from "../../constructs/base/inventory-facts";
import { awsAnswer } from "../aws/aws-answer";
import type { Context } from "../cli/context";
import { inventoryOf } from "../cli/inventory";
import { EXIT, OperatorError } from "../cli/operator-error";
import { rotateRedisToken } from "./rotate-redis-token";

/**
 * Rotates the AUTH token of a root's only Redis, after asking.
 *
 * @throws {OperatorError} when the root has no Redis, or the operator says no.
 */
export async function redisToken(root: string, yes: boolean, context: Context): Promise<void> {
  const { facts, region, accountId } = await inventoryOf(root, context);
  const cache = facts.find((fact): fact is CacheFact => fact.kind === "cache");
  if (cache === undefined) throw new OperatorError(`root ${root} has no Redis`, EXIT.refused);
  const services = facts.filter(
    (fact): fact is ServiceFact => fact.kind === "service" && fact.containers.some(({ secrets }) => secrets.includes(cache.secret)),
  );
  const question = `Give ${cache.name} another token and restart ${services.map(({ name }) => name).join(", ")}?`;
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
