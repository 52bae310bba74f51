import { declaredIn, type Json, type JsonObject, objectsIn, type TerraformJson } from "../provider/terraform-json";
import { fullAddress } from "../provider/used-types";

/** What a configuration is held against. */
export interface ThrowAway {
  /** Addresses of the providers that are attached, in full. */
  readonly providers: ReadonlySet<string>;
  /** Whether a local state at this path, as the configuration writes it, goes away with the rehearsal. */
  readonly isThrowAwayPath: (path: string) => boolean;
}

/** Where Terraform's own resources come from, `terraform_data` for one. No process stands behind it. */
const BUILT_IN_PROVIDER = "terraform.io/builtin/terraform";

/**
 * Says what in a `.tf.json` file would let Terraform reach something real, each as the end of a sentence that begins with
 * the file's name.
 */
export function jsonObjections(config: TerraformJson, throwAway: ThrowAway): readonly string[] {
  return [
    ...objectsIn(config.terraform).flatMap((settings) => settingsObjections(settings, throwAway)),
    ...declaredIn(config).flatMap(({ address, type, body }) => [
      ...(type === "terraform_remote_state" ? remoteStateObjections(address, body, throwAway) : []),
      ...(body["provisioner"] === undefined ? [] : [`has a provisioner on ${address}, which would run a real command`]),
    ]),
    ...(objectsIn(config["module"]).some((modules) => labels(modules).length > 0) ? ["calls a module, which Terraform would fetch"] : []),
  ];
}

/**
 * Says what makes a backend anything but throw-away.
 *
 * @param options the backend's own settings; a local one has a path and a folder for workspaces.
 */
export function backendObjections(kind: string, options: Json | undefined, { isThrowAwayPath }: ThrowAway): readonly string[] {
  if (kind !== "local") return [`has the backend "${kind}", and only a throw-away local one may be used`];
  if (typeof options === "string") return ["has a local backend whose path is known to nobody but Terraform"];
  return objectsIn(options)
    .flatMap(({ path, workspace_dir }) => [path, workspace_dir])
    .filter((path) => path !== undefined && path !== null)
    .filter((path) => typeof path !== "string" || !isThrowAwayPath(path))
    .map((path) => `keeps its state in ${JSON.stringify(path)}, outside the rehearsal's folder`);
}

function settingsObjections(settings: JsonObject, throwAway: ThrowAway): readonly string[] {
  const cloud = objectsIn(settings["cloud"]).length > 0 ? ["has a cloud block: its state is in HCP Terraform"] : [];
  const backends = objectsIn(settings["backend"]).flatMap((backend) =>
    labels(backend).flatMap((kind) => backendObjections(kind, backend[kind], throwAway)),
  );
  const providers = objectsIn(settings["required_providers"])
    .flatMap((required) => labels(required).map((name) => sourceOf(name, required[name])))
    .filter((address) => address !== BUILT_IN_PROVIDER && !throwAway.providers.has(address))
    .map((address) => `needs the provider ${address}, which the rehearsal does not play`);
  return [...cloud, ...backends, ...providers];
}

function remoteStateObjections(address: string, body: JsonObject, throwAway: ThrowAway): readonly string[] {
  return backendObjections(String(body["backend"]), body["config"], throwAway).map(
    (objection) => `reads, as ${address}, a state that ${objection}`,
  );
}

/** `{"source": "hashicorp/aws"}`, or a bare version. */
function sourceOf(name: string, requirement: Json | undefined): string {
  const source = objectsIn(requirement)[0]?.["source"];
  return fullAddress(typeof source === "string" ? source.toLowerCase() : name);
}

/** The names in a body: every key but CDKTF's comments. */
function labels(body: JsonObject): readonly string[] {
  return Object.keys(body).filter((key) => key !== "//");
}
