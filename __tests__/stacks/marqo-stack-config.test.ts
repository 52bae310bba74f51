import type { MarqoConfig } from "../../config/marqo-schema";
import { valuesWith } from "../config/marqo-values";
import { allAddresses } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import type { Synthesized } from "../support/synthesized";
import { DEV, type EnvironmentName, PROD, STAGING, synthesizeMarqo } from "./marqo-roots";

beforeAll(packHandlers);

/** One environment's values, with those taken out that name it: they would be the same in all roots, where names are not. */
function valuesOf(environment: EnvironmentName): MarqoConfig {
  return valuesWith({
    [`${environment}.state.key`]: "one/terraform.tfstate",
    [`${environment}.secrets`]: { stripeSecretKey: "one/stripe", apiKeyEncryptionKey: "one/encryption" },
  })[environment];
}

/** What Terraform reads of a root, with the environment's name taken out of its names. */
function nameless({ json }: Synthesized, environment: EnvironmentName): unknown {
  const names = [
    [`${environment}-`, "ENVIRONMENT-"],
    [`marqo-${environment}`, "marqo-ENVIRONMENT"],
    [`/marqo/${environment}/`, "/marqo/ENVIRONMENT/"],
    [`"Environment":"${environment}"`, '"Environment":"ENVIRONMENT"'],
    [`"stage_name":"${environment}"`, '"stage_name":"ENVIRONMENT"'],
    [`"Stage":"${environment}"`, '"Stage":"ENVIRONMENT"'],
    [String.raw`\"name\":\"ENVIRONMENT\",\"value\":\"${environment}\"`, String.raw`\"name\":\"ENVIRONMENT\",\"value\":\"ENVIRONMENT\"`],
  ] as const;
  const text = names.reduce((found, [before, after]) => found.replaceAll(before, after), JSON.stringify(json));
  return JSON.parse(text);
}

describe("Marqo's environments differ in their configuration only", () => {
  test.each(["dev", "staging", "prod"] as const)("made with %s's values, all roots are the same but for their names", (values) => {
    const config = valuesOf(values);
    const [one, ...others] = (["dev", "staging", "prod"] as const).map((name) => nameless(synthesizeMarqo(name, config), name));
    for (const other of others) expect(other).toEqual(one);
  });

  test("and the comparison sees what is not a name", () => {
    const config = valuesOf("dev");
    const changed = synthesizeMarqo("dev", { ...config, usersAccountsTablePrefix: "none" });
    expect(nameless(changed, "dev")).not.toEqual(nameless(synthesizeMarqo("staging", config), "staging"));
  });

  test("and that is in what is made: prod's NAT gateway in every zone, and the account's role for logs", () => {
    const only = (a: Synthesized, b: Synthesized) => allAddresses(a).filter((address) => !allAddresses(b).includes(address));
    expect(only(DEV(), STAGING())).toEqual([]);
    expect(only(STAGING(), DEV())).toEqual([]);
    expect(only(STAGING(), PROD())).toEqual([]);
    expect(only(PROD(), STAGING())).toEqual([
      "aws_api_gateway_account.api_account",
      "aws_eip.network_nat_b_address",
      "aws_iam_role.api_account_log_role",
      "aws_iam_role_policy.api_account_log_role_policy",
      "aws_nat_gateway.network_nat_b",
    ]);
  });
});
