import type { RegisterCommand } from "../cli/run-ops";

/** `ops docs`: says whether the generated documents are up to date, or writes them. */
export const registerDocs: RegisterCommand = (program, context) => {
  program
    .command("docs")
    .description(
      "compare docs/architecture.md with what the roots state, and docs/endpoints.md with the prices; exit status 1 when one is out of date",
    )
    .option("--write", "write them instead")
    .action(async ({ write = false }: { write?: boolean }) => {
      const { checkDocs } = await import("../docs/docs");
      await checkDocs(context, write);
    });
};
