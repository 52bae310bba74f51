import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { DescribeReplicationGroupsCommand, ElastiCacheClient, ModifyReplicationGroupCommand } from "@aws-sdk/client-elasticache";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import type { CacheFact, ServiceFact } from "../../../constructs/base/inventory-parts";
import { rotateRedisToken } from "../../../ops/redis/rotate-redis-token";

/**
 * ElastiCache, Secrets Manager and ECS as far as a rotation meets them. Mocked, because no emulator knows ElastiCache's
 * AUTH tokens: Redis takes the last two tokens after ROTATE and the last one after SET.
 */
class World {
  readonly elasticache = mockClient(ElastiCacheClient);
  readonly secrets = mockClient(SecretsManagerClient);
  readonly ecs = mockClient(ECSClient);
  readonly said: string[] = [];
  taken: (string | undefined)[] = [undefined];
  /** Secret versions by id, and which stage shows which. */
  readonly versions = new Map<string, { REDIS_HOST: string; REDIS_PORT: string; REDIS_PASSWORD: string }>();
  readonly stages = new Map<string, string>();
  /** Token that running tasks have; none run before there is a secret to start with. */
  running: string | undefined;
  /** Fails at a step, once. */
  failAt: "promote" | "restart" | undefined;

  constructor(arn = "arn:aws:elasticache:eu-west-1:111111111111:replicationgroup:shop-redis") {
    this.elasticache.on(DescribeReplicationGroupsCommand).callsFake(() => ({
      ReplicationGroups: [{ ARN: arn, Status: "available", NodeGroups: [{ PrimaryEndpoint: { Address: "redis.example" } }] }],
    }));
    this.elasticache.on(ModifyReplicationGroupCommand).callsFake(({ AuthToken, AuthTokenUpdateStrategy }) => {
      if (AuthTokenUpdateStrategy === "SET" && this.taken.at(-1) !== AuthToken) throw new Error("SET is allowed only after ROTATE");
      this.taken =
        AuthTokenUpdateStrategy === "SET" ? [AuthToken] : [...this.taken.filter((token) => token !== AuthToken), AuthToken].slice(-2);
      this.nobodyIsLockedOut();
    });
    this.secrets.on(GetSecretValueCommand).callsFake(({ VersionStage }) => {
      const VersionId = this.stages.get(VersionStage);
      if (VersionId === undefined) throw new ResourceNotFoundException({ message: "no such stage", $metadata: {} });
      return { VersionId, SecretString: JSON.stringify(this.versions.get(VersionId)) };
    });
    this.secrets.on(PutSecretValueCommand).callsFake(({ SecretString, VersionStages }) => {
      const VersionId = `v${this.versions.size + 1}`;
      this.versions.set(VersionId, JSON.parse(SecretString));
      for (const stage of VersionStages) this.stages.set(stage, VersionId);
      return { VersionId };
    });
    this.secrets.on(UpdateSecretVersionStageCommand).callsFake(({ VersionStage, MoveToVersionId }) => {
      this.fail("promote");
      if (MoveToVersionId === undefined) this.stages.delete(VersionStage);
      else {
        const before = this.stages.get(VersionStage);
        // As Secrets Manager does by itself.
        if (VersionStage === "AWSCURRENT" && before !== undefined) this.stages.set("AWSPREVIOUS", before);
        this.stages.set(VersionStage, MoveToVersionId);
      }
    });
    this.ecs.on(UpdateServiceCommand).callsFake(() => {
      this.fail("restart");
      this.running = this.currentToken();
      this.nobodyIsLockedOut();
    });
    this.ecs.on(DescribeServicesCommand).resolves({ services: [{ runningCount: 1, desiredCount: 1, deployments: [{}] }] });
  }

  rotate(): Promise<void> {
    return rotateRedisToken({
      elasticache: new ElastiCacheClient({ region: "eu-west-1" }),
      secrets: new SecretsManagerClient({ region: "eu-west-1" }),
      ecs: new ECSClient({ region: "eu-west-1" }),
      accountId: "111111111111",
      cache: { name: "shop-redis", secret: "shop/redis", port: 6379 } as CacheFact,
      services: [{ name: "api", cluster: "shop" } as ServiceFact],
      say: (line) => this.said.push(line),
    });
  }

  currentToken(): string | undefined {
    return this.versions.get(this.stages.get("AWSCURRENT") ?? "")?.REDIS_PASSWORD;
  }

  private fail(step: "promote" | "restart"): void {
    if (this.failAt !== step) return;
    this.failAt = undefined;
    throw new Error(`stopped at ${step}`);
  }

  /** Tasks start with the secret as it is, as they do in a first deployment. */
  startTasks(): void {
    this.running = this.currentToken();
  }

  private nobodyIsLockedOut(): void {
    if (this.running !== undefined) expect(this.taken).toContain(this.running);
  }
}

describe("rotateRedisToken", () => {
  test("gives a Redis without a token its first one, and the secret with it", async () => {
    const world = new World();
    await world.rotate();
    const token = world.currentToken();
    expect(token).toMatch(/^[A-Za-z0-9]{48}$/);
    expect(world.taken).toEqual([token]);
    expect([...world.versions.values()]).toEqual([{ REDIS_HOST: "redis.example", REDIS_PORT: "6379", REDIS_PASSWORD: token }]);
  });

  test("waits for no task before there was a token, because none can have started", async () => {
    const world = new World();
    world.ecs.on(DescribeServicesCommand).resolves({ services: [{ runningCount: 0, desiredCount: 1, deployments: [{}] }] });
    await world.rotate();
    expect(world.ecs.calls()).toEqual([]);
    expect(world.taken).toEqual([world.currentToken()]);
  });

  test("knows a first token also when it stopped after the secret had it", async () => {
    const world = new World();
    world.elasticache.on(ModifyReplicationGroupCommand, { AuthTokenUpdateStrategy: "SET" }).rejectsOnce("stopped at the end");
    await expect(world.rotate()).rejects.toThrow("stopped at the end");
    await world.rotate();
    expect(world.ecs.calls()).toEqual([]);
    expect(world.taken).toContain(world.currentToken());
  });

  test("ends the old token only after the tasks have the new one", async () => {
    const world = new World();
    await world.rotate();
    world.startTasks();
    const first = world.currentToken();
    await world.rotate();
    expect(world.currentToken()).not.toBe(first);
    expect(world.taken).toEqual([world.currentToken()]);
  });

  test.each(["promote", "restart"] as const)("goes on where it stopped at %s, without locking a task out", async (step) => {
    const world = new World();
    await world.rotate();
    world.startTasks();
    world.failAt = step;
    await expect(world.rotate()).rejects.toThrow(`stopped at ${step}`);
    await world.rotate();
    expect(world.taken).toEqual([world.currentToken()]);
    expect(world.running).toBe(world.currentToken());
  });

  test("uses a token again that was made and never became current", async () => {
    const world = new World();
    world.failAt = "promote";
    await expect(world.rotate()).rejects.toThrow("stopped at promote");
    await world.rotate();
    expect(world.versions.size).toBe(1);
  });

  test("refuses a cache of another account before it changes anything", async () => {
    const world = new World("arn:aws:elasticache:eu-west-1:222222222222:replicationgroup:shop-redis");
    await expect(world.rotate()).rejects.toThrow(
      "cache shop-redis is in account 222222222222, not in 111111111111 as config/ says; change the AWS credentials",
    );
    expect(world.taken).toEqual([undefined]);
    expect(world.versions.size).toBe(0);
  });

  test("says what it does and never the token", async () => {
    const world = new World();
    await world.rotate();
    world.startTasks();
    world.said.length = 0;
    await world.rotate();
    expect(world.said.join()).not.toContain(world.currentToken());
    expect(world.said).toEqual([
      "shop-redis: takes the new token beside the old one",
      "shop/redis: holds the new token",
      "api: starts anew",
      "shop-redis: takes the new token only",
    ]);
  });
});
