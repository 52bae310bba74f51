import type { Fact } from "../../../../constructs/base/inventory-facts";
import type { Heading } from "../../../../ops/validate/headings";
import type { DeployedRoot } from "../support/deployed-root";
import type { Prompt, Question } from "../support/stage";

/** One thing that goes wrong with a deployed root, and the one finding that it is to lead to. */
export interface Fault {
  readonly title: string;
  readonly heading: Heading;
  /** Part of what the finding is about. */
  readonly what: string;
  /** Part of what it says. */
  readonly found: string;
  /** Breaks it, and returns how to put it right again. */
  readonly strike: (root: DeployedRoot) => Promise<() => Promise<unknown>>;
}

/** The one fact of a kind, and of a name where there are several. */
export function factOf<Kind extends Fact["kind"]>({ inventory }: DeployedRoot, kind: Kind, name?: string): Extract<Fact, { kind: Kind }> {
  const found = inventory.facts.find((fact) => fact.kind === kind && (name === undefined || ("name" in fact && fact.name === name)));
  if (found === undefined) throw new Error(`the root has no ${kind} ${name ?? ""}`);
  return found as Extract<Fact, { kind: Kind }>;
}

/** A strike at an answer of AWS, for what the emulator cannot be brought into. */
export function answering(change: Prompt): Fault["strike"] {
  return async ({ stage }) => {
    let struck = 0;
    stage.prompt("fault", (question, answer) => {
      const changed = change(question, answer);
      if (changed !== answer) struck++;
      return changed;
    });
    return async () => {
      stage.silence("fault");
      // A strike that hits nothing would prove nothing.
      if (struck === 0) throw new Error("no answer was changed");
    };
  };
}

/** A strike at AWS's answers to one command. @param about a name that must be in the question. @default - whatever it is about */
export function answeringTo(command: string, change: (answer: string) => ReturnType<Prompt>, about?: string): Fault["strike"] {
  return answering((question, answer) => (asks(question, command, about) ? change(answer) : answer));
}

/** Whether a question is a command about something whose name is in it. */
export function asks({ command, body }: Question, wanted: string, about = ""): boolean {
  return command === wanted && body.includes(about);
}

/** An answer in JSON, changed. */
export function changed(answer: string, change: (document: Record<string, unknown>) => void): string {
  const document = JSON.parse(answer);
  change(document);
  return JSON.stringify(document);
}

/** What a service that speaks XML answers when something does not exist. */
export function xmlError(Code: string): { readonly status: number; readonly body: string } {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${Code}</Code><Message>not found</Message></Error></ErrorResponse>`;
  return { status: 404, body };
}
