import type { CustomMessageTriggerEvent } from "aws-lambda";
import { cognitoTrigger } from "../cognito/trigger";
import { requiredEnv } from "../required-env";
import { writeMessage } from "./custom-message";
import { checkMessageSettings } from "./message-settings";

/** Custom message. Settings: PRODUCT_NAME, CONSOLE_URL. */
export const handler = cognitoTrigger<CustomMessageTriggerEvent>("custom-message", () => {
  const settings = checkMessageSettings(requiredEnv("PRODUCT_NAME"), requiredEnv("CONSOLE_URL"));
  return (event) => writeMessage(event, settings);
});
