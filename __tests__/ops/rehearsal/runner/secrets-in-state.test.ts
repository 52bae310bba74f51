import { secretsInState } from "../../../../ops/rehearsal/runner/secrets-in-state";

const SECRET = 'p"q\\r<s>&t';

/** A state whose one resource has the given attributes. */
function stateWith(attributes: object, write: (state: object) => string = JSON.stringify): string {
  return write({ version: 4, resources: [{ type: "aws_ssm_parameter", instances: [{ attributes }] }] });
}

/** As Terraform writes JSON: safe inside HTML. */
const asTerraform = (value: object): string =>
  JSON.stringify(value).replace(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`);

describe("a secret in a state", () => {
  test.each([
    ["in an attribute", { value: SECRET }],
    ["inside a text", { user_data: `#!/bin/sh\nexport PASSWORD='${SECRET}'\n` }],
    ["in a list of blocks", { environment: [{ name: "PASSWORD", value: SECRET }] }],
    ["as a key", { tags: { [SECRET]: "password" } }],
    ["in JSON that a text holds", { container_definitions: JSON.stringify([{ environment: [{ value: SECRET }] }]) }],
    ["in JSON that Terraform made", { policy: asTerraform({ Statement: [{ Condition: { password: SECRET } }] }) }],
  ])("is found %s", (_where, attributes) => {
    for (const write of [JSON.stringify, asTerraform])
      expect(secretsInState(stateWith(attributes, write), ["another", SECRET])).toEqual([SECRET]);
  });

  test("is not found where there is none, whatever looks like JSON", () => {
    expect(secretsInState(stateWith({ value: "{not json", other: "[", count: 1, empty: null }), [SECRET])).toEqual([]);
  });
});
