import { type Declared, declaredIn, isJsonObject, type Json, objectsIn, type TerraformJson } from "./terraform-json";

/** One type, as the configurations use it. */
export interface UsedType {
  readonly declared: readonly Declared[];
  /** Attributes that some expression reads. */
  readonly reads: ReadonlySet<string>;
}

/** What the configurations use of one provider. */
export interface UsedProvider {
  readonly resources: ReadonlyMap<string, UsedType>;
  readonly dataSources: ReadonlyMap<string, UsedType>;
  readonly ephemerals: ReadonlyMap<string, UsedType>;
}

/** What the configurations use, by provider address (`registry.terraform.io/hashicorp/aws`). */
export type UsedTypes = ReadonlyMap<string, UsedProvider>;

/** Terraform's own provider, for `terraform_data` and remote state: it is part of the program. */
const BUILTIN = "terraform.io/builtin/terraform";

/** A provider address in full: `aws` is `registry.terraform.io/hashicorp/aws`. */
export function fullAddress(source: string): string {
  const parts = source.split("/");
  if (parts.length === 1) return `registry.terraform.io/hashicorp/${source}`;
  return parts.length === 2 ? `registry.terraform.io/${source}` : source;
}

/** Provider address by the name that a configuration gives the provider. */
function localNames(config: TerraformJson): Map<string, string> {
  const names = new Map([["terraform", BUILTIN]]);
  for (const name of Object.keys(config.provider ?? {})) names.set(name, fullAddress(name));
  for (const required of objectsIn(config.terraform?.["required_providers"])) {
    for (const [name, requirement] of Object.entries(required)) {
      const source = isJsonObject(requirement) ? requirement["source"] : undefined;
      names.set(name, fullAddress(typeof source === "string" ? source : name));
    }
  }
  return names;
}

function providerOf({ type, body }: Declared, names: ReadonlyMap<string, string>): string {
  const given = body["provider"];
  const name = (typeof given === "string" ? given.split(".")[0] : undefined) ?? type.split("_")[0] ?? type;
  return names.get(name) ?? fullAddress(name);
}

/** Attributes that the expressions of a configuration read, by type with its kind: `data aws_vpc`. */
function readsIn(config: TerraformJson): Map<string, Set<string>> {
  const reads = new Map<string, Set<string>>();
  const visit = (value: Json | undefined): void => {
    if (typeof value === "string") {
      for (const [, kind = "resource.", type = "", attribute = ""] of value.matchAll(
        /\b(data\.|ephemeral\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.[\w-]+(?:\[[^\]]*\])?\.([a-z_][a-z0-9_]*)/g,
      )) {
        const key = `${kind.slice(0, -1)} ${type}`;
        reads.set(key, (reads.get(key) ?? new Set()).add(attribute));
      }
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) Object.values(value).forEach(visit);
  };
  Object.values(config).forEach(visit);
  return reads;
}

/**
 * What a set of synthesized roots uses, provider by provider.
 *
 * @param configs the roots' cdk.tf.json, parsed.
 */
export function usedTypes(configs: readonly TerraformJson[]): UsedTypes {
  const groups = { resource: "resources", data: "dataSources", ephemeral: "ephemerals" } as const;
  const providers = new Map<
    string,
    Record<(typeof groups)[keyof typeof groups], Map<string, { declared: Declared[]; reads: Set<string> }>>
  >();
  const provider = (address: string) => {
    const known = providers.get(address) ?? { resources: new Map(), dataSources: new Map(), ephemerals: new Map() };
    providers.set(address, known);
    return known;
  };
  for (const config of configs) {
    const names = localNames(config);
    const reads = readsIn(config);
    for (const address of names.values()) if (address !== BUILTIN) provider(address);
    for (const declared of declaredIn(config)) {
      const address = providerOf(declared, names);
      if (address === BUILTIN) continue;
      const types = provider(address)[groups[declared.kind]];
      const used = types.get(declared.type) ?? { declared: [], reads: new Set() };
      used.declared.push(declared);
      for (const attribute of reads.get(`${declared.kind} ${declared.type}`) ?? []) used.reads.add(attribute);
      types.set(declared.type, used);
    }
  }
  return providers;
}
