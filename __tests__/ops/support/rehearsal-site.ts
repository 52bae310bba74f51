import { scratchFolder } from "../../support/project";
import { realTerraform } from "./terraform";

/** Where tests rehearse. */
export interface RehearsalSite {
  /** Path of the real Terraform. */
  readonly terraform: string;
  /** Where temporary folders are made; empty before each test. */
  readonly scratch: string;
}

/** A site for the tests of a file. It is complete when a test runs, and not before. */
export function rehearsalSite(): RehearsalSite {
  const site = { terraform: "", scratch: "" };
  beforeAll(async () => {
    site.terraform = await realTerraform();
  });
  beforeEach(() => {
    site.scratch = scratchFolder();
  });
  return site;
}
