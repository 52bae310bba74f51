import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mockClient } from "aws-sdk-client-mock";
import type { WireguardEntry } from "../../../config/wireguard-schema";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { Desk } from "../../../ops/wireguard/desk";
import { addBastion, PUBLIC_KEYS } from "../../constructs/servers";
import { scratchFolder } from "../../support/project";
import { synthesizeTestStack } from "../../support/synthesized";

const ACCOUNT = "111111111111";
const PARAMETER = "/shop/test/wireguard/peers";
const SECRET = "shop-vpn/server-key";

const inventories = new Map<string, InventoryDocument>();

/** What the real bastion states for an entry, synthesized once for each. */
function inventoryFor({ serverPublicKey, peers }: WireguardEntry): InventoryDocument {
  const key = JSON.stringify([serverPublicKey, peers]);
  const known = inventories.get(key);
  if (known !== undefined) return known;
  const { inventory } = synthesizeTestStack((stack) => void addBastion(stack, { serverPublicKey, peers }));
  inventories.set(key, inventory);
  return inventory;
}

function absent(name: string): Error {
  return Object.assign(new Error(`${name}: no such thing`), { name });
}

/**
 * A desk over a configuration file in a scratch folder and an AWS in memory. The inventory is the real bastion's, made from
 * the file as synthesis makes it.
 */
export class FakeDesk implements Desk {
  readonly root = "shop-test";
  readonly projectRoot = scratchFolder();
  readonly said: string[] = [];
  readonly asked: string[] = [];
  /** What the operator answers. */
  answer = false;
  /** The live parameter; undefined as long as the root is not deployed. */
  live: string | undefined;
  /** Values of the secret, the last one current; undefined when there is no secret. */
  secretValues: string[] | undefined = [];
  accountId = ACCOUNT;
  private readonly ssmMock = mockClient(SSMClient);
  private readonly secretsMock = mockClient(SecretsManagerClient);

  constructor(peers: WireguardEntry["peers"] = { alice: { publicKey: PUBLIC_KEYS.alice, address: "10.10.0.2" } }) {
    mkdirSync(join(this.projectRoot, "config"));
    this.writeFile({ test: { serverPublicKey: PUBLIC_KEYS.server, peers }, other: { serverPublicKey: PUBLIC_KEYS.bob, peers: {} } });
    const arn = (service: string): string => `arn:aws:${service}:eu-west-1:${this.accountId}:thing`;
    this.ssmMock.on(GetParameterCommand, { Name: PARAMETER }).callsFake(() => {
      if (this.live === undefined) throw absent("ParameterNotFound");
      return { Parameter: { Value: this.live, ARN: arn("ssm") } };
    });
    this.ssmMock.on(PutParameterCommand, { Name: PARAMETER, Overwrite: true, Type: "String" }).callsFake(({ Value }) => {
      this.live = Value;
    });
    this.secretsMock.on(DescribeSecretCommand, { SecretId: SECRET }).callsFake(() => {
      if (this.secretValues === undefined) throw absent("ResourceNotFoundException");
      return { ARN: arn("secretsmanager"), VersionIdsToStages: this.secretValues.length > 0 ? { v1: ["AWSCURRENT"] } : undefined };
    });
    this.secretsMock.on(GetSecretValueCommand, { SecretId: SECRET }).callsFake(() => {
      const current = this.secretValues?.at(-1);
      if (current === undefined) throw absent("ResourceNotFoundException");
      return { ARN: arn("secretsmanager"), SecretString: current };
    });
    this.secretsMock
      .on(PutSecretValueCommand, { SecretId: SECRET })
      .callsFake(({ SecretString }) => void this.secretValues?.push(SecretString));
  }

  readonly say = (line: string): void => void this.said.push(line);
  readonly confirm = async (question: string): Promise<boolean> => {
    this.asked.push(question);
    return this.answer;
  };
  readonly inventories = async (): Promise<readonly InventoryDocument[]> => [inventoryFor(this.entry)];
  readonly ssm = (region: string): SSMClient => new SSMClient({ region });
  readonly secrets = (region: string): SecretsManagerClient => new SecretsManagerClient({ region });

  /** What the file says of the desk's environment. */
  get entry(): WireguardEntry {
    return JSON.parse(this.file).test;
  }

  /** The whole configuration file. */
  get file(): string {
    return readFileSync(join(this.projectRoot, "config", "shop-wireguard.json"), "utf8");
  }

  writeFile(content: object): void {
    writeFileSync(join(this.projectRoot, "config", "shop-wireguard.json"), `${JSON.stringify(content, null, 2)}\n`);
  }

  /** What the parameter holds after an apply of what the file says now. */
  async document(): Promise<string> {
    const vpn = (await this.inventories()).flatMap(({ facts }) => facts).find((fact) => fact.kind === "vpn");
    if (vpn?.kind !== "vpn") throw new Error("the test stack has no VPN");
    return vpn.peersDocument;
  }

  /** Puts into the parameter what an apply would. */
  async deploy(): Promise<void> {
    this.live = await this.document();
  }

  /** Calls that changed something in AWS. */
  writes(): number {
    return this.ssmMock.commandCalls(PutParameterCommand).length + this.secretsMock.commandCalls(PutSecretValueCommand).length;
  }

  /** Makes AWS refuse every read of the parameter, or every change of it. */
  refuse(what: "read" | "write", error: Error): void {
    if (what === "read") this.ssmMock.on(GetParameterCommand).rejects(error);
    else this.ssmMock.on(PutParameterCommand).rejects(error);
  }

  /** As it is before there is a server key: neither in the secret nor in the file. */
  withoutKey(): this {
    this.writeFile({ test: { peers: this.entry.peers } });
    return this;
  }
}
