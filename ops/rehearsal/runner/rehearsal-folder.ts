import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformJson } from "../provider/terraform-json";
import { withLocalBackend } from "./private-configuration";

/** A rehearsal's own folder. Everything that Terraform reads and writes is in it. */
export interface RehearsalFolder {
  readonly path: string;
  /** A home without credentials, for Terraform. */
  readonly home: string;
  /** Terraform's own configuration: no registry, no cache, no credentials. */
  readonly cliConfig: string;
}

/** Puts into an empty folder what every run of Terraform needs. */
export function furnish(path: string): RehearsalFolder {
  const folder = { path, home: join(path, "home"), cliConfig: join(path, "terraform.tfrc") };
  mkdirSync(folder.home);
  writeFileSync(folder.cliConfig, "disable_checkpoint = true\n");
  return folder;
}

/**
 * Copies a synthesized root, assets included, into a folder of its own below `parent`, with its backend replaced.
 *
 * @returns the new folder.
 */
export function makeWorkingFolder(
  parent: string,
  root: { readonly id: string; readonly folder: string; readonly config: TerraformJson },
): string {
  const folder = join(parent, root.id);
  cpSync(root.folder, folder, { recursive: true });
  writeConfiguration(folder, withLocalBackend(root.config));
  return folder;
}

/** Writes the configuration that Terraform reads in a working folder. */
export function writeConfiguration(folder: string, config: TerraformJson): void {
  writeFileSync(join(folder, "cdk.tf.json"), `${JSON.stringify(config, null, 2)}\n`);
}
