import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { PropsError } from "../base/props-error";

/** Where scripts/build-handlers.mjs puts a zip for each handler, below the project's folder, in which synthesis runs. */
const PACKAGES = "dist/handlers";

/** The code of one handler, as a zip beside the synthesized stack. The same sources make the same bytes on every machine. */
export class LambdaFunctionPackage extends Construct {
  /** The zip, relative to the folder that Terraform runs in. */
  readonly path: string;
  /** SHA-256 of the zip in base64, as Lambda states the hash of the code that it runs. */
  readonly hash: string;

  /** @throws {PropsError} when there is no built handler of that name. The message names the ones that there are. */
  constructor(scope: Construct, id: string, handler: string) {
    super(scope, id);
    const folder = resolve(PACKAGES);
    const built = existsSync(folder) ? readdirSync(folder).flatMap((file) => /^(.+)\.zip$/.exec(file)?.[1] ?? []) : [];
    if (!built.includes(handler)) {
      throw new PropsError(
        scope,
        "handler",
        `must be a folder of handlers/ that is built (${built.sort().join(", ") || "none is"})`,
        handler,
      );
    }
    const file = resolve(folder, `${handler}.zip`);
    const digest = createHash("sha256").update(readFileSync(file)).digest();
    this.hash = digest.toString("base64");
    // Thirty-two hex digits name the asset's folder, as they do for CDKTF's own hash, which is an MD5.
    this.path = new TerraformAsset(this, "Default", {
      path: file,
      type: AssetType.FILE,
      assetHash: digest.toString("hex").slice(0, 32),
    }).path;
  }
}
