import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { Role } from "../security/role";

/** The role with which ECS itself starts tasks: it pulls their images, reads their secrets and writes their logs. */
export class TaskExecutionRole extends Role {
  /** Whether it reads secrets by their path; services then grant it none of their own. */
  readsSecretsByPath = false;

  constructor(scope: Construct, id: string) {
    super(scope, id, { service: "ecs-tasks.amazonaws.com" });
  }

  /**
   * Lets ECS read every secret whose name starts with `prefix`: one statement where a statement for each secret would
   * outgrow the policy.
   *
   * @throws {PropsError} for a prefix that does not end in a slash, and so would reach beside its own folder.
   */
  readSecretsBelow(prefix: string, because: string): void {
    if (!/^[^*?]+\/$/.test(prefix)) throw new PropsError(this, "prefix", "must be a path that ends in a slash", prefix);
    const { region, accountId } = SystemStack.of(this);
    this.readsSecretsByPath = true;
    this.allow({
      sid: "ReadSecrets",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [`arn:aws:secretsmanager:${region}:${accountId}:secret:${prefix}*`],
      wildcardBecause: because,
    });
  }
}
