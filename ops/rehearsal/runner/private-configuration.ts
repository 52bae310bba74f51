import { declaredIn, isJsonObject, type Json, type JsonObject, objectsIn, type TerraformJson } from "../provider/terraform-json";

/** State file of a rehearsed root, in its working folder. */
export const STATE_FILE = "terraform.tfstate";

/** Deletion protection that AWS itself enforces, under the names it has in the resource types. */
const DELETION_PROTECTION = /^(enable_)?deletion_protection(_enabled)?$/;

/** The configuration with its state in its own folder, whatever its backend was. Nothing else changes. */
export function withLocalBackend(config: TerraformJson): TerraformJson {
  const settings = objectsIn(config.terraform).map(({ cloud: _cloud, backend: _backend, ...rest }) => rest);
  return { ...config, terraform: Object.assign({}, ...settings, { backend: { local: { path: STATE_FILE } } }) as JsonObject };
}

/** How many resources the configuration declares. One with `count` or `for_each` counts once. */
export function resourceCount(config: TerraformJson): number {
  return declaredIn(config).filter(({ kind }) => kind === "resource").length;
}

/** Addresses of the resources that Terraform refuses to destroy. */
export function protectedAddresses(config: TerraformJson): readonly string[] {
  return declaredIn(config)
    .filter(
      ({ kind, body }) => kind === "resource" && objectsIn(body["lifecycle"]).some((lifecycle) => lifecycle["prevent_destroy"] === true),
    )
    .map(({ address }) => address)
    .sort();
}

/** Addresses of the resources that AWS would refuse to delete. Nobody refuses it in a rehearsal. */
export function deletionProtectedAddresses(config: TerraformJson): readonly string[] {
  return declaredIn(config)
    .filter(
      ({ kind, body }) =>
        kind === "resource" && Object.entries(body).some(([name, value]) => DELETION_PROTECTION.test(name) && value === true),
    )
    .map(({ address }) => address)
    .sort();
}

/** The configuration with `prevent_destroy` lifted from the given resources, so that a rehearsal can end. */
export function withoutProtection(config: TerraformJson, addresses: ReadonlySet<string>): TerraformJson {
  const resource = mapObject(config.resource ?? {}, (named, type) =>
    mapObject(named, (body, name) => (addresses.has(`${type}.${name}`) ? lifted(body) : body)),
  );
  return { ...config, resource };
}

function lifted(body: JsonObject): JsonObject {
  return { ...body, lifecycle: objectsIn(body["lifecycle"]).map((lifecycle) => ({ ...lifecycle, prevent_destroy: false })) };
}

function mapObject(object: JsonObject, change: (value: JsonObject, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, isJsonObject(value) ? change(value, key) : value]));
}
