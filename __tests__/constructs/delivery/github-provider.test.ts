import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { GithubProvider } from "../../../constructs/delivery/github-provider";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { resolved } from "../readings";

describe("GithubProvider", () => {
  test("believes GitHub's tokens for STS, by AWS's own certificate authorities", () => {
    const synthesized = synthesizeTestStack((stack) => void new GithubProvider(stack, "GithubProvider", { source: "create" }));
    expect(synthesized.only(IamOpenidConnectProvider)).toEqual({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
    expect(synthesized.addresses(IamOpenidConnectProvider)).toEqual(["aws_iam_openid_connect_provider.github_provider"]);
  });

  test("is only read where another root of the account makes it", () => {
    const synthesized = synthesizeTestStack((stack) => void new GithubProvider(stack, "GithubProvider", { source: "read" }));
    expect(synthesized.all(IamOpenidConnectProvider)).toEqual([]);
    expect(synthesized.json["data"]).toEqual({
      aws_iam_openid_connect_provider: { github_provider: { url: "https://token.actions.githubusercontent.com" } },
    });
  });

  test.each([
    ["create", "${aws_iam_openid_connect_provider.github_provider.arn}"],
    ["read", "${data.aws_iam_openid_connect_provider.github_provider.arn}"],
  ] as const)("gives its ARN after %s", (source, arn) => {
    const stack = new TestStack(scratchApp());
    expect(resolved(stack, new GithubProvider(stack, "GithubProvider", { source }).arn)).toBe(arn);
  });
});
