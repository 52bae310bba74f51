import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";

/** Issuer of the tokens that GitHub gives to the jobs of a workflow. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";
/** Audience that AWS's own action asks a token for. @see https://github.com/aws-actions/configure-aws-credentials#oidc */
export const GITHUB_AUDIENCE = "sts.amazonaws.com";

export interface GithubProviderProps {
  /** An account has one: it is made by one root, and the others read it. */
  readonly source: "create" | "read";
}

/** What makes AWS believe GitHub's tokens. By itself it lets nobody in: each role names the one job that may take it. */
export class GithubProvider extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { source }: GithubProviderProps) {
    super(scope, id);
    const url = `https://${GITHUB_ISSUER}`;
    // No thumbprint: AWS checks GitHub's certificate against its own authorities and does not look at one.
    this.arn =
      source === "create"
        ? new IamOpenidConnectProvider(this, "Default", { url, clientIdList: [GITHUB_AUDIENCE] }).arn
        : new DataAwsIamOpenidConnectProvider(this, "Default", { url }).arn;
  }
}
