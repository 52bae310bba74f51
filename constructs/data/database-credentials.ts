import type { Construct } from "constructs";
import type { Protection } from "../base/protection";
import { GeneratedPassword } from "../security/generated-password";
import { Secret, type SecretWriting } from "../security/secret";

/** Master user of every database here. RDS gives it all rights but those of a superuser. */
export const MASTER_USER = "master";

export interface DatabaseCredentialsProps {
  /** Secret that gets host and master credentials. The password's own secret is named after it. */
  readonly secretName: string;
  /** Raise it by one and the next apply sets another password. */
  readonly passwordVersion: number;
  readonly protection: Protection;
}

/** The master password of `database`, as its child `Password`. */
export function masterPassword(database: Construct, name: string, props: DatabaseCredentialsProps): GeneratedPassword {
  const { secretName, passwordVersion, protection } = props;
  return new GeneratedPassword(database, "Password", {
    name: `${secretName}-password`,
    why: `master password of ${name}, as AWS made it`,
    version: passwordVersion,
    protection,
  });
}

/**
 * The secret that applications connect with, as children `Secret` and `SecretValue` of `database`.
 *
 * @param fields values by their keys; the password among them is ephemeral.
 * @param host attribute with the host's name. The password's version says nothing of it: another database has another one.
 */
export function masterSecret<Key extends string>(
  database: Construct,
  name: string,
  { secretName, passwordVersion, protection }: DatabaseCredentialsProps,
  fields: Readonly<Record<Key, string>>,
  host: NonNullable<SecretWriting["rewriteWith"]>,
): Secret<Key> {
  const secret = new Secret<Key>(database, "Secret", {
    name: secretName,
    why: `host and master credentials of ${name}`,
    keys: Object.keys(fields) as Key[],
    setBy: "terraform",
    protection,
  });
  secret.write("SecretValue", { json: fields, version: passwordVersion, rewriteWith: host });
  return secret;
}
