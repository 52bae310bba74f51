import type { RunMistake } from "../support/mistake";

const realState = { bucket: "zelly-terraform-state", key: "production/terraform.tfstate", region: "ap-south-1" };

/** What would take a rehearsal to something real. */
export const IN_RUNS: readonly RunMistake[] = [
  {
    mistake: "a rehearsal on the real state",
    caughtBy: "rehearsal guard",
    says: 'has the backend "s3", and only a throw-away local one may be used',
    config: { terraform: { backend: { s3: realState } } },
  },
  {
    mistake: "a rehearsal that reads a real state",
    caughtBy: "rehearsal guard",
    says: 'reads, as data.terraform_remote_state.network, a state that has the backend "s3"',
    config: { data: { terraform_remote_state: { network: { backend: "s3", config: realState } } } },
  },
  {
    mistake: "a rehearsal that would run a real command",
    caughtBy: "rehearsal guard",
    says: "has a provisioner on terraform_data.hook, which would run a real command",
    config: {
      resource: { terraform_data: { hook: { provisioner: [{ "local-exec": { command: "aws s3 rm --recursive s3://uploads" } }] } } },
    },
  },
  {
    mistake: "a rehearsal with a provider that is not played",
    caughtBy: "rehearsal guard",
    says: "needs the provider registry.terraform.io/hashicorp/google, which the rehearsal does not play",
    config: { terraform: { required_providers: { google: { source: "hashicorp/google" } } } },
  },
  {
    mistake: "a rehearsal with another state file",
    caughtBy: "rehearsal guard",
    says: "the flag -state could take it to a real state; leave it out",
    words: ["destroy", "-state=../production.tfstate", "-auto-approve"],
  },
];
