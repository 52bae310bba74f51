import { DescribeReplicationGroupsCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import type { CacheFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";

/** A cache: there, and available. */
export function cacheChecks(aws: Aws, root: string, fact: CacheFact): readonly Check[] {
  const what = `cache ${fact.name}`;
  return [{ part: "caches", heading: "cache-exists", what, look: () => state(aws, root, fact, what) }];
}

async function state(aws: Aws, root: string, { name }: CacheFact, what: string): Promise<readonly Finding[]> {
  const describe = new DescribeReplicationGroupsCommand({ ReplicationGroupId: name });
  const names = ["ReplicationGroupNotFoundFault", "ReplicationGroupNotFound"];
  const answer = await aws.find((options) => aws.client(ElastiCacheClient).send(describe, options), ...names);
  const group = answer?.ReplicationGroups?.[0];
  if (group === undefined) return [absent("cache-exists", what, `deploy ${root}`)];
  const { Status = "unknown" } = group;
  const todo = Status === "available" ? undefined : "read its events in the ElastiCache console and wait";
  return [finding("cache-available", `${what}: status`, Status, todo)];
}
