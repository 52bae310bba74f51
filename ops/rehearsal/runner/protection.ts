import { OperatorError } from "../../cli/operator-error";
import type { TerraformRun } from "./terraform";

export interface ProtectionOptions {
  /** Addresses that the configuration protects. */
  readonly expected: readonly string[];
  /** Writes the configuration with the protection of these addresses lifted. */
  readonly lift: (addresses: ReadonlySet<string>) => void;
  /** Plans a destruction and prints it as JSON lines. */
  readonly plan: () => Promise<TerraformRun>;
}

/**
 * Proves that Terraform refuses to destroy each protected resource, and lifts the protection of all of them.
 *
 * Terraform says nothing of a protected resource that another refused one depends on. So the ones it names are lifted, and
 * it is asked again, until it has named them all.
 *
 * @returns the addresses that were refused, sorted.
 * @throws {OperatorError} when Terraform would destroy a protected resource, or ends for another reason.
 */
export async function refusedAddresses({ expected, lift, plan }: ProtectionOptions): Promise<readonly string[]> {
  const refused = new Set<string>();
  while (refused.size < expected.length) {
    const run = await plan();
    const named = expected.filter((address) => !refused.has(address) && namesAsProtected(run.stdout, address));
    if (named.length === 0)
      throw new OperatorError(
        notRefused(
          expected.filter((address) => !refused.has(address)),
          run,
        ),
      );
    for (const address of named) refused.add(address);
    lift(refused);
  }
  return [...refused].sort();
}

function namesAsProtected(stdout: string, address: string): boolean {
  // An instance of a resource with `count` or `for_each` has its key behind the address.
  return errors(stdout).some(
    (detail) => detail.startsWith(`Resource ${address} has lifecycle.prevent_destroy`) || detail.startsWith(`Resource ${address}[`),
  );
}

function notRefused(left: readonly string[], run: TerraformRun): string {
  if (run.exitCode === 0) return `Terraform would destroy ${left.join(", ")} although lifecycle.prevent_destroy is set`;
  return `the plan of a destruction ended with status ${run.exitCode} and did not name ${left.join(", ")}\n${errors(run.stdout).join("\n") || run.stderr.trim()}`;
}

/** Details of the errors in Terraform's JSON lines. */
function errors(stdout: string): readonly string[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map(
      (line) =>
        JSON.parse(line) as { readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string } },
    )
    .flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic.detail || diagnostic.summary] : []));
}
