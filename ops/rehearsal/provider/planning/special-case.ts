import type { ConfigView } from "./config-view";
import type { PlanDraft } from "./plan-draft";

/** Rules of one type that neither its schema nor its facts say. */
export interface SpecialCase {
  /** Faults of a configuration; what is unknown is left out of account. */
  readonly check?: (config: ConfigView) => void;
  /** Changes to a plan. */
  readonly plan?: (draft: PlanDraft) => void;
}

export type SpecialCases = Readonly<Record<string, SpecialCase>>;
