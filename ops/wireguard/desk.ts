import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Context } from "../cli/context";
import { type ReadInventories, readInventories } from "../cli/inventory";

/** What the commands of `ops wireguard` work with. Tests pass fakes. */
export interface Desk {
  readonly root: string;
  /** The folder that holds `config/`. */
  readonly projectRoot: string;
  readonly say: (line: string) => void;
  readonly confirm: (question: string) => Promise<boolean>;
  /** Synthesizes, and reads what roots say of themselves. */
  readonly inventories: ReadInventories;
  readonly ssm: (region: string) => SSMClient;
  readonly secrets: (region: string) => SecretsManagerClient;
}

/** The real desk. */
export function deskOf(root: string, context: Context): Desk {
  return {
    root,
    projectRoot: context.projectRoot,
    say: context.print,
    confirm: context.confirm,
    inventories: (only) => readInventories(context, only),
    ssm: (region) => new SSMClient({ region }),
    secrets: (region) => new SecretsManagerClient({ region }),
  };
}
