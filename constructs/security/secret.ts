import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import type { Protection } from "../base/protection";
import { protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import type { Grantee } from "./role";

export interface SecretProps<Key extends string> {
  /** Name in Secrets Manager. Another name replaces the secret. */
  readonly name: string;
  /** What it is for, as the console shows it. */
  readonly why: string;
  /** Keys of its JSON. */
  readonly keys: readonly Key[];
  /** Who sets the value. Terraform never reads one that operators set. @default "operator" */
  readonly setBy?: "terraform" | "operator";
  /** Protected: deleted only after 30 days, in which it can be brought back. Otherwise at once, so that its name is free again. */
  readonly protection: Protection;
}

/** Days in which a deleted secret can be brought back: the longest that Secrets Manager offers. */
const RECOVERY_DAYS = 30;

/** A secret without a value: the value is set by operators, or written without being kept in the state. */
export class Secret<Key extends string = string> extends Construct {
  readonly name: string;
  readonly arn: string;
  /** What sets the value, where Terraform does; who reads the secret waits for it. */
  value: ITerraformDependable | undefined;
  private readonly keys: readonly Key[];

  constructor(scope: Construct, id: string, { name, why, keys, setBy = "operator", protection }: SecretProps<Key>) {
    super(scope, id);
    this.name = name;
    this.keys = keys;
    this.arn = new SecretsmanagerSecret(this, "Default", {
      name,
      description: why,
      recoveryWindowInDays: protection === "protected" ? RECOVERY_DAYS : 0,
      tags: protectionTags(protection),
    }).arn;
    SystemStack.of(this).inventory.add({ kind: "secret", id: name, name, keys, setBy });
  }

  /**
   * One key of the secret, in the form in which ECS takes it.
   *
   * @throws {PropsError} for a key that the secret does not have.
   */
  key(key: Key): SecretKey {
    if (!this.keys.includes(key)) throw new PropsError(this, "key", `must be one of ${this.keys.join(", ")}`, key);
    return { secret: this, valueFrom: `${this.arn}:${key}::` };
  }

  /** Every key, under its own name. */
  allKeys(): Record<Key, SecretKey> {
    return Object.fromEntries(this.keys.map((key) => [key, this.key(key)])) as Record<Key, SecretKey>;
  }

  /** Lets `grantee` read the value. */
  grantRead(grantee: Grantee): void {
    grantee.role.allow({ sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: [this.arn] });
  }
}

/** One key of a secret, for a container's environment. */
export interface SecretKey {
  readonly secret: Secret;
  readonly valueFrom: string;
}
