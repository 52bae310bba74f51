import { isDeepStrictEqual } from "node:util";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, Lazy, Token } from "cdktf";
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

/** A service of AWS, as trust policies name it. */
export type ServicePrincipal = `${string}.amazonaws.com`;

/** One identity of an OpenID Connect provider: the claims that its tokens must have, letter by letter. */
export interface OidcIdentity {
  readonly providerArn: string;
  /** Host of the provider, without `https://`, for example `token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** Claim `aud`. */
  readonly audience: string;
  /** Claim `sub`, whole. A pattern would let in whoever can make a name that fits it. */
  readonly subject: string;
}

/** Who takes the role: a service of AWS, or somebody outside it. */
export type RoleProps = { readonly service: ServicePrincipal } | { readonly oidc: OidcIdentity };

/**
 * An IAM role with no permissions until something grants it one. Only the named service assumes it, and only for this
 * account where the service says on whose behalf it acts; or only the one identity outside that is named.
 *
 * A role that is taken from outside lasts an hour, gets no policy of AWS's but those that read, and no whole service.
 */
export class Role extends Construct {
  readonly arn: string;
  readonly name: string;
  private readonly resource: IamRole;
  private readonly statements = new Map<string, Statement>();
  private readonly reasons = new Set<string>();
  /** True when somebody outside AWS takes the role. */
  private readonly takenFromOutside: boolean;
  private policy: IamRolePolicy | undefined;

  /** @throws {PropsError} for an identity outside with a pattern in a claim. */
  constructor(scope: Construct, id: string, trust: RoleProps) {
    super(scope, id);
    this.name = physicalName(this, NAME_LIMIT.role);
    this.takenFromOutside = "oidc" in trust;
    this.resource = new IamRole(this, "Default", {
      name: this.name,
      assumeRolePolicy: policyDocument(["oidc" in trust ? this.oidcTrust(trust.oidc) : this.serviceTrust(trust.service)]),
      maxSessionDuration: this.takenFromOutside ? OUTSIDE_SESSION_SECONDS : undefined,
    });
    this.arn = this.resource.arn;
  }

  /**
   * Adds one statement. Called by a resource's `grantX`, not by a stack. A sid that is there already gets the new resources.
   *
   * @throws {PropsError} for a wildcard without `wildcardBecause`, for a known sid with other actions or conditions, for an
   * allowance of everything but something, and for a whole service when the role is taken from outside.
   */
  allow(statement: Statement): void {
    const { sid, effect = "Allow", actions, wildcardBecause, resources = [], notResources } = statement;
    if (effect === "Allow" && notResources !== undefined) {
      throw new PropsError(this, `statement ${sid}`, "must not have notResources unless it denies", notResources);
    }
    const whole = this.takenFromOutside && effect === "Allow" ? actions.filter((action) => /^\*|:\*/.test(action)) : [];
    if (whole.length > 0) {
      throw new PropsError(this, `statement ${sid}`, "must name single actions, since the role is taken from outside AWS", whole);
    }
    const found = [...new Set(wildcards(statement))];
    if (found.length > 0 && wildcardBecause === undefined) {
      throw new PropsError(this, `statement ${sid}`, "must give wildcardBecause for a wildcard", found);
    }
    const known = this.statements.get(sid);
    if (known !== undefined && !isDeepStrictEqual({ ...known, resources: [] }, { ...statement, resources: [] })) {
      throw new PropsError(this, "sid", "must not be given to statements that differ in more than their resources", sid);
    }
    if (this.statements.size === 0) this.attachPolicy();
    const all = [...new Set([...(known?.resources ?? []), ...resources])];
    this.statements.set(sid, { ...statement, resources: notResources === undefined ? all : undefined });
    const before = known === undefined ? [] : wildcards(known);
    const news = found.filter((wildcard) => !before.includes(wildcard));
    if (wildcardBecause !== undefined) for (const wildcard of news) this.stateException(sid, wildcard, wildcardBecause);
  }

  /** What must be there before the role can do what it was granted. */
  get policies(): readonly ITerraformDependable[] {
    return this.policy === undefined ? [] : [this.policy];
  }

  /**
   * Adds a policy that AWS keeps, for example `AmazonSSMManagedInstanceCore`.
   *
   * @throws {PropsError} for one that does more than read, when the role is taken from outside.
   */
  attachManaged(policy: string): void {
    if (this.takenFromOutside && !READING_POLICIES.has(policy)) {
      const allowed = [...READING_POLICIES].join(", ");
      throw new PropsError(this, "managed policy", `must be one of ${allowed}, since the role is taken from outside AWS`, policy);
    }
    new IamRolePolicyAttachment(this, policy, { role: this.resource.name, policyArn: `arn:aws:iam::aws:policy/${policy}` });
  }

  private serviceTrust(service: ServicePrincipal): Statement {
    const { accountId } = SystemStack.of(this);
    return {
      sid: "Assume",
      actions: ["sts:AssumeRole"],
      principal: { Service: service },
      // EC2 and others do not send the account; for those that do, this keeps other accounts' resources out.
      condition: SENDS_ACCOUNT.has(service) ? { StringEquals: { "aws:SourceAccount": accountId } } : undefined,
    };
  }

  private oidcTrust({ providerArn, issuer, audience, subject }: OidcIdentity): Statement {
    for (const [claim, value] of Object.entries({ audience, subject })) {
      if (!Token.isUnresolved(value) && !/^[^*?]+$/.test(value)) {
        throw new PropsError(this, `oidc.${claim}`, "must be one whole claim without * or ?", value);
      }
    }
    return {
      sid: "Assume",
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principal: { Federated: providerArn },
      condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject } },
    };
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
    // What only Terraform knows of an ARN, such as an id that AWS makes, is left out.
    const known = wildcard.replace(/\$\{TfToken\[TOKEN\.\d+\]\}/g, "…");
    SystemStack.of(this).inventory.add({
      kind: "exception",
      id: `${this.name} ${sid} ${known}`,
      what: `${known} for role ${this.name}`,
      because,
    });
  }
}

/**
 * Services that put the caller's account into the request. API Gateway does not when it takes an integration's role: with
 * the condition, every path that needs the role answers 500.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * @see https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/pull/479
 */
const SENDS_ACCOUNT: ReadonlySet<string> = new Set(["ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com", "dlm.amazonaws.com"]);

/** The shortest longest session that IAM offers. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html */
const OUTSIDE_SESSION_SECONDS = 3600;

/** Policies of AWS's that only read. */
const READING_POLICIES: ReadonlySet<string> = new Set(["ReadOnlyAccess", "SecurityAudit"]);
