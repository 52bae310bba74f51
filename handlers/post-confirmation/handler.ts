import { randomUUID } from "node:crypto";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { DynamoAccountStore } from "../accounts/dynamo-account-store";
import { dynamoClient } from "../accounts/dynamo-client";
import { cognitoTrigger } from "../cognito/trigger";
import { requiredEnv } from "../required-env";
import { confirmUser } from "./post-confirmation";

/** Post confirmation. Setting: USERS_ACCOUNTS_TABLE_NAME. Needs dynamodb:PutItem on the table. */
export const handler = cognitoTrigger<PostConfirmationTriggerEvent>("post-confirmation", () => {
  const store = new DynamoAccountStore(dynamoClient(), requiredEnv("USERS_ACCOUNTS_TABLE_NAME"), () => new Date());
  return (event, signal) => confirmUser(event, { store, newAccountId: randomUUID }, signal);
});
