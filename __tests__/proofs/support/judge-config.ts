import { zellyFaults } from "../../../config/zelly";
import { valuesWith } from "../../config/zelly-faults";
import type { ConfigMistake, Made, Verdict } from "./mistake";

/** Checks the environments with each mistake in them. */
export function judgeConfig(mistakes: readonly Made<ConfigMistake>[]): readonly Verdict[] {
  return mistakes.map(({ mistake, change }) => {
    const values = valuesWith({});
    const { production, staging } = values;
    if (production === undefined || staging === undefined) throw new Error("there are two environments");
    change({ production, staging });
    const said = zellyFaults(values).join("\n");
    return said === "" ? { mistake, said } : { mistake, caughtBy: "config", said };
  });
}
