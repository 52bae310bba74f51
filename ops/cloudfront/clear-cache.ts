import { randomUUID } from "node:crypto";
import {
  type CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  waitUntilInvalidationCompleted,
} from "@aws-sdk/client-cloudfront";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import { awsAnswer } from "../aws/aws-answer";
import { EXIT, OperatorError } from "../cli/operator-error";
import { distributionOf, liveDistribution } from "./live-distribution";

export interface CacheClearing {
  readonly client: CloudFrontClient;
  readonly inventory: InventoryDocument;
  /** Paths, each with a star at its end at most. CloudFront's first thousand in a month cost nothing; `/*` counts as one. */
  readonly paths: readonly string[];
  /** Wait until every place has forgotten the paths. */
  readonly wait: boolean;
  /** Longest wait, in seconds. It takes minutes as a rule. @default 1800 */
  readonly maxWaitSeconds?: number;
  /** Seconds between two questions. @default 20 */
  readonly pollSeconds?: number;
  readonly signal: AbortSignal;
}

export interface ClearedCache {
  readonly distribution: { readonly name: string; readonly id: string };
  readonly invalidation: { readonly id: string; readonly status: "InProgress" | "Completed"; readonly paths: readonly string[] };
}

/** Paths that may be under way at once for one distribution. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-invalidations */
const MAX_PATHS = 3000;

/**
 * Makes a root's distribution forget what it has cached of some paths.
 *
 * @throws {OperatorError} for a path that CloudFront does not take, when there is no such distribution, and when it takes too long.
 */
export async function clearCache(clearing: CacheClearing): Promise<ClearedCache> {
  const { client, inventory, paths, wait } = clearing;
  checkPaths(paths);
  const fact = distributionOf(inventory);
  const { Id } = await liveDistribution(client, fact, inventory);
  const distribution = { name: fact.name, id: Id };
  const create = new CreateInvalidationCommand({
    DistributionId: Id,
    InvalidationBatch: { CallerReference: randomUUID(), Paths: { Quantity: paths.length, Items: [...paths] } },
  });
  const answer = await awsAnswer(`clearing the cache of ${fact.name}`, client.send(create));
  const id = answer?.Invalidation?.Id;
  if (id === undefined) throw new OperatorError(`CloudFront took the invalidation of ${fact.name} without giving it an id; run again`);
  if (wait) await completed(clearing, distribution, id);
  return { distribution, invalidation: { id, status: wait ? "Completed" : "InProgress", paths } };
}

function checkPaths(paths: readonly string[]): void {
  const wrong = paths.find((path) => !/^\/[^*\s]*\*?$/.test(path));
  if (wrong !== undefined) {
    throw new OperatorError(
      `--paths: a path must begin with a slash, hold no space and have a star at its end only, got "${wrong}"; write for example "/assets/*"`,
      EXIT.refused,
    );
  }
  if (paths.length > MAX_PATHS)
    throw new OperatorError(`--paths: CloudFront takes ${MAX_PATHS} paths at a time, got ${paths.length}; use stars`, EXIT.refused);
}

/** @throws {OperatorError} when it is not done in time, and the signal's reason when the operator interrupts. */
async function completed(
  { client, maxWaitSeconds = 1800, pollSeconds = 20, signal }: CacheClearing,
  { name, id: DistributionId }: ClearedCache["distribution"],
  Id: string,
): Promise<void> {
  // The waiter takes every error for "not yet", also one that says that this user may not ask.
  await awsAnswer(`asking for invalidation ${Id} of ${name}`, client.send(new GetInvalidationCommand({ DistributionId, Id })));
  const options = { client, maxWaitTime: maxWaitSeconds, minDelay: pollSeconds, maxDelay: pollSeconds, abortSignal: signal };
  await waitUntilInvalidationCompleted(options, { DistributionId, Id }).catch(() => {
    signal.throwIfAborted();
    throw new OperatorError(`invalidation ${Id} of ${name} is not done after ${maxWaitSeconds} seconds; it goes on by itself`);
  });
}
