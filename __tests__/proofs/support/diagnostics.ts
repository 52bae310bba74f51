interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly snippet?: { readonly context: string | null; readonly code: string };
}

/** An error of Terraform's: what it says, and every text that names its place. */
export interface TerraformError {
  readonly said: string;
  readonly place: string;
}

/** The errors in what `validate -json`, or another command with -json, printed. */
export function errorsIn(stdout: string): readonly TerraformError[] {
  return diagnosticsIn(stdout)
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail, address, snippet }) => ({
      said: `${summary}: ${detail}`,
      place: [address, snippet?.context, snippet?.code, summary, detail].join(" "),
    }));
}

function diagnosticsIn(stdout: string): readonly Diagnostic[] {
  const whole = stdout.trim();
  if (whole.startsWith("{\n")) return (JSON.parse(whole) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
  return whole.split("\n").flatMap((line) => (JSON.parse(line) as { readonly diagnostic?: Diagnostic }).diagnostic ?? []);
}
