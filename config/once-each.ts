import type * as z from "zod";
import { refuse } from "./refuse";

/** Checks that a list has each text once; a later one is the fault. */
export function onceEach({ value, issues }: z.core.ParsePayload<readonly string[]>): void {
  value.forEach((text, index) => {
    if (value.indexOf(text) < index) refuse(issues, [index], "must be named once");
  });
}
