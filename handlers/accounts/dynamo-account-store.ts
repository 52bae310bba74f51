import { setTimeout as sleep } from "node:timers/promises";
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { Fault } from "../fault";
import { type AccountStore, type Membership, ROLES } from "./account-store";

/** Reasons of a cancelled transaction that another try may not meet: somebody else was at the item, or there was too much to do. */
const PASSING_REASONS: ReadonlySet<string> = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

/** Milliseconds before a transaction is tried again, drawn anew each time, so that those that met do not meet again. */
const PAUSE_MS = { least: 20, most: 120 } as const;

/**
 * Users and accounts in one DynamoDB table: `pk` is the id of a user or an account, `sk` says which of them the item is. No
 * item holds personal data; that is in the user pool alone.
 */
export class DynamoAccountStore implements AccountStore {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly now: () => Date,
  ) {}

  async createOwner(sub: string, accountId: string, signal: AbortSignal): Promise<boolean> {
    const createdAt = { S: this.now().toISOString() };
    const user = { pk: { S: sub }, sk: { S: "user" }, accountId: { S: accountId }, role: { S: "owner" }, createdAt };
    const account = { pk: { S: accountId }, sk: { S: "account" }, ownerId: { S: sub }, createdAt };
    const command = new TransactWriteItemsCommand({ TransactItems: [this.putNew(user), this.putNew(account)] });
    for (;;) {
      try {
        await this.client.send(command, { abortSignal: signal });
        return true;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const reasons = (error.CancellationReasons ?? []).map(({ Code = "None" }) => Code);
        if (reasons[0] === "ConditionalCheckFailed") return false;
        if (!reasons.some((reason) => PASSING_REASONS.has(reason)))
          throw new Fault(`the transaction was cancelled because of ${reasons.join(", ") || "nothing that is named"}`);
      }
      await sleep(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least), undefined, { signal });
    }
  }

  async findMembership(sub: string, signal: AbortSignal): Promise<Membership | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({
        TableName: this.table,
        Key: { pk: { S: sub }, sk: { S: "user" } },
        // A user signs in within moments of being made.
        ConsistentRead: true,
        ProjectionExpression: "accountId, #role",
        ExpressionAttributeNames: { "#role": "role" },
      }),
      { abortSignal: signal },
    );
    return Item === undefined ? undefined : membership(Item);
  }

  private putNew(item: Record<string, AttributeValue>) {
    return { Put: { TableName: this.table, Item: item, ConditionExpression: "attribute_not_exists(pk)" } };
  }
}

/** @throws {Fault} for an item without an account or with a role that nobody has: a token must not guess them. */
function membership({ accountId, role }: Record<string, AttributeValue>): Membership {
  const known = ROLES.find((candidate) => candidate === role?.S);
  if (accountId?.S === undefined || accountId.S === "" || known === undefined)
    throw new Fault("the user's item has no account, or a role that there is none of");
  return { accountId: accountId.S, role: known };
}
