import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Statement } from "../security/policy-document";
import { Role } from "../security/role";

export interface ApiAccountProps {
  /** An account has one role for the logs of all its APIs in a region: one root makes it, the others have it there already. */
  readonly source: "create" | "exists";
}

/**
 * The role with which API Gateway writes logs, for every API of the account in the region. Without it no stage can have logs, and
 * making one fails. When the root that made it is destroyed, the other roots' APIs stop logging.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class ApiAccount extends Construct {
  /** What a stage with logs waits for. None when the role is there already. */
  readonly made: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { source }: ApiAccountProps) {
    super(scope, id);
    this.made = source === "create" ? [this.create()] : [];
  }

  private create(): ITerraformDependable {
    const role = new Role(this, "LogRole", { service: "apigateway.amazonaws.com" });
    role.allow(WRITE_LOGS);
    return new ApiGatewayAccount(this, "Default", { cloudwatchRoleArn: role.arn, dependsOn: [...role.policies] });
  }
}

/** What API Gateway asks of the role before it takes it: what AWS's own AmazonAPIGatewayPushToCloudWatchLogs allows. */
const WRITE_LOGS: Statement = {
  sid: "WriteLogs",
  actions: [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:PutLogEvents",
  ],
  resources: ["*"],
  wildcardBecause: "API Gateway has one role for the logs of every API in the account",
};
