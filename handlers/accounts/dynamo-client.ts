import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

/**
 * How long the SDK may take, for triggers that have three seconds: two tries of a second each, from the first packet to the
 * answer, and at most half a second between them after a throttle, make two and a half. DynamoDB answers within tens of
 * milliseconds; the SDK's own limits would let one call outlast Cognito.
 */
const TRIGGER_LIMITS: DynamoDBClientConfig = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
};

/**
 * A client that fails in time.
 *
 * @param place where DynamoDB is, and who asks. @default - the function's own region and role, out of its environment
 */
export function dynamoClient(place: Pick<DynamoDBClientConfig, "endpoint" | "region" | "credentials"> = {}): DynamoDBClient {
  return new DynamoDBClient({ ...TRIGGER_LIMITS, ...place });
}
