import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { OriginSecret, type OriginSecretProps } from "../../../constructs/edge/origin-secret";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { exception, facts, resolved } from "../readings";

function add(stack: TestStack, props: Partial<OriginSecretProps> = {}): OriginSecret {
  return new OriginSecret(stack, "Origin", { name: "test/shop/origin", sends: "blue", protection: "protected", ...props });
}

const BLUE = "${data.aws_secretsmanager_secret_version.origin_blue_current.secret_string}";
const GREEN = "${data.aws_secretsmanager_secret_version.origin_green_current.secret_string}";

describe("OriginSecret", () => {
  const synthesized = synthesizeTestStack((stack) => void add(stack));

  test.each([
    ["blue", BLUE],
    ["green", GREEN],
  ] as const)("sends %s when told so, and accepts both in any case", (sends, sent) => {
    const stack = new TestStack(scratchApp());
    const secret = add(stack, { sends });
    expect(resolved(stack, { sent: secret.sent, accepted: secret.accepted })).toEqual({ sent, accepted: [BLUE, GREEN] });
  });

  test("makes the first values, so that a first deployment needs nobody, and keeps none of what it writes", () => {
    expect(synthesized.byName(SecretsmanagerSecretVersion)).toEqual({
      origin_blue_first: {
        secret_id: "${aws_secretsmanager_secret.origin_blue.arn}",
        secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.origin_blue_made.random_password}",
        secret_string_wo_version: 1,
      },
      origin_green_first: {
        secret_id: "${aws_secretsmanager_secret.origin_green.arn}",
        secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.origin_green_made.random_password}",
        secret_string_wo_version: 1,
      },
    });
  });

  test("reads what the secrets hold now, after the first values are there", () => {
    expect(synthesized.json["data"]).toMatchObject({
      aws_secretsmanager_secret_version: {
        origin_blue_current: { secret_id: "${aws_secretsmanager_secret_version.origin_blue_first.secret_id}" },
        origin_green_current: { secret_id: "${aws_secretsmanager_secret_version.origin_green_first.secret_id}" },
      },
    });
  });

  test("keeps its addresses, and says that its values are in the state", () => {
    expect(synthesized.addresses(SecretsmanagerSecret)).toEqual([
      "aws_secretsmanager_secret.origin_blue",
      "aws_secretsmanager_secret.origin_green",
    ]);
    expect(facts(synthesized, "secret").map(({ name }) => name)).toEqual(["test/shop/origin/blue", "test/shop/origin/green"]);
    expect(facts(synthesized, "exception")).toEqual([
      exception(
        "Origin values",
        "the values of test/shop/origin/blue and test/shop/origin/green are in Terraform's state",
        "neither a header of CloudFront nor a rule of the balancer takes a write-only value",
      ),
    ]);
  });

  test.each(["", "X Secret", "X-Secret:", "h".repeat(41)])('refuses "%s" as a header', (header) => {
    expect(() => synthesizeTestStack((stack) => void add(stack, { header }))).toThrow(
      `shop-test/Origin: header must be 1 to 40 letters, digits and hyphens, got "${header}"`,
    );
  });
});
