import type { PreSignUpTriggerEvent } from "aws-lambda";
import { parseEmailRules } from "../cognito/email-rule-settings";
import { cognitoTrigger } from "../cognito/trigger";
import { requiredEnv } from "../required-env";
import { decideSignUp } from "./pre-sign-up";

/** Pre sign-up. Settings: ALLOWED_EMAIL_DOMAINS (`any`, or domains with commas between them), PLUS_ADDRESSES (`allowed` or `refused`). */
export const handler = cognitoTrigger<PreSignUpTriggerEvent>("pre-sign-up", () => {
  const rules = parseEmailRules(requiredEnv("ALLOWED_EMAIL_DOMAINS"), requiredEnv("PLUS_ADDRESSES"));
  return (event) => decideSignUp(event, rules);
});
