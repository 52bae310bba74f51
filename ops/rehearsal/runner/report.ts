import type { ProviderReport } from "../provider/provider-report";

/** The steps of one root's rehearsal, in their order. */
const STEPS = ["check", "init", "validate", "plan", "apply", "second plan", "state", "output", "protection", "destroy"] as const;
export type StepName = (typeof STEPS)[number];

export interface StepReport {
  readonly step: StepName;
  readonly passed: boolean;
  readonly seconds: number;
  /** What came of it, in Terraform's own words where it has some: `Plan: 37 to add, 0 to change, 0 to destroy.` */
  readonly summary: string;
}

export interface RootReport {
  readonly root: string;
  readonly passed: boolean;
  /** Resources that the configuration declares. */
  readonly resources: number;
  /** Resources that the apply made; more than `resources` with `count` and `for_each`. */
  readonly added: number;
  readonly seconds: number;
  /** The steps that were taken. A failed one is the last. */
  readonly steps: readonly StepReport[];
  /** Addresses that Terraform refused to destroy, before their `prevent_destroy` was lifted. */
  readonly protected: readonly string[];
  /** Addresses that AWS would refuse to delete. A rehearsal does not enforce it. */
  readonly deletionProtected: readonly string[];
  /** Outputs; a sensitive one without its value. */
  readonly outputs: Readonly<Record<string, { readonly sensitive: boolean; readonly value?: unknown }>>;
  /** What went wrong, with Terraform's own text. */
  readonly error?: string;
  /** The working folder, with state and plan, when it was kept. */
  readonly folder?: string;
}

/** Everything that a rehearsal found out: what `--json` prints. */
export interface RehearsalReport {
  readonly version: 1;
  readonly passed: boolean;
  readonly terraform: string;
  readonly seconds: number;
  /** Most memory that this process took, in MiB. Terraform's own processes come on top. */
  readonly nodeMaxRssMib: number;
  readonly roots: readonly RootReport[];
  readonly provider: ProviderReport;
  /** What no rehearsal can know, in sentences. */
  readonly cannotKnow: readonly string[];
}
