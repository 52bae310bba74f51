import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  type KeySchemaElement,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { freePort } from "../free-port";
import { stopAfterTests } from "../stop-after-tests";

/** In the user's cache: 51 MB that need not be fetched for every clone. */
const FOLDER = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "infrastructure", "dynamodb-local-2.6.1");

/**
 * Fetches DynamoDB Local with Maven, once.
 *
 * moto will not do here: it copies the table before a transaction and puts the copy back when the transaction fails, so
 * that of two at once one can take the other's items away.
 *
 * @returns why it cannot be had; undefined when it is there.
 */
export function dynamoDbLocalIsMissing(): string | undefined {
  if (existsSync(FOLDER)) return undefined;
  const unfinished = `${FOLDER}.${process.pid}`;
  const words = ["--quiet", "--batch-mode", "--file", join(__dirname, "pom.xml"), "dependency:copy-dependencies"];
  const { status, error, stdout } = spawnSync("mvn", [...words, `-DoutputDirectory=${unfinished}`], { encoding: "utf8" });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    return `DynamoDB Local cannot be fetched: ${error?.message ?? stdout.trim().split("\n")[0]}`;
  }
  renameSync(unfinished, FOLDER);
  return undefined;
}

interface Keys {
  readonly hash_key: string;
  readonly range_key?: string;
}

/** What makes a table, in Terraform's words. */
export interface TableAttributes extends Keys {
  readonly name: string;
  readonly billing_mode: "PAY_PER_REQUEST";
  readonly attribute: readonly { readonly name: string; readonly type: "S" | "N" | "B" }[];
  readonly global_secondary_index?: readonly (Keys & {
    readonly name: string;
    readonly projection_type: "ALL" | "KEYS_ONLY" | "INCLUDE";
    readonly non_key_attributes?: string[];
  })[];
}

function keySchema({ hash_key, range_key }: Keys): KeySchemaElement[] {
  const partition: KeySchemaElement = { AttributeName: hash_key, KeyType: "HASH" };
  return range_key === undefined ? [partition] : [partition, { AttributeName: range_key, KeyType: "RANGE" }];
}

/** A running DynamoDB that forgets everything when it ends, on a port that was free. */
export class DynamoDbLocal {
  private constructor(
    private readonly server: ChildProcess,
    /** For clients: where it is, and credentials that open nothing. */
    readonly config: DynamoDBClientConfig,
  ) {}

  static async start(): Promise<DynamoDbLocal> {
    const port = await freePort();
    const main = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";
    const words = [
      `-Djava.library.path=${FOLDER}`,
      "-cp",
      join(FOLDER, "*"),
      main,
      "-inMemory",
      "-disableTelemetry",
      "-port",
      String(port),
    ];
    const server = spawn("java", words, { stdio: "ignore" });
    const config = {
      endpoint: `http://127.0.0.1:${port}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    const local = new DynamoDbLocal(server, config);
    stopAfterTests(local);
    for (let tries = 0; tries < 600; tries++) {
      // It answers a request without credentials with 400: it is there.
      if ((await fetch(config.endpoint).catch(() => undefined))?.status === 400) return local;
      await new Promise((done) => setTimeout(done, 100));
    }
    local.stop();
    throw new Error("DynamoDB Local does not answer");
  }

  /** Makes a table by `pk` and `sk`. It can be used at once. */
  async createTable(name: string): Promise<void> {
    const keys = { hash_key: "pk", range_key: "sk" };
    const attribute = ["pk", "sk"].map((key) => ({ name: key, type: "S" }) as const);
    await this.createSynthesizedTable({ name, billing_mode: "PAY_PER_REQUEST", attribute, ...keys });
  }

  /** Makes a table as Terraform would make it of these attributes. DynamoDB checks that they fit together. */
  async createSynthesizedTable(table: TableAttributes): Promise<void> {
    const client = new DynamoDBClient(this.config);
    await client.send(
      new CreateTableCommand({
        TableName: table.name,
        BillingMode: table.billing_mode,
        KeySchema: keySchema(table),
        AttributeDefinitions: table.attribute.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
        GlobalSecondaryIndexes: table.global_secondary_index?.map((index) => ({
          IndexName: index.name,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: index.projection_type, NonKeyAttributes: index.non_key_attributes },
        })),
      }),
    );
    client.destroy();
  }

  /** Every item of a table, with plain strings for DynamoDB's. */
  async items(table: string): Promise<Record<string, string | undefined>[]> {
    const client = new DynamoDBClient(this.config);
    const items: Record<string, string | undefined>[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
      items.push(...Items.map((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, value.S]))));
    }
    client.destroy();
    return items;
  }

  stop(): void {
    this.server.kill();
  }
}
