import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { DataVolume, type DataVolumeProps } from "../../../constructs/data/data-volume";
import { UNMONITORED } from "../../constructs/parts";
import type { CodeMistake, ConfigMistake, Made, RunMistake, SourceMistake, VariableMistake } from "../support/mistake";

const volume: Omit<DataVolumeProps, "sizeGib"> = {
  name: "orders",
  zone: "eu-west-1a",
  protection: "protected",
  alarms: UNMONITORED,
  runbook: "ec2.md#disk",
};

/** Changes without a mistake, one of every kind. They must pass every check, or the table would prove nothing. */
export const NO_SOURCE_MISTAKE: readonly Made<SourceMistake>[] = [
  {
    mistake: "a stack that opens a port which somebody listens on",
    folder: "stacks/zelly",
    source: `import type { AuroraMysql } from "../../constructs/data/aurora-mysql";
import type { FargateService } from "../../constructs/compute/fargate-service";
export const connect = (aurora: AuroraMysql, api: FargateService<"http">): void => aurora.connections.allowFrom(api, "orders", "mysql");
`,
  },
  {
    mistake: "a construct that imports another",
    folder: "constructs/network",
    source:
      'import { PropsError } from "../base/props-error";\nexport const isOurs = (error: Error): boolean => error instanceof PropsError;\n',
  },
];

export const NO_CONFIG_MISTAKE: readonly Made<ConfigMistake>[] = [
  {
    mistake: "a network of another block",
    change: ({ staging }) => {
      staging.network = JSON.parse(JSON.stringify(staging.network).replaceAll('"10.1.', '"10.2.'));
    },
  },
];

export const NO_CODE_MISTAKE: readonly Made<CodeMistake>[] = [
  {
    mistake: "a protected volume that grows, and a topic that is new",
    before: (scope) => void new DataVolume(scope, "Orders", { ...volume, sizeGib: 20 }),
    code: (scope) => {
      new DataVolume(scope, "Orders", { ...volume, sizeGib: 40 });
      new SnsTopic(scope, "Topic", { name: "orders" });
    },
  },
];

export const NO_VARIABLE_MISTAKE: readonly Made<VariableMistake>[] = [
  {
    mistake: "two host names of the storefront",
    variable: "domain_names",
    value: `{ staging = { nova = "n.example.com", customer = "c.example.com", orion = "o.example.com", storefront = ["a.example.com", "b.example.com"] } }`,
  },
  { mistake: "a public key", variable: "bastion_ssh_public_key", value: '"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGV4YW1wbGU= me"' },
  { mistake: "an e-mail address", variable: "alert_email", value: '"operators@example.com"' },
  { mistake: "a zone's id", variable: "cloudflare_zone_id", value: '"fedcba9876543210fedcba9876543210"' },
  { mistake: "a token", variable: "cloudflare_api_token", value: '"another-token-that-opens-nothing-000000000000"' },
];

export const NO_RUN_MISTAKE: readonly Made<RunMistake>[] = [
  {
    mistake: "a rehearsal on a throw-away state",
    config: { terraform: { backend: { local: { path: "terraform.tfstate" } } } },
    words: ["init"],
  },
];
