import { CloudFrontClient, GetDistributionConfigCommand, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { runOps } from "../../../ops/cli/run-ops";
import { rotateOriginSecret } from "../../../ops/cloudfront/rotate-origin-secret";
import { registerOriginSecret } from "../../../ops/commands/origin-secret";
import { fakeContext } from "../support/fake-context";
import { ACCOUNT, ARN, inventoryWith, liveConfig, NAME, projectWith } from "./shop-site";

type Side = "blue" | "green";

/**
 * A deployed root: two secrets, a balancer that takes what they held at the last deployment, and CloudFront, which sends one.
 * Mocked, because a test says here when a change has reached every place, and whose account it is.
 */
class World {
  readonly cloudfront = mockClient(CloudFrontClient);
  readonly secrets = mockClient(SecretsManagerClient);
  /** Versions of each secret, the last one current; and those that Terraform's label keeps. */
  readonly versions: Record<Side, string[]> = { blue: ["blue-first"], green: ["green-first"] };
  readonly kept: Record<Side, string | undefined> = { blue: undefined, green: undefined };
  sends: Side = "blue";
  sent = "blue-first";
  accepted = ["blue-first", "green-first"];
  status = "Deployed";
  account = ACCOUNT;

  constructor() {
    this.cloudfront.on(ListDistributionsCommand).callsFake(() => ({
      DistributionList: { Items: [{ Id: "E1", ARN: ARN.replace(ACCOUNT, this.account), Comment: NAME, Status: this.status }] },
    }));
    this.cloudfront.on(GetDistributionConfigCommand, { Id: "E1" }).callsFake(() => {
      const [site, backend] = liveConfig().Origins?.Items ?? [];
      const CustomHeaders = { Quantity: 1, Items: [{ HeaderName: "x-origin-secret", HeaderValue: this.sent }] };
      return { DistributionConfig: liveConfig({ Origins: { Quantity: 2, Items: [{ ...site! }, { ...backend!, CustomHeaders }] } }) };
    });
    const absent = () => new ResourceNotFoundException({ message: "no such secret", $metadata: {} });
    for (const side of ["blue", "green"] as const) {
      const SecretId = `shop/origin/${side}`;
      const arn = () => `arn:aws:secretsmanager:eu-west-1:${this.account}:secret:${SecretId}-abcdef`;
      this.secrets.on(GetSecretValueCommand, { SecretId }).callsFake(() => {
        if (this.versions[side].length === 0) throw absent();
        return { ARN: arn(), SecretString: this.versions[side].at(-1) };
      });
      this.secrets.on(DescribeSecretCommand, { SecretId }).callsFake(() => {
        const ids = this.versions[side].map((_value, index) => `v${index}`);
        const stages = (id: string): string[] => [
          ...(id === ids.at(-1) ? ["AWSCURRENT"] : []),
          ...(id === this.kept[side] ? ["TERRAFORM"] : []),
        ];
        return { ARN: arn(), VersionIdsToStages: Object.fromEntries(ids.map((id) => [id, stages(id)])) };
      });
      this.secrets.on(UpdateSecretVersionStageCommand, { SecretId, VersionStage: "TERRAFORM" }).callsFake(({ MoveToVersionId }) => {
        this.kept[side] = MoveToVersionId;
      });
      this.secrets.on(PutSecretValueCommand, { SecretId }).callsFake(({ SecretString }) => {
        this.versions[side].push(SecretString);
      });
    }
  }

  rotate(): Promise<{ secret: string; next: Side }> {
    const inventory = inventoryWith("secret");
    const facts = inventory.facts.map((fact) =>
      fact.kind === "distribution" && fact.originSecret ? { ...fact, originSecret: { ...fact.originSecret, sends: this.sends } } : fact,
    );
    return rotateOriginSecret({
      cloudfront: new CloudFrontClient({ region: "us-east-1" }),
      secrets: new SecretsManagerClient({ region: "eu-west-1" }),
      inventory: { ...inventory, facts },
    });
  }

  /** An apply: at each of its moments, what is sent anywhere must be taken. */
  deploy(): void {
    const before = this.sent;
    this.accepted = [this.versions.blue.at(-1) ?? "", this.versions.green.at(-1) ?? ""];
    expect(this.accepted).toContain(before);
    this.sent = this.versions[this.sends].at(-1) ?? "";
    expect(this.accepted).toContain(this.sent);
  }

  /** Values that were written, at any time. */
  written(): string[] {
    return this.secrets.commandCalls(PutSecretValueCommand).map(({ args }) => args[0].input.SecretString ?? "");
  }
}

describe("rotateOriginSecret", () => {
  test("changes the secret that is not sent, and says which", async () => {
    const world = new World();
    await expect(world.rotate()).resolves.toEqual({ secret: "shop/origin/green", next: "green" });
    expect(world.versions.blue).toEqual(["blue-first"]);
    expect(world.versions.green).toEqual(["green-first", expect.stringMatching(/^[A-Za-z0-9_-]{40}$/)]);
  });

  test("replaces both values, in the order that it says, without a moment in which a request is refused", async () => {
    const world = new World();
    for (let round = 0; round < 4; round++) {
      const { next } = await world.rotate();
      world.deploy();
      world.sends = next;
      world.deploy();
    }
    expect(new Set(world.written()).size).toBe(4);
    expect(world.accepted).not.toContain("blue-first");
    expect(world.accepted).not.toContain("green-first");
  });

  test("keeps the version that Terraform made, which it would make anew", async () => {
    const world = new World();
    await world.rotate();
    await world.rotate();
    await world.rotate();
    expect(world.kept).toEqual({ blue: undefined, green: "v0" });
    expect(world.secrets.commandCalls(UpdateSecretVersionStageCommand)).toHaveLength(1);
  });

  test.each<[string, (world: World) => void, string]>([
    [
      "the other secret is being sent, because config/ is ahead of the deployment",
      (world) => {
        world.sends = "green";
      },
      "distribution shop-test-site does not send what shop/origin/green holds, as config/ says; deploy shop-test first",
    ],
    [
      "the secret that is sent has another value by now",
      (world) => void world.versions.blue.push("by hand"),
      "distribution shop-test-site does not send what shop/origin/blue holds, as config/ says; deploy shop-test first",
    ],
    [
      "the last change has not reached every place",
      (world) => {
        world.status = "InProgress";
      },
      "distribution shop-test-site is still taking its last change to every place; wait some minutes and run again",
    ],
    [
      "the account is another one",
      (world) => {
        world.account = "222222222222";
      },
      "distribution shop-test-site is in account 222222222222, not in 111111111111 as config/ says; change the AWS credentials",
    ],
    [
      "the secret has no value yet",
      (world) => {
        world.versions.green = [];
      },
      "secret shop/origin/green has no value; deploy shop-test first",
    ],
    [
      "there is no distribution",
      (world) => void world.cloudfront.on(ListDistributionsCommand).resolves({ DistributionList: { Items: [] } as never }),
      "no CloudFront distribution of this account is called shop-test-site; check the AWS credentials, or deploy shop-test first",
    ],
  ])("changes nothing where %s", async (_what, change, message) => {
    const world = new World();
    change(world);
    await expect(world.rotate()).rejects.toThrow(message);
    expect(world.written()).toEqual([]);
  });
});

describe("ops origin-secret rotate", () => {
  const ops = async (backend: "private" | "secret", ...words: string[]) => {
    const context = fakeContext({ projectRoot: projectWith(inventoryWith(backend)) });
    await runOps(["origin-secret", "rotate", "shop-test", ...words], context, [registerOriginSecret]);
    return context;
  };

  test("prints what comes next, and never a value", async () => {
    const world = new World();
    const { printed, errors, exitCode } = await ops("secret");
    expect({ printed, errors, exitCode }).toEqual({
      printed: [
        "shop/origin/green has a new value, which nobody sends yet",
        "Next: 1. deploy shop-test, so that the balancer takes the new value beside the one that is sent;",
        '      2. let config/ send "green" and deploy again, so that CloudFront sends it;',
        "      3. when CloudFront has taken that everywhere, rotate and deploy once more, which ends the old value.",
      ],
      errors: [],
      exitCode: 0,
    });
    expect(world.written()).toHaveLength(1);
    expect(printed.join("\n")).not.toContain(world.written()[0]);
  });

  test("prints one JSON document for scripts", async () => {
    new World();
    const { printed } = await ops("secret", "--json");
    expect(JSON.parse(printed.join("\n"))).toEqual({ version: 1, root: "shop-test", secret: "shop/origin/green", next: "green" });
  });

  test("refuses a root with a private origin", async () => {
    const world = new World();
    const { errors, exitCode } = await ops("private");
    expect(errors).toEqual(["root shop-test reaches its backend over a private origin and sends no secret; there is nothing to rotate"]);
    expect(exitCode).toBe(2);
    expect(world.written()).toEqual([]);
  });
});
