import { Construct } from "constructs";
import { EphemeralResource } from "../base/ephemeral-resource";
import { PropsError } from "../base/props-error";
import type { Protection } from "../base/protection";
import { Secret } from "./secret";

export interface GeneratedPasswordProps {
  /** Name of the secret that keeps the password. */
  readonly name: string;
  readonly why: string;
  /** Raise it by one and the next apply makes another password. */
  readonly version: number;
  /** Characters, 16 to 4096. @default 40 */
  readonly length?: number;
  readonly protection: Protection;
}

/**
 * A password that AWS makes and only Secrets Manager keeps: it is in no state, no plan and no output.
 *
 * What uses it reads it back from the secret. So an apply that stops half-way leaves one truth, and the next apply gives
 * every user the password that the secret holds.
 */
export class GeneratedPassword extends Construct {
  readonly secret: Secret;
  /** Ephemeral: for write-only arguments only. */
  readonly value: string;
  readonly version: number;

  constructor(scope: Construct, id: string, { name, why, version, length = 40, protection }: GeneratedPasswordProps) {
    super(scope, id);
    if (length < 16 || length > 4096) throw new PropsError(this, "length", "must be 16 to 4096", length);
    this.version = version;
    this.secret = new Secret(this, "Secret", { name, why, keys: [], setBy: "terraform", protection });
    const made = new EphemeralResource(this, "Made", "aws_secretsmanager_random_password", {
      password_length: length,
      // MySQL clients, URLs and shells all have trouble with some punctuation; the length makes up for it.
      exclude_punctuation: true,
    });
    const stored = this.secret.write("Stored", { string: made.get("random_password"), version });
    const readBack = new EphemeralResource(this, "ReadBack", "aws_secretsmanager_secret_version", { secret_id: stored });
    this.value = readBack.get("secret_string");
  }
}
