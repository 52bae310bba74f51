import type { AttributeFacts } from "../../facts/facts";
import { goPattern } from "./go-pattern";
import { brokenFormat } from "./text-format";
import { oneOf } from "./wording";

type Scalar = string | number | boolean;

/** Told of a pattern that JavaScript cannot read, so that the value went unchecked. */
export type OnSkippedPattern = (pattern: string) => void;

function brokenEnum({ enum: values, enumIgnoresCase, orPattern }: AttributeFacts, value: Scalar): string | undefined {
  if (values === undefined) return undefined;
  const fold = (text: string): string => (enumIgnoresCase === true ? text.toLowerCase() : text);
  if (values.some((allowed) => fold(String(allowed)) === fold(String(value)))) return undefined;
  if (orPattern !== undefined && goPattern(orPattern)?.test(String(value)) === true) return undefined;
  return values.length === 1 ? `must be ${values[0]}` : `must be one of ${oneOf(values)}`;
}

function brokenRange({ range, alsoAllowed }: AttributeFacts, value: Scalar): string | undefined {
  if (range === undefined || typeof value === "boolean" || value === "") return undefined;
  const [least = null, greatest = null] = range;
  const number = Number(value);
  const isIn = !Number.isNaN(number) && (least === null || number >= least) && (greatest === null || number <= greatest);
  if (isIn || alsoAllowed?.includes(number) === true) return undefined;
  const limits = least === null ? `at most ${greatest}` : greatest === null ? `at least ${least}` : `${least} to ${greatest}`;
  return `must be ${limits}${alsoAllowed === undefined ? "" : ` or ${oneOf(alsoAllowed)}`}`;
}

function brokenLength({ minLength, maxLength }: AttributeFacts, value: Scalar): string | undefined {
  if (typeof value !== "string") return undefined;
  const length = [...value].length;
  if (maxLength !== undefined && length > maxLength) return `must be at most ${maxLength} characters long and has ${length}`;
  if (minLength !== undefined && length < minLength) return `must be at least ${minLength} characters long and has ${length}`;
  return undefined;
}

function brokenPattern({ pattern }: AttributeFacts, value: Scalar, onSkipped: OnSkippedPattern): string | undefined {
  if (pattern === undefined || typeof value !== "string") return undefined;
  const expression = goPattern(pattern);
  if (expression === undefined) {
    onSkipped(pattern);
    return undefined;
  }
  return expression.test(value) ? undefined : `must match ${pattern}`;
}

/**
 * The first rule of an attribute that one known value breaks, as the middle of a sentence: `must be one of EC2 or FARGATE`.
 * Undefined when it breaks none.
 */
export function brokenRule(facts: AttributeFacts, value: Scalar, onSkipped: OnSkippedPattern): string | undefined {
  return (
    brokenEnum(facts, value) ??
    brokenRange(facts, value) ??
    brokenLength(facts, value) ??
    brokenPattern(facts, value, onSkipped) ??
    (facts.format !== undefined && typeof value === "string" ? brokenFormat(facts.format, value) : undefined)
  );
}
