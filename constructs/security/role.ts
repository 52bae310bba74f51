import { isDeepStrictEqual } from "node:util";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { tagValue } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { policyDocument, type Statement, wildcards } from "./policy-document";

/** Something that can be given permissions. */
export interface Grantee {
  readonly role: Role;
}

export interface RoleProps {
  /** Service that assumes the role. */
  readonly service: `${string}.amazonaws.com`;
}

/**
 * An IAM role with no permissions until something grants it one. Only the named service assumes it, and only for this
 * account where the service says on whose behalf it acts.
 */
export class Role extends Construct {
  readonly arn: string;
  readonly name: string;
  private readonly resource: IamRole;
  private readonly statements = new Map<string, Statement>();
  private readonly reasons = new Set<string>();
  private policy: IamRolePolicy | undefined;

  constructor(scope: Construct, id: string, { service }: RoleProps) {
    super(scope, id);
    const { accountId } = SystemStack.of(this);
    this.name = physicalName(this, NAME_LIMIT.role);
    this.resource = new IamRole(this, "Default", {
      name: this.name,
      assumeRolePolicy: policyDocument([
        {
          sid: "Assume",
          actions: ["sts:AssumeRole"],
          principal: { Service: service },
          // EC2 and others do not send the account; for those that do, this keeps other accounts' resources out.
          condition: SENDS_ACCOUNT.has(service) ? { StringEquals: { "aws:SourceAccount": accountId } } : undefined,
        },
      ]),
    });
    this.arn = this.resource.arn;
  }

  /**
   * Adds one statement. Called by a resource's `grantX`, not by a stack. A sid that is there already gets the new resources.
   *
   * @throws {PropsError} for a wildcard without `wildcardBecause`, and for a known sid with other actions or conditions.
   */
  allow(statement: Statement): void {
    const { sid, wildcardBecause, resources = [] } = statement;
    const found = wildcards(statement);
    if (found.length > 0 && wildcardBecause === undefined) {
      throw new PropsError(this, `statement ${sid}`, "must give wildcardBecause for a wildcard", found);
    }
    const known = this.statements.get(sid);
    if (known !== undefined && !isDeepStrictEqual({ ...known, resources: [] }, { ...statement, resources: [] })) {
      throw new PropsError(this, "sid", "must not be given to statements that differ in more than their resources", sid);
    }
    if (this.statements.size === 0) this.attachPolicy();
    this.statements.set(sid, { ...statement, resources: [...new Set([...(known?.resources ?? []), ...resources])] });
    const before = known === undefined ? [] : wildcards(known);
    const news = found.filter((wildcard) => !before.includes(wildcard));
    if (wildcardBecause !== undefined) for (const wildcard of news) this.stateException(sid, wildcard, wildcardBecause);
  }

  /** What must be there before the role can do what it was granted. */
  get policies(): readonly ITerraformDependable[] {
    return this.policy === undefined ? [] : [this.policy];
  }

  /** Adds a policy that AWS keeps, for example `AmazonSSMManagedInstanceCore`. */
  attachManaged(policy: string): void {
    new IamRolePolicyAttachment(this, policy, { role: this.resource.name, policyArn: `arn:aws:iam::aws:policy/${policy}` });
  }

  private attachPolicy(): void {
    this.policy = new IamRolePolicy(this, "Policy", {
      role: this.resource.name,
      name: "grants",
      policy: Lazy.stringValue({ produce: () => policyDocument([...this.statements.values()]) }),
    });
  }

  private stateException(sid: string, wildcard: string, because: string): void {
    this.reasons.add(`${sid}: ${because}`);
    this.resource.tags = { WildcardBecause: tagValue([...this.reasons].join(" / ")) };
    SystemStack.of(this).inventory.add({
      kind: "exception",
      id: `${this.name} ${sid} ${wildcard}`,
      what: `${wildcard} for role ${this.name}`,
      because,
    });
  }
}

/** Services that put the caller's account into the request. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
const SENDS_ACCOUNT: ReadonlySet<string> = new Set(["ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com", "dlm.amazonaws.com"]);
