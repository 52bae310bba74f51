import { CHECKS, type Mistake } from "./mistake";

const HEAD = `# Mistakes, and what catches them

\`__tests__/proofs/mistakes.test.ts\` makes each of these mistakes and sees it caught: by the check that is named here, and by none
before it. The page is written from the same list: \`WRITE_DOCS=1 npx jest __tests__/proofs/mistakes.test.ts\`.

| check | runs |
|---|---|
| type checker, linter | \`npm run typecheck\`, \`npm run lint\`; in an editor, while the code is written |
| config, construct, synthesis | with every synthesis |
| address lock | \`npm run ops -- addresses\`, and in the tests |
| static check, terraform validate, terraform plan, terraform apply | \`make rehearse\`, without an AWS account |
| rehearsal guard | before every run of Terraform in a rehearsal |

| mistake | caught by | what it says |
|---|---|---|
`;

/** The list as a page, in the order of the checks. */
export function mistakesPage(mistakes: readonly Mistake[]): string {
  const sorted = CHECKS.flatMap((check) => mistakes.filter(({ caughtBy }) => caughtBy === check));
  return HEAD + sorted.map(({ mistake, caughtBy, says }) => `| ${mistake} | ${caughtBy} | ${asCode(says)} |\n`).join("");
}

/** A bar would end the cell, and a backtick the code. */
function asCode(text: string): string {
  const cell = text.replaceAll("|", "\\|").trim();
  return cell.includes("`") ? `\`\` ${cell} \`\`` : `\`${cell}\``;
}
