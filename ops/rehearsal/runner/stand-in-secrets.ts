import { objectsIn, type TerraformJson } from "../provider/terraform-json";
import type { Environment } from "./environment";

/** Opens nothing. Long enough for whatever asks for the form of a token. */
export const STAND_IN = "stand-in-of-a-rehearsal-that-opens-nothing-0123456789";

/**
 * Terraform's environment with a value for each secret that an operator would give there: for every text variable that is
 * ephemeral or sensitive and has no default. A file with values comes before it.
 */
export function standInSecrets(configs: readonly TerraformJson[]): Environment {
  const declared = configs.flatMap(({ variable }) => objectsIn(variable).flatMap((section) => Object.entries(section)));
  const secrets = declared.filter(([, bodies]) =>
    objectsIn(bodies).some(
      ({ type, sensitive, ephemeral, default: value }) =>
        (sensitive === true || ephemeral === true) && (type === undefined || type === "string") && value === undefined,
    ),
  );
  return Object.fromEntries(secrets.map(([name]) => [`TF_VAR_${name}`, STAND_IN]));
}
