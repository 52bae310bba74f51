import type { RegisterCommand } from "../cli/run-ops";

/** `ops validate`: compares what a root states with what is in AWS. */
export const registerValidate: RegisterCommand = (program, context) => {
  program
    .command("validate")
    .description("compare what a root states with what is in AWS, and say what to do about each difference; it changes nothing")
    .argument("<root>", "root to look at")
    .option("--json", "print one JSON document")
    .action(async (root: string, { json = false }: { json?: boolean }) => {
      const { EXIT, OperatorError } = await import("../cli/operator-error");
      const { inventoryOf } = await import("../cli/inventory");
      const { nothingIsThere, validate } = await import("../validate/validate");
      const { reportDocument, reportLines, summaryOf } = await import("../validate/report");
      const inventory = await inventoryOf(root, context);
      const findings = await validate(inventory, { signal: context.signal });
      if (json) context.print(JSON.stringify(reportDocument(inventory, findings), null, 2));
      else if (nothingIsThere(findings)) {
        const { accountId, region } = inventory;
        throw new OperatorError(
          `nothing of ${root} exists in account ${accountId}, region ${region}; deploy it with "npx cdktf deploy ${root}"`,
        );
      } else for (const line of reportLines(root, findings)) context.print(line);
      const { wrong, unknown } = summaryOf(findings);
      if (wrong + unknown > 0) context.setExitCode(EXIT.failed);
    });
};
