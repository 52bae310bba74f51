import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { DynamoAccountStore } from "../accounts/dynamo-account-store";
import { dynamoClient } from "../accounts/dynamo-client";
import { parseEmailRules } from "../cognito/email-rule-settings";
import { cognitoTrigger } from "../cognito/trigger";
import { requiredEnv } from "../required-env";
import { claimsFor } from "./pre-token-generation";

/**
 * Pre token generation, event version 2. Settings: USERS_ACCOUNTS_TABLE_NAME, and ALLOWED_EMAIL_DOMAINS and PLUS_ADDRESSES as pre
 * sign-up has them. Needs dynamodb:GetItem on the table.
 */
export const handler = cognitoTrigger<PreTokenGenerationV2TriggerEvent>("pre-token-generation", () => {
  const store = new DynamoAccountStore(dynamoClient(), requiredEnv("USERS_ACCOUNTS_TABLE_NAME"), () => new Date());
  const rules = parseEmailRules(requiredEnv("ALLOWED_EMAIL_DOMAINS"), requiredEnv("PLUS_ADDRESSES"));
  return (event, signal) => claimsFor(event, { store, rules }, signal);
});
