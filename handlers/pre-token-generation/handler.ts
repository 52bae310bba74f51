import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { DynamoAccountStore } from "../accounts/dynamo-account-store";
import { dynamoClient } from "../accounts/dynamo-client";
import { cognitoTrigger } from "../cognito/trigger";
import { requiredEnv } from "../required-env";
import { claimsFor } from "./pre-token-generation";

/** Pre token generation, event version 2. Setting: USERS_ACCOUNTS_TABLE_NAME. Needs dynamodb:GetItem on the table. */
export const handler = cognitoTrigger<PreTokenGenerationV2TriggerEvent>("pre-token-generation", () => {
  const store = new DynamoAccountStore(dynamoClient(), requiredEnv("USERS_ACCOUNTS_TABLE_NAME"), () => new Date());
  return (event, signal) => claimsFor(event, store, signal);
});
