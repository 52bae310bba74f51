import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { DefaultTokenResolver, Fn, Lazy, StringConcat, TerraformVariable, Token, Tokenization } from "cdktf";
import { mergeInto } from "../../../constructs/base/merge-into";
import { resolveTokens } from "../../../constructs/base/resolve-tokens";
import { scratchApp, TestStack } from "../../support/synthesized";

const stack = new TestStack(scratchApp());
const topic = new SnsTopic(stack, "Topic", { name: "shop" });
const list = new TerraformVariable(stack, "List", { type: "list(string)" });

/** As CDKTF resolves it, part by part. */
function asCdktf(value: unknown): unknown {
  return Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: true });
}

describe("resolveTokens", () => {
  test.each([
    ["plain values", { text: "a", number: 1, yes: true, nothing: null, list: [1, "b", null], deep: { deeper: {} } }],
    ["what is undefined, in an object and in a list", { left: undefined, list: [1, undefined, 2], deep: { left: undefined } }],
    ["a reference", { arn: topic.arn }],
    ["references inside a text", `arns: ${topic.arn}, ${topic.name}`],
    ["a list that Terraform knows", { each: list.listValue }],
    ["a list with a reference among texts", [topic.arn, "plain"]],
    ["a number that Terraform knows", { count: Token.asNumber(Fn.lengthOf(list.listValue)) }],
    ["a key that Terraform knows", { [topic.name]: "value" }],
    ["a map that Terraform knows", { tags: Token.asStringMap(Fn.merge([{ a: "b" }])) }],
    ["a value that is made late", { late: Lazy.anyValue({ produce: () => ({ name: topic.name, left: undefined }) }) }],
    ["an expression", { text: Fn.jsonencode({ arn: topic.arn }) }],
    ["text that only looks like Terraform's", { text: "${aws_sns_topic.other.arn}", deep: ["$${escaped}"] }],
  ])("writes %s as CDKTF does", (_what, value) => {
    expect(resolveTokens(value, stack)).toEqual(asCdktf(value));
  });

  test("leaves nothing of a token, and nothing undefined", () => {
    const resolved = resolveTokens({ arn: topic.arn, left: undefined }, stack);
    expect(resolved).toEqual({ arn: "${aws_sns_topic.topic.arn}" });
    expect(Object.keys(resolved as object)).toEqual(["arn"]);
  });

  test.each([
    ["a function", { value: () => "late" }],
    ["a construct", { value: topic }],
  ])("refuses %s, as CDKTF does", (_what, value) => {
    expect(() => asCdktf(value)).toThrow();
    expect(() => resolveTokens(value, stack)).toThrow();
  });
});

describe("mergeInto", () => {
  test("merges objects by key, puts lists one after the other, and lets the later one win otherwise", () => {
    const target = { provider: { aws: [{ region: "a" }] }, terraform: { backend: { s3: {} } }, kept: 1, over: { old: true } };
    mergeInto(target, { provider: { aws: [{ region: "b" }] }, terraform: { required_version: "1" }, over: "text" });
    expect(target).toEqual({
      provider: { aws: [{ region: "a" }, { region: "b" }] },
      terraform: { backend: { s3: {} }, required_version: "1" },
      kept: 1,
      over: "text",
    });
  });
});
