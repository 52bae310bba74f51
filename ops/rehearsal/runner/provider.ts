import type { ProviderReport } from "../provider/provider-report";
import type { TerraformJson } from "../provider/terraform-json";
import type { RootProvider } from "./root-rehearsal";

/** The providers that stand in for AWS and the others, as the runner sees them. */
export interface RehearsalProvider extends RootProvider {
  /**
   * Gives a root its own way to the providers: the value of TF_REATTACH_PROVIDERS. Names that the root takes in AWS stay
   * its own to the end of the rehearsal, so that another root cannot take them.
   */
  readonly attachRoot: (root: string) => Promise<string>;
  readonly report: () => ProviderReport;
  /** What no rehearsal can know, in sentences. */
  readonly cannotKnow: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the providers, in this process, that know every type which the given roots use. */
export type StartProvider = (configs: readonly TerraformJson[]) => Promise<RehearsalProvider>;
