import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import type { Changes } from "../config/with-changes";
import { synthesizeWith } from "../stacks/marqo-roots";
import { packHandlers } from "../support/packed-handlers";
import { RehearsedRoot } from "./support/rehearsed-root";

// The real Terraform applies whole roots here, on machines of any speed.
jest.setTimeout(240_000);

beforeAll(packHandlers);

/** What an operator gives. */
const VARIABLES = { TF_VAR_alert_email: "operators@example.com" };

/** Ways to configure Marqo that no environment takes. */
const VARIANTS: Readonly<Record<string, Changes>> = {
  "a user pool that is there already": { "users.pool": { importedId: "us-east-1_a1B2c3D4e" } },
  "Cognito's own sign-in page": { "users.pool.domainPrefix": "example-console" },
  "no name of its own and no authorizer": { "api.domain": undefined, "api.authorizer": "none" },
  "another bucket, and the role for logs": { "api.siteBucket": "example-marqo-console", "api.logsRole": "create" },
};

test.each(Object.entries(VARIANTS))("Marqo with %s is applied, rests and goes again", async (_what, changes) => {
  const config = JSON.parse(JSON.stringify(synthesizeWith("staging", changes).json)) as TerraformJson;
  const root = await RehearsedRoot.start([config], VARIABLES);
  try {
    await root.apply({ config });
    expect((await root.plan({ config })).changed).toEqual([]);
    expect(await root.must("destroy", "-no-color", "-auto-approve")).toMatch(/Destroy complete! Resources: [1-9]\d+ destroyed/);
  } finally {
    await root.close();
  }
});
