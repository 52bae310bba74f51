import type { Finding, GroupedFinding, Part } from "./finding";
import type { Heading } from "./headings";
import { ignoranceOf, NoAnswer } from "./no-answer";

/** One look at one thing. It finds one or several things out, or nothing where another check has to speak first. */
export interface Check {
  readonly part: Part;
  /** What is said of it when AWS does not answer. */
  readonly heading: Heading;
  readonly what: string;
  readonly look: () => Promise<readonly Finding[]>;
}

export interface CheckLimits {
  /** Checks at a time: AWS throttles who asks too much at once. */
  readonly atOnce: number;
  /** Seconds after which a check is given up, however many questions it has. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/**
 * Makes all checks, some at a time. One that cannot be made, or takes too long, is a finding like any other, and hides
 * nothing of the others.
 *
 * @returns findings in the order of the checks.
 * @throws what a mistake in a check throws, and the signal's reason when it is aborted.
 */
export async function runChecks(checks: readonly Check[], { atOnce, seconds, signal }: CheckLimits): Promise<readonly GroupedFinding[]> {
  const found: GroupedFinding[][] = checks.map(() => []);
  const waiting = checks.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [place, check] of waiting) {
      signal.throwIfAborted();
      const findings = await lookInTime(check, seconds, signal);
      found[place] = findings.map((finding) => ({ part: check.part, ...finding }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return found.flat();
}

async function lookInTime(check: Check, seconds: number, signal: AbortSignal): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new NoAnswer(seconds)), seconds * 1000);
  });
  try {
    return await Promise.race([check.look(), late]);
  } catch (error) {
    signal.throwIfAborted();
    const { heading, what } = check;
    return [{ verdict: "unknown", what, ...ignoranceOf(error), heading }];
  } finally {
    clearTimeout(timer);
  }
}
