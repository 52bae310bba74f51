import { type ProviderHost, startProviderHost } from "../../../../ops/rehearsal/provider/provider-host";
import type { JsonObject, TerraformJson } from "../../../../ops/rehearsal/provider/terraform-json";
import { usedTypes } from "../../../../ops/rehearsal/provider/used-types";
import { PROVIDERS } from "./support/mixed-root/providers";
import { TerraformDirectory } from "./support/terraform-directory";

function root(resource: JsonObject, rest: TerraformJson = {}): TerraformJson {
  return { ...PROVIDERS, resource, ...rest };
}

/** One mistake a resource; each is found at validate, by its address. */
const MISTAKES = root({
  aws_ecs_service: { enum: { name: "api", launch_type: "FARGAT" } },
  aws_iam_role: {
    length: { name: "x".repeat(65), assume_role_policy: "{}" },
    conflict: { name: "a", name_prefix: "b", assume_role_policy: "{}" },
    json: { name: "a", assume_role_policy: "{not json" },
  },
  aws_lb_target_group: { range: { name: "a_b", port: 80, protocol: "HTTP", vpc_id: "vpc-1", slow_start: 5 } },
  aws_vpc: { cidr: { cidr_block: "10.0.0.1/16" }, size: { cidr_block: "10.0.0.0/8" } },
  aws_route: { one: { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" } },
  aws_secretsmanager_secret_version: { together: { secret_id: "s", secret_string_wo_version: 1 } },
  aws_security_group: { computed: { name: "a", owner_id: "222222222222" } },
  aws_instance: { nested: { ami: "ami-1", instance_type: "t3.micro", root_block_device: [{ volume_id: "vol-1" }] } },
  aws_lb_listener: { action: { load_balancer_arn: "arn:aws:x:y:1:z", port: 80, default_action: [{ type: "redirect" }] } },
  aws_cloudwatch_log_group: { number: { name: "a", retention_in_days: 31 } },
});

const DUPLICATES = root({
  aws_iam_role: {
    first: { name: "shop-api", assume_role_policy: "{}" },
    second: { name: "shop-api", assume_role_policy: "{}", depends_on: ["aws_iam_role.first"] },
  },
  aws_sns_topic: { here: { name: "alarms" }, there: { name: "alarms", provider: "aws.edge" } },
});

const fixedName = (port: number): TerraformJson =>
  root({
    aws_lb_target_group: { api: { name: "api", port, protocol: "HTTP", vpc_id: "vpc-1", lifecycle: { create_before_destroy: true } } },
  });

const SECOND_ROOT = root({ aws_lb_target_group: { other: { name: "api", port: 80, protocol: "HTTP", vpc_id: "vpc-1" } } });

const OTHERS: TerraformJson = root(
  { aws_iam_user: { no_facts: { name: "somebody" } } },
  {
    data: { aws_sfn_alias: { unknown: { name: "a", statemachine_arn: "arn:aws:x:y:1:z" } } },
    output: { arn: { value: "${aws_iam_user.no_facts.permissions_boundary}" } },
  },
);

const UNOPENED: TerraformJson = {
  ...PROVIDERS,
  ephemeral: {
    aws_secretsmanager_secret_version: { lost: { secret_id: "nobody/wrote" } },
    aws_secretsmanager_random_password: { empty: { password_length: 0 } },
  },
};

describe("a mistake in a configuration", () => {
  let host: ProviderHost;
  const directories: TerraformDirectory[] = [];

  async function directoryOf(config: TerraformJson, rootName = "shop"): Promise<TerraformDirectory> {
    const directory = new TerraformDirectory(await host.attachRoot(rootName));
    directories.push(directory);
    directory.write(config);
    await directory.must("init", "-input=false");
    return directory;
  }

  beforeAll(async () => {
    host = await startProviderHost({ types: usedTypes([MISTAKES, DUPLICATES, fixedName(80), OTHERS, UNOPENED]) });
  });

  afterAll(async () => {
    for (const directory of directories) directory.remove();
    await host.close();
  });

  test("is a diagnostic at its address and attribute, in one sentence", async () => {
    const directory = await directoryOf(MISTAKES);
    const { code, output } = await directory.run("validate", "-json");
    const { diagnostics } = JSON.parse(output) as {
      diagnostics: { detail: string; address?: string; range?: { start: { line: number } } }[];
    };
    const found = diagnostics.map(({ detail, address }) => `${address} ${detail}`).sort();
    expect(code).toBe(1);
    expect(found).toEqual([
      "aws_cloudwatch_log_group.number retention_in_days: must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653, got 31",
      'aws_ecs_service.enum launch_type: must be one of EC2, FARGATE, EXTERNAL or MANAGED_INSTANCES, got "FARGAT"',
      "aws_iam_role.conflict name: may not be set together with name_prefix; leave one of them out",
      "aws_iam_role.conflict name_prefix: may not be set together with name; leave one of them out",
      'aws_iam_role.json assume_role_policy: must be JSON, got "{not json"',
      `aws_iam_role.length name: must be at most 64 characters long and has 65, got "${"x".repeat(65)}"`,
      "aws_instance.nested root_block_device[0].volume_id: is set by the provider alone and may not be given a value; remove it from aws_instance",
      'aws_lb_listener.action default_action[0].redirect: must be set for an action of type "redirect"; add the block',
      'aws_lb_target_group.range name: must match ^[0-9A-Za-z-]+$, got "a_b"',
      "aws_lb_target_group.range slow_start: must be 0 or 30 to 900, got 5",
      "aws_route.one exactly one of carrier_gateway_id, core_network_arn, egress_only_gateway_id, gateway_id, local_gateway_id, nat_gateway_id, network_interface_id, transit_gateway_id, vpc_endpoint_id or vpc_peering_connection_id must be set, got none",
      "aws_secretsmanager_secret_version.together secret_string_wo_version: needs secret_string_wo, which is not set; set it too",
      "aws_security_group.computed owner_id: is set by the provider alone and may not be given a value; remove it from aws_security_group",
      'aws_vpc.cidr cidr_block: must be a network address (write 10.0.0.0/16), got "10.0.0.1/16"',
      'aws_vpc.size cidr_block: must be a block of /16 to /28, got "10.0.0.0/8"',
    ]);
  });

  test("such as one name for two resources names both, and the same name in another region is none", async () => {
    const directory = await directoryOf(DUPLICATES, "duplicates");
    const { code, output } = await directory.run("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, " ")).toContain(
      'aws_iam_role "shop-api" in account 222222222222: exists already, created earlier in this rehearsal as aws_iam_role; give one of the two another name',
    );
    expect(Object.keys(await directory.stateValues()).sort()).toEqual(["aws_iam_role.first", "aws_sns_topic.here", "aws_sns_topic.there"]);
    expect(host.report().duplicateNames).toEqual(['aws_iam_role "shop-api" in account 222222222222']);
  }, 20_000);

  test("such as a fixed name on what is created before its predecessor is destroyed, or on what another root has", async () => {
    const directory = await directoryOf(fixedName(80), "first");
    await directory.must("apply", "-input=false", "-auto-approve");
    directory.write(fixedName(81));
    const replaced = await directory.run("apply", "-input=false", "-auto-approve");
    expect(replaced.output.replace(/\s+/g, " ")).toContain("and one that is replaced before it is destroyed a name prefix");
    await directory.must("destroy", "-input=false", "-auto-approve");

    const second = await directoryOf(SECOND_ROOT, "second");
    const { code, output } = await second.run("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, " ")).toContain(
      'aws_lb_target_group "api" in ap-south-1 of account 222222222222: exists already, created earlier in this rehearsal by root first as aws_lb_target_group',
    );
  }, 30_000);

  test("such as a data source that cannot be answered is an error, and what is not known stands in the report", async () => {
    const directory = await directoryOf(OTHERS);
    const { code, output } = await directory.run("validate");
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, " ")).toContain("aws_sfn_alias: the rehearsal cannot answer this data source");
    expect(host.report()).toMatchObject({
      unsupportedDataSources: ["aws_sfn_alias"],
      typesWithoutFacts: ["aws_iam_user"],
      guesses: ["aws_iam_user.permissions_boundary: optional and computed"],
    });
  });

  test("such as an import, or a provider without a region, says what to do", async () => {
    const directory = await directoryOf({ ...fixedName(80), import: [{ to: "aws_lb_target_group.api", id: "arn:1" }] });
    const imported = await directory.run("plan", "-input=false");
    expect(imported.output.replace(/\s+/g, " ")).toContain(
      'aws_lb_target_group: nothing exists that could be imported, got the id "arn:1"; remove the import block to rehearse',
    );
    directory.write({ ...fixedName(80), provider: { aws: [{ allowed_account_ids: ["222222222222"] }] } });
    const { output } = await directory.run("plan", "-input=false");
    expect(output.replace(/\s+/g, " ")).toContain(
      "provider aws: region must be set, got none; a rehearsal reads no environment and no shared configuration",
    );
  }, 20_000);

  test("such as a secret that nobody wrote, or a password of nothing, is found when it is opened", async () => {
    const directory = await directoryOf(UNOPENED);
    const { code, output } = await directory.run("plan", "-input=false");
    const text = output.replace(/\s+/g, " ");
    expect(code).toBe(1);
    expect(text).toContain(
      'secret_id: must be a secret whose value was set earlier in this rehearsal, got "nobody/wrote"; let a secret version write it first',
    );
    expect(text).toContain("password_length: must be 1 to 4096, got 0");
  });
});

test("a provider whose binding is not installed is named with the package to install", async () => {
  const types = usedTypes([{ terraform: { required_providers: { random: { source: "hashicorp/random" } } } }]);
  await expect(startProviderHost({ types })).rejects.toThrow(
    "provider registry.terraform.io/hashicorp/random: no binding of it is installed, so its schema is not known; install the package @cdktf/provider-random",
  );
});
