import { findTerraform } from "../../../ops/terraform/find-terraform";
import { readTerraformPin } from "../../../ops/terraform/terraform-version";
import { projectRoot, scratchFolder } from "../../support/project";

/** The real Terraform of this machine. `make test` sees to it that there is one; tests download nothing. */
export async function realTerraform(): Promise<string> {
  const { binary } = await findTerraform({
    env: process.env,
    pin: readTerraformPin(projectRoot),
    cacheDir: scratchFolder(),
    releasesUrl: "http://127.0.0.1:9/nothing-is-downloaded-in-tests",
    onProgress: () => {},
  });
  return binary;
}
