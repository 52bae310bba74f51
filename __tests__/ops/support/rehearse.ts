import type { Command } from "commander";
import type { Context } from "../../../ops/cli/context";
import { runOps } from "../../../ops/cli/run-ops";
import { registerRehearse } from "../../../ops/commands/rehearse";
import type { RehearsalProvider } from "../../../ops/rehearsal/runner/provider";
import { filesBelow } from "../../support/project";
import { type FakeContext, fakeContext } from "./fake-context";
import { fakeProvider } from "./fake-provider";
import { fixtureProject } from "./fixture-project";

export interface Rehearsal {
  readonly words?: readonly string[];
  readonly roots: Readonly<Record<string, object>>;
  /** Values for the roots' variables, as a file's text. */
  readonly variables?: string;
  readonly provider?: Partial<RehearsalProvider>;
  /** Where temporary folders are made. */
  readonly scratch: string;
  /** Path of the Terraform to run. */
  readonly terraform: string;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Runs `ops rehearse` on a project of the given roots, and sees to it that the project stays as it was. */
export async function rehearse({
  words = [],
  roots,
  variables,
  provider,
  scratch,
  terraform,
  env = {},
  signal,
}: Rehearsal): Promise<FakeContext> {
  const projectRoot = fixtureProject(roots, variables);
  const before = filesBelow(projectRoot);
  const context = fakeContext({
    projectRoot,
    env: { PATH: process.env.PATH, TMPDIR: scratch, TERRAFORM: terraform, ...env },
    ...(signal && { signal }),
  });
  const register = (program: Command, given: Context): void => registerRehearse(program, given, async () => fakeProvider(provider));
  await runOps(["rehearse", ...words], context, [register]);
  expect(filesBelow(projectRoot)).toEqual(before);
  return context;
}
