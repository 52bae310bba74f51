import { type ProviderHost, startProviderHost } from "../../../../ops/rehearsal/provider/provider-host";
import type { TerraformJson } from "../../../../ops/rehearsal/provider/terraform-json";
import { usedTypes } from "../../../../ops/rehearsal/provider/used-types";
import { PROVIDERS } from "./support/mixed-root/providers";
import { type PlannedAction, TerraformDirectory } from "./support/terraform-directory";

interface Choice {
  readonly vpcCidr?: string;
  readonly tenancy?: string;
  readonly instanceType?: string;
  readonly userData?: string;
  readonly peer?: Record<string, string>;
  readonly image?: string;
  readonly environment?: readonly { name: string; value: string }[];
  readonly parameter?: string;
  readonly secretVersion?: number;
  readonly region?: string;
}

const VARIABLES = [
  { name: "A", value: "1" },
  { name: "B", value: "2" },
];

function root({
  vpcCidr = "10.0.0.0/16",
  tenancy = "default",
  instanceType = "t3.micro",
  userData = "one",
  peer = { cidr_ipv4: "10.9.0.0/16" },
  image = "api:1",
  environment = VARIABLES,
  parameter = "one",
  secretVersion = 1,
  region = "ap-south-1",
}: Choice = {}): TerraformJson {
  return {
    ...PROVIDERS,
    ephemeral: { aws_secretsmanager_random_password: { token: { exclude_punctuation: true } } },
    resource: {
      aws_vpc: { main: { cidr_block: vpcCidr, instance_tenancy: tenancy } },
      aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "${cidrsubnet(aws_vpc.main.cidr_block, 8, 1)}" } },
      aws_security_group: { api: { name_prefix: "api-", vpc_id: "${aws_vpc.main.id}" } },
      aws_vpc_security_group_ingress_rule: {
        api: { security_group_id: "${aws_security_group.api.id}", ip_protocol: "tcp", from_port: 80, to_port: 80, ...peer },
      },
      aws_instance: {
        one: { ami: "ami-1", instance_type: instanceType, subnet_id: "${aws_subnet.a.id}", user_data: userData },
        two: { ami: "ami-1", instance_type: "t3.micro", user_data: userData, user_data_replace_on_change: true },
      },
      aws_ecs_task_definition: { api: { family: "api", container_definitions: JSON.stringify([{ name: "api", image, environment }]) } },
      aws_ssm_parameter: { image: { name: "/image", type: "String", value: parameter } },
      aws_secretsmanager_secret: { token: { name: "token" } },
      aws_secretsmanager_secret_version: {
        token: {
          secret_id: "${aws_secretsmanager_secret.token.id}",
          secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.token.random_password}",
          secret_string_wo_version: secretVersion,
        },
      },
      aws_sns_topic: { alarms: { name: "alarms", region } },
      aws_db_subnet_group: { main: { name: "main", subnet_ids: ["${aws_subnet.a.id}"] } },
    },
  };
}

describe("a plan against an applied root", () => {
  let host: ProviderHost;
  let directory: TerraformDirectory;

  beforeAll(async () => {
    host = await startProviderHost({ types: usedTypes([root()]) });
    directory = new TerraformDirectory(host.reattach);
    directory.write(root());
    await directory.must("init", "-input=false");
    await directory.must("apply", "-input=false", "-auto-approve");
  }, 30_000);

  afterAll(async () => {
    directory.remove();
    await host.close();
  });

  function plan(choice: Choice): Promise<Record<string, PlannedAction>> {
    directory.write(root(choice));
    return directory.plannedActions();
  }

  const REPLACED = "delete create";

  test("replaces a VPC whose block changes, and with it what stands in it, down to the rules of its groups", async () => {
    const actions = await plan({ vpcCidr: "10.1.0.0/16" });
    expect(actions["aws_vpc.main"]).toEqual({ actions: REPLACED, replacePaths: ["cidr_block"] });
    expect(actions["aws_subnet.a"]).toEqual({ actions: REPLACED, replacePaths: ["cidr_block", "vpc_id"] });
    expect(actions["aws_security_group.api"]).toEqual({ actions: REPLACED, replacePaths: ["vpc_id"] });
    expect(actions["aws_vpc_security_group_ingress_rule.api"]).toEqual({ actions: REPLACED, replacePaths: ["security_group_id"] });
    expect(actions["aws_instance.one"]).toEqual({ actions: REPLACED, replacePaths: ["subnet_id"] });
    expect(actions["aws_db_subnet_group.main"]).toEqual({ actions: "update", replacePaths: [] });
    expect(Object.keys(actions)).toHaveLength(6);
  });

  test("changes in place what AWS changes in place: a value of the same kind, a size of the same processor, user data", async () => {
    expect(await plan({ peer: { cidr_ipv4: "10.8.0.0/16" }, instanceType: "t3.small" })).toEqual({
      "aws_instance.one": { actions: "update", replacePaths: [] },
      "aws_vpc_security_group_ingress_rule.api": { actions: "update", replacePaths: [] },
    });
  });

  test("replaces on another kind of peer, another processor, another region, and user data where that is asked for", async () => {
    expect(await plan({ peer: { prefix_list_id: "pl-1" }, instanceType: "t4g.small", region: "eu-west-1", userData: "two" })).toEqual({
      "aws_instance.one": { actions: REPLACED, replacePaths: ["instance_type"] },
      "aws_instance.two": { actions: REPLACED, replacePaths: ["user_data"] },
      "aws_sns_topic.alarms": { actions: REPLACED, replacePaths: ["region"] },
      "aws_vpc_security_group_ingress_rule.api": { actions: REPLACED, replacePaths: ["cidr_ipv4", "prefix_list_id"] },
    });
  });

  test("shows no difference when only the order of a container's variables differs, and a new revision when its image does", async () => {
    expect(await plan({ environment: [...VARIABLES].reverse() })).toEqual({});
    expect(await plan({ image: "api:2" })).toEqual({
      "aws_ecs_task_definition.api": { actions: REPLACED, replacePaths: ["container_definitions"] },
    });
  });

  test("raises a parameter's version, and writes a secret anew only with a new version number", async () => {
    const before = host.writtenSecrets();
    expect(await plan({ parameter: "two", secretVersion: 2 })).toEqual({
      "aws_secretsmanager_secret_version.token": { actions: REPLACED, replacePaths: ["secret_string_wo_version"] },
      "aws_ssm_parameter.image": { actions: "update", replacePaths: [] },
    });
    await directory.must("apply", "-input=false", "plan");
    expect((await directory.stateValues())["aws_ssm_parameter.image"]).toMatchObject({ value: "two", version: 2 });
    const [old, now] = [before[0], host.writtenSecrets()[0]];
    expect(now?.attribute).toBe("secret_string_wo");
    expect(now?.value).not.toBe(old?.value);
  });
});
