import type { AttributeType, Block } from "./schema/schema";
import { schemaCatalogs } from "./schema/schema-catalogs";
import { type Declared, declaredIn, isJsonObject, type Json, type JsonObject, objectsIn, type TerraformJson } from "./terraform-json";
import type { UsedTypes } from "./used-types";

/** Something in a configuration that Terraform passes over without a word. */
export interface ConfigurationFault {
  /** Address of the resource. */
  readonly address: string;
  /** Where in it, for example `routing.rules[0].acton`. */
  readonly path: string;
  /** One sentence, which begins with address and path. */
  readonly message: string;
}

/** Names that a message lists, so that a typing error can be put right from it. */
const MAX_LISTED = 20;

/** Kinds of statement of a web ACL. @see https://docs.aws.amazon.com/waf/latest/APIReference/API_Statement.html */
const STATEMENTS = new Set([
  "and_statement",
  "asn_match_statement",
  "byte_match_statement",
  "geo_match_statement",
  "ip_set_reference_statement",
  "label_match_statement",
  "managed_rule_group_statement",
  "not_statement",
  "or_statement",
  "rate_based_statement",
  "regex_match_statement",
  "regex_pattern_set_reference_statement",
  "rule_group_reference_statement",
  "size_constraint_statement",
  "sqli_match_statement",
  "xss_match_statement",
]);

/** Blocks of these types hold statements in statements: the bindings leave them open. */
const HOLDS_STATEMENTS: ReadonlySet<string> = new Set(["aws_wafv2_web_acl", "aws_wafv2_rule_group"]);

class Checker {
  readonly faults: ConfigurationFault[] = [];

  constructor(private readonly declared: Declared) {}

  private fault(path: string, names: Iterable<string>): void {
    const { address } = this.declared;
    const known = [...names].sort();
    const listed =
      known.length > MAX_LISTED ? `${known.slice(0, MAX_LISTED).join(", ")} and ${known.length - MAX_LISTED} more` : known.join(", ");
    this.faults.push({
      address,
      path,
      message: `${address}: ${path} does not exist, and Terraform would leave it out without a word; write one of ${listed}`,
    });
  }

  body(block: Block, body: JsonObject, path: string): void {
    for (const [name, value] of Object.entries(body)) {
      const attribute = block.attributes.get(name);
      const nested = block.blocks.get(name);
      if (attribute !== undefined) this.value(attribute.type, value, path + name);
      // A name that is neither is what Terraform itself reports.
      else if (nested !== undefined) this.blocks(nested.block, value, path + name);
      else if (name === "dynamic") this.generated(block, value, path);
    }
    if (HOLDS_STATEMENTS.has(this.declared.type)) this.statements(body, path);
  }

  private blocks(block: Block, value: Json, path: string): void {
    objectsIn(value).forEach((element, i) => {
      this.body(block, element, Array.isArray(value) ? `${path}[${i}].` : `${path}.`);
    });
  }

  /** Contents of dynamic blocks. */
  private generated(block: Block, value: Json, path: string): void {
    for (const dynamic of objectsIn(value)) {
      for (const [name, generators] of Object.entries(dynamic)) {
        const nested = block.blocks.get(name);
        if (nested === undefined) continue;
        for (const { content } of objectsIn(generators)) if (content !== undefined) this.blocks(nested.block, content, path + name);
      }
    }
  }

  private value(type: AttributeType, value: Json, path: string): void {
    if (typeof type === "string") return;
    if ("object" in type) {
      if (!isJsonObject(value)) return;
      for (const [name, member] of Object.entries(value)) {
        const memberType = type.object[name];
        if (memberType === undefined) this.fault(`${path}.${name}`, Object.keys(type.object));
        else this.value(memberType, member, `${path}.${name}`);
      }
    } else if ("map" in type) {
      if (isJsonObject(value))
        for (const [key, member] of Object.entries(value)) this.value(type.map, member, `${path}[${JSON.stringify(key)}]`);
    } else if (Array.isArray(value)) {
      const element = "list" in type ? type.list : type.set;
      value.forEach((member: Json, i) => void this.value(element, member, `${path}[${i}]`));
    }
  }

  private statements(body: JsonObject, path: string): void {
    for (const holder of ["statement", "scope_down_statement"]) {
      const value = body[holder] ?? null;
      objectsIn(value).forEach((statement, i) => {
        const place = Array.isArray(value) ? `${path}${holder}[${i}]` : path + holder;
        for (const kind of Object.keys(statement))
          if (kind !== "dynamic" && !STATEMENTS.has(kind)) this.fault(`${place}.${kind}`, STATEMENTS);
      });
    }
  }
}

/**
 * Finds what Terraform's core drops silently: names inside values of object types that the type does not have. Everything else
 * that a configuration can get wrong, Terraform or the provider reports.
 *
 * @param config a root's cdk.tf.json, parsed.
 * @param types as for the provider host.
 */
export function checkConfiguration(config: TerraformJson, types: UsedTypes): readonly ConfigurationFault[] {
  const catalogs = [...schemaCatalogs(types).byProvider.values()];
  const schemaOf = ({ kind, type }: Declared): Block | undefined => {
    const group = kind === "resource" ? "resources" : kind === "data" ? "dataSources" : "ephemerals";
    return catalogs.map((catalog) => catalog[group].get(type)?.block).find((block) => block !== undefined);
  };
  return declaredIn(config).flatMap((declared) => {
    const block = schemaOf(declared);
    if (block === undefined) return [];
    const checker = new Checker(declared);
    checker.body(block, declared.body, "");
    return checker.faults;
  });
}
