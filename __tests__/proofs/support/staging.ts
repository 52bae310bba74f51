import type { App } from "cdktf";
import { ConfigError } from "../../../config/config-error";
import { zellyFaults } from "../../../config/zelly";
import type { ZellyConfig } from "../../../config/zelly-schema";
import { movedFrom } from "../../../constructs/base/moved";
import { ImageRepository } from "../../../constructs/delivery/image-repository";
import { LogGroup } from "../../../constructs/observability/log-group";
import type { TerraformJson } from "../../../ops/rehearsal/provider/terraform-json";
import { ZellyStack } from "../../../stacks/zelly/zelly-stack";
import { valuesWith } from "../../config/zelly-faults";
import { UNPROTECTED } from "../../constructs/parts";
import { Synthesized } from "../../support/synthesized";

/** Ids of the two constructs that a change may rename. */
export interface Names {
  /** Renamed with `movedFrom`. */
  readonly kept: string;
  /** Renamed without. */
  readonly lost: string;
}

const NAMES: Names = { kept: "Audit", lost: "Imports" };

/**
 * zelly-staging as its stack makes it, and beside it what the stack has no case for in staging: a repository of its own, and
 * two log groups that a developer renames in the code.
 */
class Staging extends ZellyStack {
  constructor(app: App, config: ZellyConfig, { kept, lost }: Names) {
    super(app, "zelly-staging", { environment: "staging", config, backend: "local" });
    new ImageRepository(this, "Tools", { name: "zelly/tools", source: { create: UNPROTECTED } });
    const audit = new LogGroup(this, kept, { name: "/zelly/audit", retentionDays: 30 });
    new LogGroup(this, lost, { name: "/zelly/imports", retentionDays: 30 });
    if (kept !== NAMES.kept) movedFrom(audit, NAMES.kept);
  }
}

/**
 * Synthesizes it.
 *
 * @param change is given the configuration to change; it must be right afterwards.
 */
export function synthesizeStaging(change: (config: ZellyConfig) => void = () => {}, names: Partial<Names> = {}): TerraformJson {
  const values = valuesWith({});
  if (values["staging"] === undefined) throw new Error("there is no staging");
  change(values["staging"]);
  const faults = zellyFaults(values);
  if (faults.length > 0) throw new ConfigError(faults);
  const config = values["staging"];
  return new Synthesized((app) => new Staging(app, config, { ...NAMES, ...names })).json as TerraformJson;
}
