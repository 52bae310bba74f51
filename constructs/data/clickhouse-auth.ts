import { Construct } from "constructs";
import { EphemeralResource } from "../base/ephemeral-resource";
import type { Protection } from "../base/protection";
import { Secret } from "../security/secret";

export interface ClickHouseAuthProps {
  readonly secretName: string;
  readonly why: string;
  /** Raise it by one and the next apply sets other passwords. */
  readonly version: number;
  readonly protection: Protection;
}

const KEYS = ["CLICKHOUSE_WRITER_USER", "CLICKHOUSE_WRITER_PASSWORD", "CLICKHOUSE_READER_USER", "CLICKHOUSE_READER_PASSWORD"] as const;

const PASSWORD_LENGTH = 40;

/**
 * Names and passwords of ClickHouse's users, in one secret. AWS makes the passwords, and only the secret keeps them: the
 * server reads it from there, as its clients do.
 */
export class ClickHouseAuth extends Construct {
  readonly secret: Secret<(typeof KEYS)[number]>;

  constructor(scope: Construct, id: string, { secretName, why, version, protection }: ClickHouseAuthProps) {
    super(scope, id);
    this.secret = new Secret(this, "Secret", { name: secretName, why, keys: KEYS, setBy: "terraform", protection });
    this.secret.write("Value", {
      json: {
        CLICKHOUSE_WRITER_USER: "writer",
        CLICKHOUSE_WRITER_PASSWORD: this.password("WriterPassword"),
        CLICKHOUSE_READER_USER: "reader",
        CLICKHOUSE_READER_PASSWORD: this.password("ReaderPassword"),
      },
      version,
    });
  }

  /** Without punctuation, which URLs and shells have trouble with; the length makes up for it. */
  private password(id: string): string {
    const made = new EphemeralResource(this, id, "aws_secretsmanager_random_password", {
      password_length: PASSWORD_LENGTH,
      exclude_punctuation: true,
    });
    return made.get("random_password");
  }
}
