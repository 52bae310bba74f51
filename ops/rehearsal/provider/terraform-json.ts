/** Any JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A root as CDKTF synthesizes it: the contents of a cdk.tf.json. */
export interface TerraformJson {
  readonly terraform?: JsonObject;
  readonly provider?: JsonObject;
  readonly resource?: JsonObject;
  readonly data?: JsonObject;
  readonly ephemeral?: JsonObject;
  readonly [section: string]: Json | undefined;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects in a place where JSON syntax takes one object or a list of them. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  const items: readonly Json[] = Array.isArray(value) ? value : value === undefined ? [] : [value as Json];
  return items.filter(isJsonObject);
}

/** True for a text that Terraform evaluates. */
export function isTemplate(value: Json): boolean {
  return typeof value === "string" && /[$%]\{/.test(value);
}

/** Values that a body gives to a nested block or attribute, those of a dynamic block among them. */
export function contentsOf(body: JsonObject, name: string): readonly Json[] {
  const own = body[name];
  const generated = objectsIn(body["dynamic"]).flatMap((dynamic) => objectsIn(dynamic[name]).flatMap(({ content }) => objectsIn(content)));
  return [...(own === undefined || own === null ? [] : Array.isArray(own) ? own : [own]), ...generated];
}

/** One resource, data source or ephemeral resource of a configuration. */
export interface Declared {
  readonly kind: "resource" | "data" | "ephemeral";
  readonly type: string;
  readonly address: string;
  readonly body: JsonObject;
}

const KINDS = ["resource", "data", "ephemeral"] as const;

/** Everything that a configuration declares, in its order. */
export function declaredIn(config: TerraformJson): readonly Declared[] {
  return KINDS.flatMap((kind) =>
    objectsIn(config[kind]).flatMap((section) =>
      Object.entries(section).flatMap(([type, named]) =>
        objectsIn(named).flatMap((byName) =>
          Object.entries(byName).flatMap(([name, bodies]) =>
            objectsIn(bodies).map((body) => ({ kind, type, address: `${kind === "resource" ? "" : `${kind}.`}${type}.${name}`, body })),
          ),
        ),
      ),
    ),
  );
}
