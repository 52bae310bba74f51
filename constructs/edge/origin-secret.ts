import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { EphemeralResource } from "../base/ephemeral-resource";
import type { OriginSecretFact } from "../base/inventory-parts";
import { PropsError } from "../base/props-error";
import type { Protection } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { Secret } from "../security/secret";

export interface OriginSecretProps {
  /** Start of the two secrets' names, for example `staging/allthrive/origin`; `/blue` and `/green` follow. */
  readonly name: string;
  /** Which of the two CloudFront sends. The balancer takes both. */
  readonly sends: "blue" | "green";
  /** Header that carries the value. @default "X-Origin-Secret" */
  readonly header?: string;
  readonly protection: Protection;
}

/** Letters and digits: 238 bits. A condition of the balancer's takes up to 128 characters. */
const LENGTH = 40;

/**
 * The secret by which a public balancer knows CloudFront, in two values, so that one can change while the other is sent.
 *
 * AWS makes the first values; `ops origin-secret rotate` makes the later ones. Neither CloudFront's headers nor the
 * balancer's rules have a write-only argument, so both values are in Terraform's state: see docs/adr/0007-private-origin.md.
 */
export class OriginSecret extends Construct {
  readonly header: string;
  /** Value that CloudFront sends. */
  readonly sent: string;
  /** Values that the balancer takes. */
  readonly accepted: readonly string[];
  /** How operations find the two secrets. */
  readonly fact: OriginSecretFact;

  /** @throws {PropsError} for what is no name of a header. */
  constructor(scope: Construct, id: string, { name, sends, header = "X-Origin-Secret", protection }: OriginSecretProps) {
    super(scope, id);
    // The balancer takes longer names, and characters that nobody needs in one.
    if (!/^[A-Za-z0-9-]{1,40}$/.test(header)) throw new PropsError(this, "header", "must be 1 to 40 letters, digits and hyphens", header);
    const names = { blue: `${name}/blue`, green: `${name}/green` };
    const values = { blue: this.value("Blue", names.blue, protection), green: this.value("Green", names.green, protection) };
    this.header = header;
    this.sent = values[sends];
    this.accepted = [values.blue, values.green];
    this.fact = { header, sends, secrets: names };
    SystemStack.of(this).inventory.add({
      kind: "exception",
      id: `${pathInStack(this)} values`,
      what: `the values of ${names.blue} and ${names.green} are in Terraform's state`,
      because: "neither a header of CloudFront nor a rule of the balancer takes a write-only value",
    });
  }

  /** The value that a secret has now, whoever set it last. */
  private value(id: "Blue" | "Green", name: string, protection: Protection): string {
    const why = "by this value the balancer knows CloudFront";
    const secret = new Secret(this, id, { name, why, keys: [], setBy: "terraform", protection });
    const made = new EphemeralResource(this, `${id}Made`, "aws_secretsmanager_random_password", {
      password_length: LENGTH,
      exclude_punctuation: true,
    });
    const secretId = secret.write(`${id}First`, { string: made.get("random_password"), version: 1 });
    return new DataAwsSecretsmanagerSecretVersion(this, `${id}Current`, { secretId }).secretString;
  }
}
