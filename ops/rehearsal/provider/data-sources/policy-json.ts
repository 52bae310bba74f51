import { isMap, type Value } from "../protocol/value";

/** One entry as a bare text, more as a list. */
export type OneOrMore = string | readonly string[];

export type Principals = "*" | Readonly<Record<string, OneOrMore>>;

/** Operator, then key, then value or values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

/** A statement of an IAM policy, its members in the order that they are written in. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Condition?: Conditions;
}

export interface Policy {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

const MEMBERS = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
] as const satisfies readonly (keyof Statement)[];

/** Sorted by bytes, the greatest first. */
export function descending(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => Buffer.compare(Buffer.from(b), Buffer.from(a)));
}

/** An object with its keys sorted by bytes, the least first. */
export function byKey<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

function isNothing(member: unknown): boolean {
  return (
    member === undefined ||
    member === "" ||
    (Array.isArray(member) && member.length === 0) ||
    (typeof member === "object" && member !== null && Object.keys(member).length === 0)
  );
}

/** Escapes what Go's JSON encoder escapes and JavaScript's does not. Such characters stand inside texts only. */
function escapeAsGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Writes a policy as AWS's provider does. @param indent spaces per level; 0 for one line. */
export function writePolicy({ Version, Id, Statement: statements }: Policy, indent: 0 | 2): string {
  const written = statements.map((statement) =>
    Object.fromEntries(MEMBERS.filter((member) => !isNothing(statement[member])).map((member) => [member, statement[member]])),
  );
  const document = {
    ...(isNothing(Version) ? {} : { Version }),
    ...(isNothing(Id) ? {} : { Id }),
    ...(written.length === 0 ? {} : { Statement: written }),
  };
  return escapeAsGo(JSON.stringify(document, null, indent));
}

/** A member of an object whose keys count in any case. */
function memberOf(object: Readonly<Record<string, Value>>, name: string): Value {
  const key = Object.keys(object).findLast((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? null : (object[key] ?? null);
}

function readTexts(value: Value): OneOrMore | undefined {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(String) : undefined;
}

function readPrincipals(value: Value): Principals | undefined {
  if (typeof value === "string") return "*";
  if (!isMap(value)) return undefined;
  const entries = Object.entries(value).flatMap(([type, given]) => {
    const texts = readTexts(given);
    return texts === undefined ? [] : [[type, typeof texts === "string" ? texts : descending(texts)] as const];
  });
  return byKey(entries);
}

function readConditions(value: Value): Conditions | undefined {
  if (!isMap(value)) return undefined;
  return byKey(
    Object.entries(value).map(([test, variables]) => {
      const entries = Object.entries(isMap(variables) ? variables : {}).flatMap(([variable, given]): (readonly [string, OneOrMore])[] => {
        if (typeof given === "string" || typeof given === "boolean") return [[variable, String(given)]];
        // A number is lost here, in AWS's provider too.
        if (!Array.isArray(given)) return [];
        return [[variable, given.length === 1 ? String(given[0]) : given.map(String)]];
      });
      return [test, byKey(entries)] as const;
    }),
  );
}

function readStatement(value: Value): Statement {
  if (!isMap(value)) return {};
  const text = (name: string): string | undefined => {
    const member = memberOf(value, name);
    return typeof member === "string" ? member : undefined;
  };
  const members: { -readonly [Name in keyof Statement]: Statement[Name] | undefined } = {
    Sid: text("Sid"),
    Effect: text("Effect"),
    Action: readTexts(memberOf(value, "Action")),
    NotAction: readTexts(memberOf(value, "NotAction")),
    Resource: readTexts(memberOf(value, "Resource")),
    NotResource: readTexts(memberOf(value, "NotResource")),
    Principal: readPrincipals(memberOf(value, "Principal")),
    NotPrincipal: readPrincipals(memberOf(value, "NotPrincipal")),
    Condition: readConditions(memberOf(value, "Condition")),
  };
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
}

/**
 * Reads a policy that a document is merged from.
 *
 * @returns undefined when it is no JSON object, or its Statement is no list: AWS's provider takes no single statement there.
 */
export function readPolicy(json: string): Policy | undefined {
  let document: Value;
  try {
    document = JSON.parse(json) as Value;
  } catch {
    return undefined;
  }
  if (!isMap(document)) return undefined;
  const statements = memberOf(document, "Statement");
  if (statements !== null && !Array.isArray(statements)) return undefined;
  const [version, id] = [memberOf(document, "Version"), memberOf(document, "Id")];
  return {
    ...(typeof version === "string" ? { Version: version } : {}),
    ...(typeof id === "string" ? { Id: id } : {}),
    Statement: (statements ?? []).map(readStatement),
  };
}
