import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { SystemStack } from "../base/system-stack";
import { LogGroup } from "../observability/log-group";
import { Role } from "../security/role";

export interface FlowLogsProps {
  readonly vpcId: string;
  /** Days that records are kept, as CloudWatch Logs takes them. */
  readonly retentionDays: number;
}

/** Records of every connection in a VPC, accepted and rejected, in CloudWatch Logs. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { vpcId, retentionDays }: FlowLogsProps) {
    super(scope, id);
    const { namePrefix } = SystemStack.of(this);
    const logs = new LogGroup(this, "LogGroup", { name: `/${namePrefix}/vpc/flow-logs`, retentionDays });
    const role = new Role(this, "Role", { service: "vpc-flow-logs.amazonaws.com" });
    logs.grantWrite({ role });
    // The service looks for its stream before it writes.
    role.allow({ sid: "FindStreams", actions: ["logs:DescribeLogStreams"], resources: [`${logs.arn}:*`] });
    new FlowLog(this, "Default", {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      // The finest interval there is: an incident is read by the minute.
      maxAggregationInterval: 60,
      tags: { Name: `${namePrefix}-flow-logs` },
    });
  }
}
