import { isDeepStrictEqual } from "node:util";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, type ITerraformDependable, type TerraformResource } from "cdktf";
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

/** What Terraform writes into a secret. Ephemeral values are welcome in it: nothing of it is kept. */
export type SecretContent<Key extends string> =
  /** A text under each of the secret's keys. */
  | { readonly json: Readonly<Record<Key, string>> }
  /** The whole value of a secret without keys. */
  | { readonly string: string };

/** When Terraform writes a secret: at first, and then when one of these changes. It cannot see what it wrote. */
export interface SecretWriting {
  readonly version: number;
  /** An attribute of another resource. @default - the version alone decides */
  readonly rewriteWith?: { readonly resource: TerraformResource; readonly attribute: string };
}

/** Days in which a deleted secret can be brought back: the longest that Secrets Manager offers. */
const RECOVERY_DAYS = 30;

/** A secret without a value: the value is set by operators, or written without being kept in the state. */
export class Secret<Key extends string = string> extends Construct {
  readonly name: string;
  readonly arn: string;
  private readonly keys: readonly Key[];
  private readonly setBy: "terraform" | "operator";
  private written: SecretsmanagerSecretVersion | undefined;

  constructor(
    private readonly scope: Construct,
    id: string,
    { name, why, keys, setBy = "operator", protection }: SecretProps<Key>,
  ) {
    super(scope, id);
    this.name = name;
    this.keys = keys;
    this.setBy = setBy;
    this.arn = new SecretsmanagerSecret(this, "Default", {
      name,
      description: why,
      recoveryWindowInDays: protection === "protected" ? RECOVERY_DAYS : 0,
      tags: protectionTags(protection),
    }).arn;
    SystemStack.of(this).inventory.add({ kind: "secret", id: name, name, keys, setBy });
  }

  /** What sets the value, where Terraform does; who reads the secret waits for it. */
  get value(): ITerraformDependable | undefined {
    return this.written;
  }

  /**
   * Sets the value, in an argument that Terraform writes and does not keep.
   *
   * @param id of the written value. It stands beside the secret and not below it, so that its address does not say both.
   * @returns the secret's ARN; what refers to it waits for the value.
   * @throws {PropsError} for a secret that operators set, for a second value, and for content without the secret's keys.
   */
  write(id: string, content: SecretContent<Key> & SecretWriting): string {
    if (this.setBy !== "terraform")
      throw new PropsError(this, "setBy", 'must be "terraform" for a value that Terraform writes', this.setBy);
    if (this.written !== undefined) throw new PropsError(this, "value", "must be written once", id);
    this.written = new SecretsmanagerSecretVersion(this.scope, id, {
      secretId: this.arn,
      secretStringWo: this.text(content),
      secretStringWoVersion: content.version,
      lifecycle: content.rewriteWith === undefined ? undefined : { replaceTriggeredBy: [attributeAddress(content.rewriteWith)] },
    });
    return this.written.secretId;
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

  /** The whole value, as one text: for a service that reads its settings as one document. */
  whole(): SecretKey {
    return { secret: this, valueFrom: this.arn };
  }

  /** Every key, under its own name. */
  allKeys(): Record<Key, SecretKey> {
    return Object.fromEntries(this.keys.map((key) => [key, this.key(key)])) as Record<Key, SecretKey>;
  }

  /** Lets `grantee` read the value. */
  grantRead(grantee: Grantee): void {
    grantee.role.allow({ sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: [this.arn] });
  }

  /** Never repeats what it was given: it may be a secret. */
  private text(content: SecretContent<Key>): string {
    const keys = this.keys.join(", ");
    if ("string" in content) {
      if (this.keys.length > 0) throw new PropsError(this, "json", `must have the keys ${keys}`, "one text");
      return content.string;
    }
    const given = Object.keys(content.json);
    if (this.keys.length === 0) throw new PropsError(this, "json", "must not be given to a secret without keys", given);
    if (!isDeepStrictEqual([...given].sort(), [...this.keys].sort()))
      throw new PropsError(this, "json", `must have the keys ${keys}`, given);
    return Fn.jsonencode(content.json);
  }
}

/** An attribute as `replace_triggered_by` takes it: an address, not a reference. */
function attributeAddress({ resource, attribute }: { readonly resource: TerraformResource; readonly attribute: string }): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}`;
}

/** One key of a secret, for a container's environment. */
export interface SecretKey {
  readonly secret: Secret;
  readonly valueFrom: string;
}
