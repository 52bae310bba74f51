import { inspect } from "node:util";
import { loadSystems } from "./config/systems";
import { type MakeRoot, synthesize, UnknownChoice } from "./constructs/base/synthesize";
import { AllThriveStack } from "./stacks/allthrive/allthrive-stack";
import { AtlasStack } from "./stacks/atlas/atlas-stack";
import { MarqoStack } from "./stacks/marqo/marqo-stack";
import { ZellyStack } from "./stacks/zelly/zelly-stack";

const debug = process.argv.includes("--debug");

try {
  const roots = new Map<string, MakeRoot>();
  const { allthrive, atlas, marqo, zelly } = loadSystems();
  for (const [environment, config] of Object.entries(zelly)) {
    roots.set(`zelly-${environment}`, (app, id, backend) => new ZellyStack(app, id, { environment, config, backend }));
  }
  for (const [environment, config] of Object.entries(allthrive)) {
    roots.set(`allthrive-${environment}`, (app, id, backend) => new AllThriveStack(app, id, { environment, config, backend }));
  }
  for (const [environment, config] of Object.entries(atlas)) {
    roots.set(`atlas-${environment}`, (app, id, backend) => new AtlasStack(app, id, { environment, config, backend }));
  }
  for (const [environment, config] of Object.entries(marqo)) {
    roots.set(`marqo-${environment}`, (app, id, backend) => new MarqoStack(app, id, { environment, config, backend }));
  }
  synthesize(roots, { only: process.argv.slice(2).filter((word) => !word.startsWith("--")), backend: process.env.BACKEND });
} catch (error) {
  process.stderr.write(`${debug ? inspect(error) : error instanceof Error ? error.message : String(error)}\n`);
  // As everywhere: 1 for what failed, 2 for what was asked for in a wrong way.
  process.exitCode = error instanceof UnknownChoice ? 2 : 1;
}
