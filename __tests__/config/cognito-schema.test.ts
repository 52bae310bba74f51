import { isUserPoolOf, userPoolId } from "../../config/cognito-schema";
import { schemaFaults } from "../../config/config-error";

test.each(["us-east-1_a1B2c3D4e", "ap-southeast-2_X", "us-gov-west-1_abc"])("%s is the id of a user pool", (id) => {
  expect(userPoolId.safeParse(id).success).toBe(true);
});

test.each([
  "",
  "a1B2c3D4e",
  "us-east-1",
  "us-east-1_",
  "us-east-1_a-b",
  "us-east-1_a1B2\n",
  "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_a1B2c3D4e",
])("%j is none, and the fault says what one is like", (id) => {
  expect(schemaFaults(["marqo", "dev", "userPool"], userPoolId, id)).toEqual([
    `marqo.dev.userPool: must be the id of a user pool, such as us-east-1_a1B2c3D4e, got ${JSON.stringify(id)}`,
  ]);
});

test("a user pool is of the region in its id", () => {
  expect(isUserPoolOf("us-east-1", "us-east-1_a1B2c3D4e")).toBe(true);
  expect(isUserPoolOf("us-east-1", "us-east-2_a1B2c3D4e")).toBe(false);
});

test("what is no id at all is of any region, so that it has one fault and not two", () => {
  expect(isUserPoolOf("us-east-1", "nonsense")).toBe(true);
});
