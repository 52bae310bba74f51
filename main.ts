import { loadZelly } from "./config/zelly";
import { type MakeRoot, synthesize } from "./constructs/base/synthesize";
import { ZellyStack } from "./stacks/zelly/zelly-stack";

const debug = process.argv.includes("--debug");

try {
  const roots = new Map<string, MakeRoot>();
  for (const [environment, config] of loadZelly()) {
    roots.set(`zelly-${environment}`, (app, id, backend) => new ZellyStack(app, id, { environment, config, backend }));
  }
  synthesize(roots, { only: process.argv.slice(2).filter((word) => !word.startsWith("--")), backend: process.env.BACKEND });
} catch (error) {
  if (debug) throw error;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
