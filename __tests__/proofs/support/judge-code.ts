import { Construct } from "constructs";
import { PropsError } from "../../../constructs/base/props-error";
import { compareLock, differenceLine, lockOf } from "../../../ops/addresses/address-lock";
import { checkConfiguration } from "../../../ops/rehearsal/provider/static-check";
import type { TerraformJson } from "../../../ops/rehearsal/provider/terraform-json";
import { usedTypes } from "../../../ops/rehearsal/provider/used-types";
import { addNetwork } from "../../constructs/parts";
import { Synthesized, TestStack } from "../../support/synthesized";
import { errorsIn, type TerraformError } from "./diagnostics";
import type { Check, CodeMistake, Finding, Made, Shop, Verdict } from "./mistake";
import { RehearsedRoot } from "./rehearsed-root";

/** One mistake in its own scope, whose id stands in the addresses of everything it makes. */
interface Case {
  readonly mistake: Made<CodeMistake>;
  readonly scope: string;
}

type Part = "before" | "code";

/** A stack with a network, and in it one part of each given case. */
function synthesize(cases: readonly Case[], part: Part): TerraformJson {
  return new Synthesized((app) => {
    const stack = new TestStack(app);
    const shop: Shop = { stack, network: addNetwork(stack) };
    for (const { mistake, scope } of cases) mistake[part]?.(new Construct(stack, scope), shop);
    return stack;
  }).json as TerraformJson;
}

/** What stops a mistake before Terraform runs; undefined when nothing does. */
function stopped(one: Case): Finding | undefined {
  let config: TerraformJson;
  try {
    config = synthesize([one], "code");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { caughtBy: error instanceof PropsError ? "construct" : "synthesis", said: error.message };
  }
  const lock = lockOf([{ id: "shop-test", config: one.mistake.lock === "forgotten" ? synthesize([one], "before") : config }]);
  const differences = compareLock(lock, [{ id: "shop-test", config }]);
  if (differences.length > 0) return { caughtBy: "address lock", said: differences.map(differenceLine).join("\n") };
  const faults = checkConfiguration(config, usedTypes([config]));
  return faults.length === 0 ? undefined : { caughtBy: "static check", said: faults.map(({ message }) => message).join("\n") };
}

/** Takes cases through Terraform, command by command. A command sees only those that the commands before let pass. */
class TerraformJudge {
  private readonly findings = new Map<Case, Finding>();

  constructor(
    private readonly root: RehearsedRoot,
    private readonly cases: readonly Case[],
  ) {}

  async judge(): Promise<ReadonlyMap<Case, Finding>> {
    for (const one of this.cases.filter(({ mistake }) => mistake.alone)) await this.check([one], "terraform validate", "validate");
    await this.checkAll("terraform validate", "validate");
    await this.checkAll("terraform plan", "plan", "-refresh=false");
    await this.check(this.left, "terraform apply", "apply", "-refresh=false", "-auto-approve");
    return this.findings;
  }

  private get left(): readonly Case[] {
    return this.cases.filter((one) => !this.findings.has(one));
  }

  /** Until there is nothing left to find: what stops at one error may hide another. */
  private async checkAll(caughtBy: Check, ...words: readonly string[]): Promise<void> {
    let found: number;
    do {
      found = this.findings.size;
      await this.check(this.left, caughtBy, ...words);
    } while (this.findings.size > found);
  }

  /** @throws when Terraform finds an error in none of the cases: then it is not known what it would say of them. */
  private async check(cases: readonly Case[], caughtBy: Check, ...words: readonly string[]): Promise<void> {
    this.root.write(synthesize(cases, "code"));
    const { stdout, exitCode } = await this.root.run(...words, "-json");
    const errors = errorsIn(stdout);
    const belongs = ({ scope }: Case, { place }: TerraformError): boolean =>
      cases.length === 1 || place.includes(`${scope.toLowerCase()}_`);
    for (const one of cases) {
      const own = errors.filter((error) => belongs(one, error));
      if (own.length > 0) this.findings.set(one, { caughtBy, said: own.map(({ said }) => said).join("\n") });
    }
    const strange = errors.filter((error) => !cases.some((one) => belongs(one, error)));
    if (strange.length > 0 || (exitCode !== 0 && errors.length === 0))
      throw new Error(`${caughtBy} found what no mistake made: ${JSON.stringify(strange)}`);
  }
}

/**
 * Takes each mistake in the code of a stack through the checks, in their order, until one of them sees it. Those that come as
 * far as Terraform stand in one stack, which has been applied without them.
 */
export async function judgeCode(mistakes: readonly Made<CodeMistake>[]): Promise<readonly Verdict[]> {
  const cases = mistakes.map((mistake, index) => ({ mistake, scope: `M${index}` }));
  const early = new Map(cases.map((one) => [one, stopped(one)] as const));
  const late = cases.filter((one) => early.get(one) === undefined);
  const applied = synthesize(late, "before");
  const root = await RehearsedRoot.start([applied, synthesize(late, "code")]);
  try {
    await root.apply({ config: applied });
    const byTerraform = await new TerraformJudge(root, late).judge();
    return cases.map((one) => ({ mistake: one.mistake.mistake, said: "", ...(early.get(one) ?? byTerraform.get(one)) }));
  } finally {
    await root.close();
  }
}
