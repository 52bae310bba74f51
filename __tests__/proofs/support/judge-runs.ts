import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../../../ops/cli/operator-error";
import type { TerraformJson } from "../../../ops/rehearsal/provider/terraform-json";
import { scratchFolder } from "../../support/project";
import { errorsIn } from "./diagnostics";
import type { Finding, Made, RunMistake, VariableMistake, Verdict } from "./mistake";
import { RehearsedRoot } from "./rehearsed-root";
import { variablesInUse } from "./variables-in-use";

/** Plans with all the wrong values at once, each in a variable of its own. */
export async function judgeVariables(mistakes: readonly Made<VariableMistake>[]): Promise<readonly Verdict[]> {
  const varFile = join(scratchFolder(), "terraform.tfvars");
  writeFileSync(varFile, mistakes.map(({ variable, value }) => `${variable} = ${value}\n`).join(""));
  return withRoot(variablesInUse(), async (root) => {
    await root.must("init", "-no-color");
    await root.must("validate");
    const errors = errorsIn((await root.run("plan", "-json", `-var-file=${varFile}`)).stdout);
    return mistakes.map(({ mistake, variable }) => {
      const own = errors.filter(({ place }) => place.includes(variable));
      return own.length === 0
        ? { mistake, said: "" }
        : { mistake, caughtBy: "terraform plan", said: own.map(({ said }) => said).join("\n") };
    });
  });
}

/** Runs Terraform as the mistakes would have it. Nothing but the guard stands between them and something real. */
export async function judgeRuns(mistakes: readonly Made<RunMistake>[]): Promise<readonly Verdict[]> {
  const own: TerraformJson = { terraform: { required_providers: { aws: { source: "aws" } } } };
  return withRoot(own, async (root) => {
    const verdicts: Verdict[] = [];
    for (const { mistake, config = {}, words = ["plan"] } of mistakes) {
      root.writeAsItIs({ ...own, ...config } as TerraformJson);
      verdicts.push({ mistake, ...(await outcomeOf(root, words)) });
    }
    return verdicts;
  });
}

async function outcomeOf(root: RehearsedRoot, words: readonly string[]): Promise<Finding> {
  try {
    const { exitCode, stderr } = await root.run(...words);
    return { said: exitCode === 0 ? "" : stderr };
  } catch (error) {
    if (error instanceof OperatorError) return { caughtBy: "rehearsal guard", said: error.message };
    throw error;
  }
}

async function withRoot<Result>(config: TerraformJson, work: (root: RehearsedRoot) => Promise<Result>): Promise<Result> {
  const root = await RehearsedRoot.start([config]);
  try {
    root.write(config);
    return await work(root);
  } finally {
    await root.close();
  }
}
