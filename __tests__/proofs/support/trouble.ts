import type { Heading } from "../../../ops/validate/headings";
import type { AllThriveStack } from "../../../stacks/allthrive/allthrive-stack";
import type { Changes } from "../../config/with-changes";

/** What tells of a trouble before it is deployed. */
export const TELLERS = {
  configuration: "config, with every synthesis",
  construct: "construct, with every synthesis",
  reach: "who reaches whom, `__tests__/stacks/allthrive-stack-reach.test.ts`",
  frontEnd: "the front end's policy, `__tests__/stacks/allthrive-stack-reach.test.ts`",
  terraform: "terraform validate, in `make rehearse`",
} as const;

interface Told {
  /** How it comes about. */
  readonly broken: string;
  /** The telling part of what is said before a deployment. */
  readonly says: string;
  /** Checks of `ops validate` that tell of it in the running system, however it came about there. */
  readonly live: readonly Heading[];
}

/** Made in the configuration of production. */
export interface ConfigurationTrouble extends Told {
  readonly toldBy: "configuration";
  readonly changes: Changes;
}

/** Made in the code of the stack, by what is done to it before it is synthesized. */
export interface CodeTrouble extends Told {
  readonly toldBy: Exclude<keyof typeof TELLERS, "configuration">;
  readonly code: (stack: AllThriveStack) => void;
}

/** Only the live account knows: the code is as it should be. */
export interface LiveTrouble {
  readonly broken: string;
  readonly toldBy: "nothing";
  readonly live: readonly Heading[];
}

export type Trouble = ConfigurationTrouble | CodeTrouble | LiveTrouble;

/** An entry of the owners' troubleshooting list, and the ways in which it comes about. */
export interface Entry {
  readonly entry: string;
  readonly troubles: readonly Trouble[];
}

const HEAD = `# AllThrive: troubles, and what tells of them

\`__tests__/proofs/allthrive-troubles.test.ts\` breaks AllThrive's stack in each of these ways and sees it told before a deployment,
by the check that is named here. The page is written from the same list:
\`WRITE_DOCS=1 npx jest __tests__/proofs/allthrive-troubles.test.ts\`.

The last column is for what runs: the check of \`make aws-validate\` that tells of the same trouble. \`__tests__/ops/validate\` breaks
an emulated account and sees each of these checks tell of it.
`;

const TABLE = `
| how it comes about | told before a deployment by | what it says | \`make aws-validate\` tells by |
|---|---|---|---|
`;

/** The list as a page. */
export function troublesPage(entries: readonly Entry[]): string {
  return HEAD + entries.map(({ entry, troubles }) => `\n## ${entry}\n${TABLE}${troubles.map(row).join("")}`).join("");
}

function row(trouble: Trouble): string {
  const { broken, toldBy, live } = trouble;
  const [teller, said] = toldBy === "nothing" ? ["nothing: the code is right", ""] : [TELLERS[toldBy], `\`${trouble.says}\``];
  return `| ${broken} | ${teller} | ${said} | ${live.map((check) => `[${check}](runbooks/validate.md#${check})`).join(", ")} |\n`;
}
