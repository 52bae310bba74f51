import type { DatabaseFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { type Finding, finding } from "../finding";
import type { Heading } from "../headings";
import { type LiveDatabase, liveDatabase } from "../live/live-database";
import { secretFields, secretText } from "../live/live-secret";

/** Says what is wrong with a secret's fields, and never what they are; undefined when nothing is. */
type Fault = (fields: ReadonlyMap<string, string>, live: LiveDatabase) => string | undefined;

/** Whether the secrets that applications connect with lead to the database. An empty or missing key is another check's finding. */
export function connectionChecks(aws: Aws, root: string, fact: DatabaseFact): readonly Check[] {
  const check = (heading: Heading, secret: string, aspect: string, fault: Fault): Check => {
    const what = `secret ${secret}: ${aspect}`;
    return { part: "databases", heading, what, look: () => connection(aws, fact, { heading, secret, what, root, fault }) };
  };
  return [
    check("database-credentials", fact.secret, `host of ${fact.name}`, (fields, live) => fieldFault(fields, live, fact)),
    ...(fact.urls ?? []).map(({ secret, key }) =>
      check("database-url", secret, key, (fields, live) => urlFault(fields.get(key), live, fact)),
    ),
  ];
}

interface Connection {
  readonly heading: Heading;
  readonly secret: string;
  readonly what: string;
  readonly root: string;
  readonly fault: Fault;
}

async function connection(aws: Aws, fact: DatabaseFact, { heading, secret, what, root, fault }: Connection): Promise<readonly Finding[]> {
  const [live, text] = await Promise.all([liveDatabase(aws, fact), secretText(aws, secret)]);
  const fields = text === undefined ? undefined : secretFields(text);
  if (live?.host === undefined || fields === undefined) return [];
  const wrong = fault(fields, live);
  const todo = `raise passwordVersion in config/ and deploy ${root}, which writes the secret again, then start the services anew`;
  return [finding(heading, what, wrong ?? `leads to ${fact.name}`, wrong === undefined ? undefined : todo)];
}

function fieldFault(fields: ReadonlyMap<string, string>, live: LiveDatabase, fact: DatabaseFact): string | undefined {
  const differs = (key: string, wanted: string | undefined): boolean => {
    const given = fields.get(key);
    return given !== undefined && given !== "" && wanted !== undefined && given !== wanted;
  };
  if (differs("DB_HOST", live.host)) return `DB_HOST is not the endpoint of ${fact.name}`;
  if (differs("DB_PORT", String(live.port))) return `DB_PORT is not the port of ${fact.name}`;
  if (differs("DB_NAME", fact.databaseName)) return `DB_NAME is not ${fact.databaseName}`;
  return undefined;
}

/** Says nothing of a URL that is not there. */
function urlFault(text: string | undefined, live: LiveDatabase, { name, engine, databaseName, port }: DatabaseFact): string | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  if (!URL.canParse(text)) return "is no URL";
  const url = new URL(text);
  const kind = engine.includes("postgres") ? "postgres" : "mysql";
  if (!url.protocol.startsWith(kind)) return `does not begin with ${kind}://`;
  if (url.hostname !== live.host) return `has a host that is not the endpoint of ${name}`;
  if (Number(url.port || port) !== live.port) return `has a port that is not the one of ${name}`;
  if (url.username === "" || url.password === "") return "has no user or no password";
  if (databaseName !== undefined && url.pathname !== `/${databaseName}`) return `does not name the database ${databaseName}`;
  return undefined;
}
