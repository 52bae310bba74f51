import { ConfigError } from "../../../config/config-error";
import { loadZelly } from "../../../config/zelly";
import { valuesWith } from "../../config/zelly-faults";
import type { ConfigMistake, Made, Verdict } from "./mistake";

/** Loads the environments with each mistake in them. */
export function judgeConfig(mistakes: readonly Made<ConfigMistake>[]): readonly Verdict[] {
  return mistakes.map(({ mistake, change }) => {
    const values = valuesWith({});
    const { production, staging } = values;
    if (production === undefined || staging === undefined) throw new Error("there are two environments");
    change({ production, staging });
    try {
      loadZelly(values);
      return { mistake, said: "" };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { mistake, caughtBy: "config", said: error.faults.join("\n") };
    }
  });
}
