import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { LogGroup } from "../observability/log-group";

export interface WebAclLogsProps {
  /** Name of the web ACL. */
  readonly name: string;
  readonly webAclArn: string;
  readonly retentionDays: number;
}

/** Headers that hold tokens. */
const SECRET_HEADERS = ["authorization", "cookie"] as const;

/**
 * Records of what a web ACL refuses or counts, without what may hold a token: two headers and the query. What it lets through is in
 * the access logs. WAF sends records only to groups whose names start as this one's does.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export class WebAclLogs extends Construct {
  constructor(scope: Construct, id: string, { name, webAclArn, retentionDays }: WebAclLogsProps) {
    super(scope, id);
    const logs = new LogGroup(this, "Default", { name: `aws-waf-logs-${name}`, retentionDays });
    new Wafv2WebAclLoggingConfiguration(this, "Configuration", {
      resourceArn: webAclArn,
      logDestinationConfigs: [logs.arn],
      redactedFields: [...SECRET_HEADERS.map((header) => ({ singleHeader: { name: header } })), { queryString: {} }],
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
    });
  }
}
