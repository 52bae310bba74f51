// Writes ops/rehearsal/facts/*.json: what the provider bindings do not tell about the resource types in use.
//
//   node scripts/make-facts.mjs FACTS_JSON [--types aws_vpc,aws_subnet,…] [--roots cdktf.out]
//
// FACTS_JSON summarizes the providers' public source: by type its source file, attributes and their rules. What it lacks is in
// facts/supplement.json. The types are those named, those of the synthesized roots, and those that are in the table already;
// nothing else is copied.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tables = join(root, "ops", "rehearsal", "facts");

const PROVIDERS = [
  {
    file: "aws.json",
    package: "@cdktf/provider-aws",
    prefix: "aws_",
    origin:
      "Summary of the AWS provider's public source, github.com/hashicorp/terraform-provider-aws; each type names its file. Versions of different dates were read: the bindings say what exists, this table how it behaves.",
  },
  {
    file: "cloudflare.json",
    package: "@cdktf/provider-cloudflare",
    prefix: "cloudflare_",
    origin:
      "Summary of the Cloudflare provider's public source, github.com/cloudflare/terraform-provider-cloudflare; each type names its file.",
  },
];

const FORMATS = { json: "json", arn: "arn", rfc3339: "rfc3339", base64: "base64", "account id (12 digits)": "account" };

/** Facts that are copied as they stand, in the order they are written in. */
const COPIED = [
  "forceNew",
  "optionalComputed",
  "sensitive",
  "writeOnly",
  "default",
  "enum",
  "range",
  "alsoAllowed",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "pattern",
  "orPattern",
];

/** Something that the person who runs this must put right. */
class UsageError extends Error {}

/** The facts with the supplement's own in them: whole types, and single attributes over what the summary says. */
function supplemented(summary, { types, attributes }) {
  const facts = { ...types, ...summary };
  for (const [type, own] of Object.entries(attributes)) {
    const known = facts[type].attributes;
    const merged = Object.entries(own).map(([path, { source: _source, ...given }]) => [path, { ...known[path], ...given }]);
    facts[type] = { ...facts[type], attributes: { ...known, ...Object.fromEntries(merged) } };
  }
  return facts;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file}: must be a JSON file that can be read (${error.message}); name another`);
  }
}

/** A path as the table has it: `a.0.b` is `a.b`, and a bare name that only a sibling has is that sibling. */
function absolutePath(path, from, attributes) {
  const plain = path.replace(/\.0(?=\.|$)/g, "");
  const parent = from.includes(".") ? from.slice(0, from.lastIndexOf(".")) : "";
  const sibling = `${parent}.${plain}`;
  return parent !== "" && !plain.includes(".") && !(plain in attributes) && sibling in attributes ? sibling : plain;
}

function attributeFacts(type, path, given, attributes, knownEnum) {
  const facts = {};
  for (const key of COPIED) if (given[key] !== undefined && given[key] !== false) facts[key] = given[key];
  // A default of false is a value, and an absent one is none.
  if (given.default === false) facts.default = false;
  if (knownEnum !== undefined) facts.enum = knownEnum.enum;
  else if (given.enumKnown !== undefined) facts.enum = given.enumKnown;
  if (given.enumIgnoreCase === true) facts.enumIgnoresCase = true;
  const format = given.json === true ? "json" : given.format;
  if (format !== undefined) {
    if (FORMATS[format] === undefined)
      throw new Error(`${type}: ${path} has the format "${format}", which the rehearsal does not check; add it to TextFormat`);
    facts.format = FORMATS[format];
  }
  for (const key of ["conflictsWith", "requiredWith"]) {
    if (given[key] !== undefined) facts[key] = given[key].map((other) => absolutePath(other, path, attributes));
  }
  return facts;
}

/** Each group once: the source repeats it at every member. */
function groups(key, attributes) {
  const found = new Map();
  for (const [path, given] of Object.entries(attributes)) {
    if (given[key] === undefined) continue;
    const members = [...new Set(given[key].map((other) => absolutePath(other, path, attributes)))].sort();
    found.set(members.join(" "), members);
  }
  return [...found.keys()].sort().map((name) => found.get(name));
}

function typeFacts(type, given, enums) {
  const paths = Object.keys(given.attributes).sort();
  const attributes = Object.fromEntries(
    paths
      .map((path) => [path, attributeFacts(type, path, given.attributes[path], given.attributes, enums?.[path])])
      .filter(([, facts]) => Object.keys(facts).length > 0),
  );
  const facts = { source: given.source };
  for (const key of ["exactlyOneOf", "atLeastOneOf"]) {
    const members = groups(key, given.attributes);
    if (members.length > 0) facts[key] = members;
  }
  return { ...facts, attributes };
}

function ephemeralFacts(given) {
  const pick = (members, keys) =>
    Object.fromEntries(
      Object.entries(members).map(([name, member]) => [
        name,
        Object.fromEntries(keys.filter((key) => member[key]).map((key) => [key, member[key]])),
      ]),
    );
  return {
    source: given.source,
    arguments: pick(given.arguments, ["type", "required", "computed"]),
    computed: pick(given.computed, ["type", "sensitive"]),
  };
}

/** Data sources have no plan: what they fill and what they default to is in the answers' code. */
function dataSourceFacts(type, given) {
  const facts = typeFacts(type, given);
  const attributes = Object.entries(facts.attributes).map(([path, { optionalComputed, default: _default, ...rest }]) => [path, rest]);
  return { ...facts, attributes: Object.fromEntries(attributes.filter(([, rest]) => Object.keys(rest).length > 0)) };
}

/** Resource and ephemeral types that the synthesized roots use. */
function typesInRoots(folder) {
  const stacks = join(folder, "stacks");
  if (!existsSync(stacks)) throw new UsageError(`${folder}: holds no synthesized roots; run "npm run synth" first`);
  return readdirSync(stacks).flatMap((stack) => {
    const config = readJson(join(stacks, stack, "cdk.tf.json"));
    return [...Object.keys(config.resource ?? {}), ...Object.keys(config.ephemeral ?? {})];
  });
}

/** One attribute a line, so that a change reads as one in a review. */
function format(document) {
  const block = (value, depth) => {
    const entries = Object.entries(value);
    if (depth === 0 || entries.length === 0) return JSON.stringify(value);
    const indent = "  ".repeat(4 - depth);
    return `{\n${entries.map(([key, member]) => `${indent}  ${JSON.stringify(key)}: ${key === "attributes" || (typeof member === "object" && !Array.isArray(member)) ? block(member, depth - 1) : JSON.stringify(member)}`).join(",\n")}\n${indent}}`;
  };
  return `${block(document, 4)}\n`;
}

function everyType(facts, prefix, make) {
  const types = Object.keys(facts).filter((type) => type.startsWith(prefix));
  return Object.fromEntries(types.sort().map((type) => [type, make(type, facts[type])]));
}

function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { types: { type: "string" }, roots: { type: "string" } } });
  const [factsFile] = positionals;
  if (factsFile === undefined)
    throw new UsageError("FACTS_JSON: is not named; write node scripts/make-facts.mjs FACTS_JSON [--types LIST] [--roots FOLDER]");
  const supplement = readJson(join(tables, "supplement.json"));
  const facts = supplemented(readJson(factsFile), supplement);
  const named = [
    ...(values.types?.split(",").map((type) => type.trim()) ?? []),
    ...(values.roots === undefined ? [] : typesInRoots(values.roots)),
  ];

  for (const provider of PROVIDERS) {
    const file = join(tables, provider.file);
    const known = existsSync(file) ? readJson(file) : { types: {}, ephemerals: {} };
    const wanted = [...new Set([...named.filter((type) => type.startsWith(provider.prefix)), ...Object.keys(known.types)])].sort();
    const { cdktf } = readJson(join(root, "node_modules", provider.package, "package.json"));
    const missing = wanted.filter((type) => facts[type] === undefined && facts._ephemeral[type] === undefined);
    if (missing.length > 0) console.warn(`make-facts: ${factsFile} says nothing of ${missing.join(", ")}`);
    const document = {
      provider: cdktf.provider.name,
      version: cdktf.provider.version,
      origin: provider.origin,
      types: Object.fromEntries(
        wanted.filter((type) => facts[type] !== undefined).map((type) => [type, typeFacts(type, facts[type], supplement.enums[type])]),
      ),
      // Ephemeral resources and data sources are few: the table holds them all.
      ephemerals: everyType(facts._ephemeral, provider.prefix, (_type, given) => ephemeralFacts(given)),
      dataSources: everyType(facts._dataSources, provider.prefix, dataSourceFacts),
    };
    writeFileSync(file, format(document));
    console.log(
      `${provider.file}: ${Object.keys(document.types).length} types, ${Object.keys(document.ephemerals).length} ephemeral resources`,
    );
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`make-facts: ${error.message}`);
  process.exitCode = 2;
}
