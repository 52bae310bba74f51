import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { EXIT, messageOf, OperatorError } from "../../cli/operator-error";
import { isJsonObject, type Json, type JsonObject, type TerraformJson } from "../provider/terraform-json";
import { hclObjections } from "./hcl-objections";
import { backendObjections, jsonObjections, type ThrowAway } from "./json-objections";

/** One run of Terraform, before it happens. */
export interface TerraformCall {
  /** The folder it is started in. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Commands that read no configuration and no state, so that they may run anywhere. */
const HARMLESS: ReadonlySet<string> = new Set(["version", "-version", "--version", "-v", "-help", "--help", "-h"]);

/** Flags that take Terraform to another state or configuration than the folder's own. */
const STRAYING_FLAG = /^--?(backend-config|state|state-out|backup|from-module|plugin-dir)(=|$)/;

/** Flags whose value may be the next argument, so that it is not taken for a plan. */
const FLAG_WITH_VALUE = /^--?(var|var-file|target|replace|parallelism|lock-timeout)$/;

/** Variables that add flags, or take Terraform to another place, without a trace in its arguments. */
const STRAYING_VARIABLE = /^(TF_CLI_ARGS.*|TF_DATA_DIR|TF_WORKSPACE)$/;

/**
 * Lets Terraform run only where nothing real can be reached: in a folder below `within`, with its state there too, against
 * the rehearsal's provider. Everything that runs Terraform in a rehearsal goes through here first.
 *
 * It guards against accidents: a configuration, a flag or a left-over `.terraform` folder that names a real backend.
 *
 * @param within the rehearsal's own folder.
 * @returns the folder that Terraform will work in: `call.folder`, or what `-chdir` says.
 * @throws {OperatorError} with exit status 2, naming the first thing that is not throw-away.
 */
export function assertThrowAway(call: TerraformCall, within: string): string {
  const folder = workingFolder(call);
  const command = call.args.find((word) => !word.startsWith("-chdir="));
  if (command === undefined || HARMLESS.has(command)) return folder;
  const objection = straying(call) ?? objectionTo(folder, call, within);
  if (objection !== undefined) throw new OperatorError(`a rehearsal does not run "terraform ${command}" here: ${objection}`, EXIT.refused);
  return folder;
}

function workingFolder({ folder, args }: TerraformCall): string {
  const chdir = args.find((word) => word.startsWith("-chdir="));
  return chdir === undefined ? folder : resolve(folder, chdir.slice("-chdir=".length));
}

function straying({ args, env }: TerraformCall): string | undefined {
  const flag = args.find((word) => STRAYING_FLAG.test(word));
  if (flag !== undefined) return `the flag ${flag.replace(/=.*$/, "")} could take it to a real state; leave it out`;
  const variable = Object.keys(env).find((name) => STRAYING_VARIABLE.test(name) && env[name]);
  if (variable !== undefined) return `the variable ${variable} could take it to a real state; unset it`;
  return undefined;
}

function objectionTo(folder: string, { args, env }: TerraformCall, within: string): string | undefined {
  if (!existsSync(folder)) return `${folder} does not exist`;
  if (!isInside(realpathSync(folder), realpathSync(within))) return `${folder} is outside its own folder, ${within}`;
  const providers = attachedProviders(env.TF_REATTACH_PROVIDERS);
  if (providers === undefined) return "TF_REATTACH_PROVIDERS does not name the rehearsal's providers, so a real one would be used";
  const throwAway: ThrowAway = { providers, isThrowAwayPath: (path: string) => isInside(resolve(folder, path), resolve(within)) };
  const plan = savedPlan(args);
  if (plan !== undefined && !throwAway.isThrowAwayPath(plan))
    return `the plan ${plan} was made elsewhere, and a plan brings its backend along`;
  for (const file of readdirSync(folder).sort()) {
    const objection = objectionToFile(join(folder, file), throwAway);
    if (objection !== undefined) return `${join(folder, file)} ${objection}`;
  }
  return objectionToInitialised(join(folder, ".terraform", "terraform.tfstate"), throwAway);
}

/** The plan that `terraform apply` is given, if any: its last argument. */
function savedPlan(args: readonly string[]): string | undefined {
  const [command, ...rest] = args.filter((word) => !word.startsWith("-chdir="));
  const [before, last] = [rest.at(-2), rest.at(-1)];
  if (command !== "apply" || last === undefined || last.startsWith("-")) return undefined;
  return before !== undefined && FLAG_WITH_VALUE.test(before) ? undefined : last;
}

function objectionToFile(file: string, throwAway: ThrowAway): string | undefined {
  if (file.endsWith(".tf")) return hclObjections(readFileSync(file, "utf8"))[0];
  if (!file.endsWith(".tf.json")) return undefined;
  const json = readJson(file);
  return json === undefined ? "is no readable JSON object" : jsonObjections(json.value, throwAway)[0];
}

/** `init` remembers the backend; what it remembers counts as much as what the configuration says. */
function objectionToInitialised(file: string, throwAway: ThrowAway): string | undefined {
  if (!existsSync(file)) return undefined;
  const json = readJson(file);
  if (json === undefined) return `${file} is no readable JSON object; remove the .terraform folder`;
  const { backend } = json.value;
  if (backend === undefined || backend === null) return undefined;
  const { type, config } = backend as JsonObject;
  const objection = backendObjections(String(type), config, throwAway)[0];
  return objection === undefined ? undefined : `${file} ${objection}; remove the .terraform folder`;
}

function readJson(file: string): { readonly value: TerraformJson } | undefined {
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as Json;
    return isJsonObject(value) ? { value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function attachedProviders(reattach: string | undefined): ReadonlySet<string> | undefined {
  if (!reattach) return undefined;
  try {
    return new Set(Object.keys(JSON.parse(reattach) as object));
  } catch (error) {
    throw new OperatorError(
      `TF_REATTACH_PROVIDERS must be a JSON object (${messageOf(error)}); leave the rehearsal's value as it is`,
      EXIT.refused,
    );
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
