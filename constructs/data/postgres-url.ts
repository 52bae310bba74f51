import { createHash } from "node:crypto";

/** How an application's driver wants its URL. */
export interface PostgresUrlForm {
  /** @default "postgres" */
  readonly scheme?: string;
  /** Query of the URL, as the driver knows it. @default `{ sslmode: "require" }` */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface PostgresUrlParts extends PostgresUrlForm {
  readonly user: string;
  /** Ephemeral, of letters and digits alone: nothing in it is escaped. */
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly databaseName: string;
}

/** A connection URL. It is as ephemeral as the password in it: for write-only arguments only. */
export function postgresUrl({ user, password, host, port, databaseName, ...form }: PostgresUrlParts): string {
  const { scheme, query } = spelledOut(form);
  return `${scheme}://${user}:${password}@${host}:${port}/${databaseName}${query}`;
}

/**
 * A number for the form of a URL and the version of the password in it: another number for another of either. Terraform
 * compares this number alone, since it does not keep the URL.
 */
export function urlVersion(form: PostgresUrlForm, passwordVersion: number): number {
  const { scheme, query } = spelledOut(form);
  return createHash("sha256").update(`${scheme} ${query} ${passwordVersion}`).digest().readUInt32BE(0);
}

function spelledOut({ scheme = "postgres", parameters = { sslmode: "require" } }: PostgresUrlForm): { scheme: string; query: string } {
  // Not URLSearchParams: libpq reads its plus signs as plus signs.
  const query = Object.entries(parameters)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");
  return { scheme, query: query === "" ? "" : `?${query}` };
}
