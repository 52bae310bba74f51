import type { Command } from "commander";
import type { Context } from "../cli/context";

/**
 * `ops throw-away-check FOLDER -- ARGUMENT…`: the guard in front of Terraform in `rehearse --shell`. It ends with status 2
 * when `terraform ARGUMENT…`, run here, could reach anything but the rehearsal in FOLDER.
 */
export function registerThrowAwayCheck(program: Command, context: Context): void {
  program
    .command("throw-away-check", { hidden: true })
    .description("checks a run of Terraform in a rehearsal's shell")
    .argument("<folder>", "the rehearsal's own folder")
    .argument("[arguments...]", "Terraform's arguments, after --")
    .action(async (within: string, args: readonly string[]) => {
      const { assertThrowAway } = await import("../rehearsal/runner/throw-away-check");
      assertThrowAway({ folder: process.cwd(), args, env: context.env }, within);
    });
}
