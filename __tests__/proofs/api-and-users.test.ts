import { ApiAccount } from "../../constructs/api/api-account";
import { Certificate } from "../../constructs/edge/certificate";
import { PublicName } from "../../constructs/edge/public-name";
import { Route53Zone } from "../../constructs/edge/route53-zone";
import { UserPool, type UserPoolProps } from "../../constructs/security/user-pool";
import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { addApi } from "../constructs/api/api-parts";
import { addTopic, UNPROTECTED } from "../constructs/parts";
import { synthesizeTestStack } from "../support/synthesized";
import { RehearsedRoot } from "./support/rehearsed-root";

// The real Terraform applies whole roots here, on machines of any speed.
jest.setTimeout(120_000);

/** An API with everything that it can have, for the users of a pool. */
function everything(source: UserPoolProps["source"]): TerraformJson {
  const { json } = synthesizeTestStack((stack) => {
    const alarms = addTopic(stack);
    const zone = new Route53Zone(stack, "Zone", { domain: "example.com" });
    const host = "shop.example.com";
    const callbackUrls = [`https://${host}/signed-in`];
    const users = new UserPool(stack, "Users", {
      why: "knows who signs in",
      source,
      client: { name: "console", tokenMinutes: 60, refreshDays: 30, signInPage: { callbackUrls, logoutUrls: [] } },
    });
    const { domain } = addApi(stack, {
      users,
      alarms,
      account: new ApiAccount(stack, "Account", { source: "create" }),
      domain: { host, certificate: new Certificate(stack, "Certificate", { domain: host, proof: zone }) },
      executionLogs: "errors",
      tracing: true,
      waf: { managedRules: { requestsPerFiveMinutes: 2000, name: "test-WebACL", logs: { retentionDays: 30 } } },
    });
    if (domain === undefined) throw new Error("the API has no domain");
    new PublicName(stack, "Name", { zone, names: host, target: domain, why: "the shop's address" });
  });
  return JSON.parse(JSON.stringify(json)) as TerraformJson;
}

const SOURCES: Readonly<Record<string, UserPoolProps["source"]>> = {
  "a pool of its own": {
    create: {
      name: "test-ShopUserPool",
      signUp: "open",
      mfa: "optional",
      domainPrefix: "shop-test",
      mail: { from: "hello@example.com", identityArn: "arn:aws:ses:eu-west-1:111111111111:identity/example.com" },
      protection: UNPROTECTED,
    },
  },
  "a pool that is there already": { existingId: "eu-west-1_a1B2c3D4e" },
};

test.each(Object.entries(SOURCES))("an API with everything that it can have, and %s, is applied and then rests", async (_what, source) => {
  const config = everything(source);
  const root = await RehearsedRoot.start([config]);
  try {
    await root.apply({ config });
    const plan = await root.plan({ config });
    expect(plan.changed).toEqual([]);
    expect(plan.addresses("aws_api_gateway_stage.*")).toEqual(["aws_api_gateway_stage.api_stage"]);
  } finally {
    await root.close();
  }
});
