import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Aws } from "../aws";

const ABSENT = "ResourceNotFoundException";

/** @returns ARN of a secret; undefined when it does not exist, or waits to be deleted. */
export function secretArn(aws: Aws, name: string): Promise<string | undefined> {
  return aws.once(`secret ${name}`, async () => {
    const describe = new DescribeSecretCommand({ SecretId: name });
    const answer = await aws.find((options) => aws.client(SecretsManagerClient).send(describe, options), ABSENT);
    return answer?.DeletedDate === undefined ? answer?.ARN : undefined;
  });
}

/** @returns a secret's text; undefined when it has none, or does not exist. */
export function secretText(aws: Aws, name: string): Promise<string | undefined> {
  return aws.once(`value of ${name}`, async () => {
    // One that waits to be deleted refuses to be read.
    if ((await secretArn(aws, name)) === undefined) return undefined;
    const get = new GetSecretValueCommand({ SecretId: name });
    return (await aws.find((options) => aws.client(SecretsManagerClient).send(get, options), ABSENT))?.SecretString;
  });
}

/** A secret's text as texts by key; undefined when it is no JSON object of texts and numbers, which are what ECS takes. */
export function secretFields(text: string): ReadonlyMap<string, string> | undefined {
  const parsed = parsedJson(text);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const fields = Object.entries(parsed).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)] as const);
  return new Map(fields);
}

/** What is no JSON is undefined. The parser's own error would quote the secret. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
