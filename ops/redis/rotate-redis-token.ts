import { randomBytes } from "node:crypto";
import { type ECSClient, UpdateServiceCommand, waitUntilServicesStable } from "@aws-sdk/client-ecs";
import {
  DescribeReplicationGroupsCommand,
  type ElastiCacheClient,
  ModifyReplicationGroupCommand,
  type ReplicationGroup,
  waitUntilReplicationGroupAvailable,
} from "@aws-sdk/client-elasticache";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { CacheFact, ServiceFact } from "../../constructs/base/inventory-parts";
import { refuseOtherAccount } from "../aws/aws-answer";
import { OperatorError } from "../cli/operator-error";

/** What a rotation works with. Tests pass fakes. */
export interface RedisTokenRotation {
  readonly elasticache: ElastiCacheClient;
  readonly secrets: SecretsManagerClient;
  readonly ecs: ECSClient;
  readonly accountId: string;
  readonly cache: CacheFact;
  /** Services whose tasks get the secret, and so must be started anew. */
  readonly services: readonly ServiceFact[];
  readonly say: (line: string) => void;
  /** Longest wait for one step, in seconds. @default 1800 */
  readonly maxWaitSeconds?: number;
}

/** Letters and digits only: 48 of these are 285 bits, and ElastiCache takes 16 to 128 printable characters. */
const TOKEN_BYTES = 36;

/**
 * Gives Redis another AUTH token, without a moment in which a running task is locked out: Redis takes both tokens, then the
 * secret changes, then the tasks start anew, then Redis takes the new token only.
 *
 * Before the first token no task could start, since each needs the secret: then nothing is started anew, or waited for.
 * Safe to run again after it stopped half-way: a token that was made is kept as the secret's pending version and used again.
 *
 * @throws {OperatorError} when the cache is another account's, does not exist, or does not become ready in time.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html (ROTATE keeps the token before, SET ends it)
 */
export async function rotateRedisToken(rotation: RedisTokenRotation): Promise<void> {
  const { cache, services, say } = rotation;
  const group = await describe(rotation);
  const host = group.NodeGroups?.[0]?.PrimaryEndpoint?.Address;
  if (host === undefined)
    throw new OperatorError(`cache ${cache.name} has no primary endpoint yet; wait until it is available and run again`);

  const pending = await pendingVersion(rotation, host);
  if (!pending.current) {
    say(`${cache.name}: takes the new token beside the old one`);
    await modify(rotation, pending.token, "ROTATE");
    await moveStage(rotation, "AWSCURRENT", pending.versionId);
    say(`${cache.secret}: holds the new token`);
  }
  if (!pending.first) {
    for (const service of services) await restart(rotation, service);
    await stable(rotation);
  }
  say(`${cache.name}: takes the new token only`);
  await modify(rotation, pending.token, "SET");
  await moveStage(rotation, "AWSPENDING", undefined);
}

async function describe({ elasticache, cache, accountId }: RedisTokenRotation): Promise<ReplicationGroup> {
  const { ReplicationGroups = [] } = await elasticache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: cache.name }));
  const [group] = ReplicationGroups;
  if (group === undefined) throw new OperatorError(`there is no cache ${cache.name}; deploy its root first`);
  refuseOtherAccount(`cache ${cache.name}`, group.ARN, accountId);
  return group;
}

/**
 * The version that this rotation brings in. It is marked as pending until the rotation is done, so one that is found
 * belongs to a run that stopped half-way: a third token would lock out the tasks that still have the first.
 */
async function pendingVersion({ secrets, cache }: RedisTokenRotation, host: string): Promise<PendingVersion> {
  const left = await version(secrets, cache.secret, "AWSPENDING");
  const inUse = await version(secrets, cache.secret, "AWSCURRENT");
  if (left !== undefined) {
    const current = left.versionId === inUse?.versionId;
    const before = current ? await version(secrets, cache.secret, "AWSPREVIOUS") : inUse;
    return { ...left, current, first: before === undefined };
  }
  const token = randomBytes(TOKEN_BYTES)
    .toString("base64url")
    .replace(/[^A-Za-z0-9]/g, "0");
  const value = JSON.stringify({ REDIS_HOST: host, REDIS_PORT: String(cache.port), REDIS_PASSWORD: token });
  const { VersionId } = await secrets.send(
    new PutSecretValueCommand({ SecretId: cache.secret, SecretString: value, VersionStages: ["AWSPENDING"] }),
  );
  if (VersionId === undefined) throw new OperatorError(`secret ${cache.secret} took the new token without giving it a version; run again`);
  return { token, versionId: VersionId, current: false, first: inUse === undefined };
}

interface Version {
  readonly token: string;
  readonly versionId: string;
}

interface PendingVersion extends Version {
  /** Whether tasks that start now get it already. */
  readonly current: boolean;
  /** Whether there was no token before it. */
  readonly first: boolean;
}

async function version(secrets: SecretsManagerClient, name: string, stage: string): Promise<Version | undefined> {
  try {
    const { SecretString, VersionId } = await secrets.send(new GetSecretValueCommand({ SecretId: name, VersionStage: stage }));
    const token: unknown = SecretString === undefined ? undefined : JSON.parse(SecretString).REDIS_PASSWORD;
    return VersionId !== undefined && typeof token === "string" ? { token, versionId: VersionId } : undefined;
  } catch (error) {
    // A secret without a version of that stage: normal before the first rotation.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function modify(
  { elasticache, cache, maxWaitSeconds = 1800 }: RedisTokenRotation,
  token: string,
  strategy: "ROTATE" | "SET",
): Promise<void> {
  await elasticache.send(
    new ModifyReplicationGroupCommand({
      ReplicationGroupId: cache.name,
      AuthToken: token,
      AuthTokenUpdateStrategy: strategy,
      ApplyImmediately: true,
    }),
  );
  await waitUntilReplicationGroupAvailable({ client: elasticache, maxWaitTime: maxWaitSeconds }, { ReplicationGroupId: cache.name }).catch(
    () => {
      throw new OperatorError(
        `cache ${cache.name} did not become available within ${maxWaitSeconds} seconds; look at its events and run again`,
      );
    },
  );
}

/** Moves a stage to a version, or takes it away from the version that has it. */
async function moveStage(
  { secrets, cache }: RedisTokenRotation,
  stage: "AWSCURRENT" | "AWSPENDING",
  to: string | undefined,
): Promise<void> {
  const from = await version(secrets, cache.secret, stage);
  await secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId: cache.secret,
      VersionStage: stage,
      MoveToVersionId: to,
      RemoveFromVersionId: from?.versionId,
    }),
  );
}

async function restart({ ecs, say }: RedisTokenRotation, { cluster, name }: ServiceFact): Promise<void> {
  say(`${name}: starts anew`);
  await ecs.send(new UpdateServiceCommand({ cluster, service: name, forceNewDeployment: true }));
}

async function stable({ ecs, services, maxWaitSeconds = 1800 }: RedisTokenRotation): Promise<void> {
  for (const { cluster, name } of services) {
    await waitUntilServicesStable({ client: ecs, maxWaitTime: maxWaitSeconds }, { cluster, services: [name] }).catch(() => {
      throw new OperatorError(
        `service ${name} did not become stable within ${maxWaitSeconds} seconds; see docs/runbooks/ecs.md and run again`,
      );
    });
  }
}
