import type * as z from "zod";

/**
 * Checks that a list has each text once; a later one is the fault. The rules that come after it are asked all the same, as after
 * every rule of this folder that says `continue`.
 */
export function onceEach({ value, issues }: z.core.ParsePayload<readonly string[]>): void {
  value.forEach((text, index) => {
    if (value.indexOf(text) < index)
      issues.push({ code: "custom", input: text, path: [index], message: "must be named once", continue: true });
  });
}
