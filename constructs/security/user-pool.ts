import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import type { LambdaFunction } from "../compute/lambda-function";
import { UserPoolClient, type UserPoolClientProps } from "./user-pool-client";
import { createdUserPool, type UserPoolSettings, type UserPoolTriggers } from "./user-pool-settings";

export interface UserPoolProps {
  readonly why: string;
  /** A pool of this root's, or one that is there already, by its id. Only the first can be given settings. */
  readonly source: { readonly create: UserPoolSettings } | { readonly existingId: string };
  /** The application that users sign in to. */
  readonly client: Omit<UserPoolClientProps, "userPoolId">;
  /**
   * Functions that Cognito asks. It may call them for this pool alone. A pool that is there already calls them only once somebody
   * has attached them by hand, which the inventory says.
   *
   * @default - Cognito asks nobody
   */
  readonly triggers?: UserPoolTriggers;
}

/**
 * Users, who sign in by e-mail address, and one application that they sign in to.
 *
 * Whether this root made the pool or not, what uses it sees the same: an id, an ARN, an issuer, a client.
 */
export class UserPool extends Construct {
  readonly id: string;
  readonly arn: string;
  /** Issuer of its tokens, a URL; `/.well-known/jwks.json` below it has the keys. */
  readonly issuer: string;
  readonly clientId: string;

  /** @throws {PropsError} for a pool of another region, and for settings that Cognito does not take. */
  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const { why, source, client, triggers = {} } = props;
    const created = "create" in source;
    if (created) this.checkSignInPage(source.create, props.client);
    const pool = created ? createdUserPool(this, source.create, triggers) : this.existing(source.existingId);
    this.id = pool.id;
    this.arn = pool.arn;
    this.issuer = `https://cognito-idp.${SystemStack.of(this).region}.amazonaws.com/${pool.id}`;
    this.clientId = new UserPoolClient(this, "Client", { ...client, userPoolId: pool.id }).id;
    this.admit(triggers);
    if (!created) this.stateMissingTriggers(source.existingId, triggers);
    SystemStack.of(this).inventory.add({
      kind: "userPool",
      id: pathInStack(this),
      name: created ? source.create.name : source.existingId,
      why,
      size: created ? `MFA ${source.create.mfa}` : "as it is, outside this root",
      stateful: created,
      fails: "nobody signs in or gets new tokens; those that were given out hold until they run out",
      created,
    });
  }

  private existing(id: string): DataAwsCognitoUserPool {
    const { region } = SystemStack.of(this);
    // The rule stands in config/cognito-schema.ts too, where an operator meets it.
    if (!new RegExp(`^${region}_[A-Za-z0-9]+$`).test(id))
      throw new PropsError(this, "source.existingId", `must be the id of a user pool of ${region}, such as ${region}_a1B2c3D4e`, id);
    return new DataAwsCognitoUserPool(this, "Default", { userPoolId: id });
  }

  private checkSignInPage({ domainPrefix }: UserPoolSettings, { signInPage }: Pick<UserPoolClientProps, "signInPage">): void {
    if ((domainPrefix === undefined) !== (signInPage === undefined))
      throw new PropsError(this, "source.create.domainPrefix", "must be given if and only if the client has a signInPage", domainPrefix);
  }

  private admit(triggers: UserPoolTriggers): void {
    const functions = new Set(Object.values(triggers).filter((trigger): trigger is LambdaFunction => trigger !== undefined));
    for (const trigger of functions) trigger.allowInvoke("cognito-idp.amazonaws.com", this.arn);
  }

  private stateMissingTriggers(id: string, triggers: UserPoolTriggers): void {
    const names = Object.keys(triggers).sort();
    if (names.length === 0) return;
    SystemStack.of(this).inventory.add({
      kind: "exception",
      id: `${pathInStack(this)} triggers`,
      what: `Terraform does not attach ${names.join(", ")} to the user pool ${id}`,
      because:
        "the pool's settings belong to whoever made it; attach the functions once by hand, see docs/runbooks/cognito.md, existing pool",
    });
  }
}
