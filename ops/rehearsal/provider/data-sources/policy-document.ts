import { crc32 } from "node:zlib";
import { asText, blocksOf, elementsOf, type Value, type ValueMap } from "../protocol/value";
import type { DataQuery, DataSources } from "./data-source";
import {
  byKey,
  type Conditions,
  descending,
  type OneOrMore,
  type Policy,
  type Principals,
  readPolicy,
  type Statement,
  writePolicy,
} from "./policy-json";

const NEWEST = "2012-10-17";
const OLDEST = "2008-10-17";

function textsIn(value: Value | undefined): string[] {
  return elementsOf(value).filter((element) => typeof element === "string");
}

function oneOrSorted(texts: readonly string[]): OneOrMore | undefined {
  const [first] = texts;
  return first !== undefined && texts.length === 1 ? first : texts.length === 0 ? undefined : descending(texts);
}

function checksum(text: string): string {
  return String(crc32(text));
}

/**
 * The order that the provider's SDK keeps sets in: by the decimal text of a checksum of what each element serializes to. It
 * shows only where several blocks of a set are joined.
 */
function inSetOrder<T>(elements: readonly T[], serialize: (element: T) => string): T[] {
  const order = (element: T): string => checksum(serialize(element));
  return [...elements].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function serializePrincipal(block: ValueMap): string {
  const identifiers = inSetOrder(textsIn(block["identifiers"]), (identifier) => `${identifier};`);
  return `identifiers:{${identifiers.map((identifier) => `${identifier};`).join("")}};type:${asText(block["type"]) ?? ""};`;
}

function serializeCondition(block: ValueMap): string {
  return `test:${asText(block["test"]) ?? ""};values:(${textsIn(block["values"])
    .map((value) => `${value};`)
    .join("")});variable:${asText(block["variable"]) ?? ""};`;
}

class DocumentBuilder {
  private readonly version: string;

  constructor(private readonly query: DataQuery) {
    this.version = query.text("version") ?? NEWEST;
    if (this.version !== NEWEST && this.version !== OLDEST)
      query.refuse("version", `must be ${OLDEST} or ${NEWEST}, got "${this.version}"`);
  }

  own(): Policy {
    const sids = new Set<string>();
    const statements = blocksOf(this.query.value("statement")).map((block): Statement => {
      const sid = asText(block["sid"]) ?? "";
      if (!/^[a-zA-Z0-9]*$/.test(sid)) this.query.refuse("statement", `sid must be letters and digits, got "${sid}"`);
      if (sid !== "" && sids.has(sid)) this.query.refuse("statement", `has the sid "${sid}" twice; give each statement its own`);
      sids.add(sid);
      return this.statement(block, sid);
    });
    const id = this.query.text("policy_id");
    return { Version: this.version, ...(id === undefined ? {} : { Id: id }), Statement: statements };
  }

  private statement(block: ValueMap, sid: string): Statement {
    const effect = asText(block["effect"]) ?? "Allow";
    if (effect !== "Allow" && effect !== "Deny") this.query.refuse("statement", `effect must be Allow or Deny, got "${effect}"`);
    const members = {
      Sid: sid,
      Effect: effect,
      Action: oneOrSorted(textsIn(block["actions"])),
      NotAction: oneOrSorted(textsIn(block["not_actions"])),
      Resource: oneOrSorted(this.variables(textsIn(block["resources"]))),
      NotResource: oneOrSorted(this.variables(textsIn(block["not_resources"]))),
      Principal: this.principals(blocksOf(block["principals"])),
      NotPrincipal: this.principals(blocksOf(block["not_principals"])),
      Condition: this.conditions(blocksOf(block["condition"])),
    };
    return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined));
  }

  /** Policy variables are written `&{…}`, since `${…}` is Terraform's. */
  private variables(texts: readonly string[]): string[] {
    if (this.version === OLDEST && texts.some((text) => text.includes("&{"))) {
      this.query.refuse("version", `must be ${NEWEST} for a statement with a policy variable (&{…}), got ${OLDEST}`);
    }
    return texts.map((text) => text.replaceAll("&{", "${"));
  }

  private principals(blocks: readonly ValueMap[]): Principals | undefined {
    if (blocks.length === 0) return undefined;
    const joined = new Map<string, string[]>();
    for (const block of inSetOrder(blocks, serializePrincipal)) {
      const type = asText(block["type"]) ?? "";
      const identifiers = this.variables(textsIn(block["identifiers"]));
      if (blocks.length === 1 && type === "*" && identifiers.length === 1 && identifiers[0] === "*") return "*";
      joined.set(type, [...(joined.get(type) ?? []), ...descending(identifiers)]);
    }
    return byKey(
      [...joined].map(([type, identifiers]) => [type, identifiers.length === 1 ? (identifiers[0] ?? "") : identifiers] as const),
    );
  }

  private conditions(blocks: readonly ValueMap[]): Conditions | undefined {
    if (blocks.length === 0) return undefined;
    const tests = new Map<string, Map<string, string[]>>();
    for (const block of inSetOrder(blocks, serializeCondition)) {
      const [test, variable] = [asText(block["test"]) ?? "", asText(block["variable"]) ?? ""];
      const variables = tests.get(test) ?? new Map<string, string[]>();
      variables.set(variable, [...(variables.get(variable) ?? []), ...this.variables(textsIn(block["values"]))]);
      tests.set(test, variables);
    }
    const single = (values: readonly string[]): OneOrMore => (values.length === 1 ? (values[0] ?? "") : values);
    return byKey(
      [...tests].map(
        ([test, variables]) => [test, byKey([...variables].map(([variable, values]) => [variable, single(values)] as const))] as const,
      ),
    );
  }

  others(attribute: string): Policy[] {
    return textsIn(this.query.value(attribute)).map(
      (json) =>
        readPolicy(json) ?? this.query.refuse(attribute, "must hold policies in JSON whose Statement is a list, and one of them is not"),
    );
  }
}

/** Merges policies, later ones over earlier: a statement replaces the one with its Sid, whole and in its place. */
function merge(policies: readonly Policy[]): Policy {
  let merged: Policy = { Statement: [] };
  for (const { Version: version, Id: id, Statement: statements } of policies) {
    const result = [...merged.Statement];
    for (const statement of statements) {
      const at = isUnsigned(statement) ? -1 : result.findIndex(({ Sid }) => Sid === statement.Sid);
      if (at < 0) result.push(statement);
      else result[at] = statement;
    }
    const newest = version !== undefined && version > (merged.Version ?? "") ? version : merged.Version;
    const lastId = isEmptyText(id) ? merged.Id : id;
    merged = { ...(newest === undefined ? {} : { Version: newest }), ...(lastId === undefined ? {} : { Id: lastId }), Statement: result };
  }
  return merged;
}

function isEmptyText(text: string | undefined): boolean {
  return text === undefined || text === "";
}

function isUnsigned({ Sid }: Statement): boolean {
  return isEmptyText(Sid);
}

function policyDocument(query: DataQuery): ValueMap {
  for (const old of ["source_json", "override_json"])
    if (query.isSet(old)) query.refuse(old, "is no longer supported; use source_policy_documents or override_policy_documents");
  const builder = new DocumentBuilder(query);
  const sources = builder.others("source_policy_documents");
  const sids = sources.flatMap(({ Statement: statements }) => statements.map(({ Sid }) => Sid).filter((sid) => !isEmptyText(sid)));
  const twice = sids.find((sid, i) => sids.indexOf(sid) !== i);
  if (twice !== undefined) query.refuse("source_policy_documents", `hold the sid "${twice}" twice; give each statement its own`);
  const policy = merge([...sources, builder.own(), ...builder.others("override_policy_documents")]);
  const json = writePolicy(policy, 2);
  return { id: checksum(json), json, minified_json: writePolicy(policy, 0), version: query.text("version") ?? NEWEST };
}

export const POLICY_DOCUMENT: DataSources = { aws_iam_policy_document: policyDocument };
