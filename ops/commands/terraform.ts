import type { Command } from "commander";
import type { Context } from "../cli/context";

/** `ops terraform`: the Terraform that this project runs, downloaded when there is none. */
export function registerTerraform(program: Command, context: Context): void {
  program
    .command("terraform")
    .description("print the path of the Terraform that rehearsals run; one is downloaded when none is found")
    .option("--json", "print path and version as one JSON document")
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const { findProjectTerraform } = await import("../terraform/find-terraform");
      const found = await findProjectTerraform(context);
      context.print(json ? JSON.stringify(found, null, 2) : found.binary);
    });
}
