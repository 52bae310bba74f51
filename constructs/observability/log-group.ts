import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { SystemStack } from "../base/system-stack";
import type { Grantee } from "../security/role";

export interface LogGroupProps {
  /** Name in CloudWatch Logs. Another name replaces the group, and its records are lost. */
  readonly name: string;
  /** Days that records are kept, as CloudWatch Logs takes them. */
  readonly retentionDays: number;
}

/** A log group with an end to its retention, encrypted by CloudWatch Logs. */
export class LogGroup extends Construct {
  readonly name: string;
  readonly arn: string;
  /** The name as a reference: what uses it waits for the group. */
  readonly nameOnceMade: string;
  /** For those who name the group without a reference and must wait for it. */
  readonly made: ITerraformDependable;

  constructor(scope: Construct, id: string, { name, retentionDays }: LogGroupProps) {
    super(scope, id);
    this.name = name;
    const group = new CloudwatchLogGroup(this, "Default", { name, retentionInDays: retentionDays });
    this.arn = group.arn;
    this.nameOnceMade = group.name;
    this.made = group;
    SystemStack.of(this).inventory.add({ kind: "logGroup", id: name, name, retentionDays });
  }

  /** Lets `grantee` make streams here and write to them. */
  grantWrite(grantee: Grantee): void {
    grantee.role.allow({ sid: "WriteLogs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${this.arn}:*`] });
  }
}
