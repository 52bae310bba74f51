import { type ProviderHost, startProviderHost } from "../../../../ops/rehearsal/provider/provider-host";
import { usedTypes } from "../../../../ops/rehearsal/provider/used-types";
import { MIXED_ROOT } from "./support/mixed-root/mixed-root";
import { TerraformDirectory } from "./support/terraform-directory";

type Values = Record<string, unknown>;

/** The whole life of a root on the real Terraform: one host, one directory, each command once. */
describe("a root of fifty resources in two regions, with ephemeral values and data sources", () => {
  let host: ProviderHost;
  let directory: TerraformDirectory;
  let planned: Record<string, Values>;
  let applied: Record<string, Values>;
  let outputs: Record<string, { value: unknown }>;
  let secondPlan: { code: number | null; output: string };
  let texts: string;
  let written: ReturnType<ProviderHost["writtenSecrets"]>;

  beforeAll(async () => {
    host = await startProviderHost({ types: usedTypes([MIXED_ROOT]) });
    directory = new TerraformDirectory(host.reattach);
    directory.write(MIXED_ROOT);
    await directory.must("init", "-input=false");
    await directory.must("validate");
    await directory.must("plan", "-input=false", "-out=plan");
    const planText = await directory.must("show", "-json", "plan");
    await directory.must("apply", "-input=false", "plan");
    applied = await directory.stateValues();
    const outputText = await directory.must("output", "-json");
    secondPlan = await directory.run("plan", "-input=false", "-detailed-exitcode");
    written = host.writtenSecrets();
    texts = [planText, directory.read("plan"), directory.read("terraform.tfstate"), outputText].join("\n");
    const { resource_changes: changes } = JSON.parse(planText) as { resource_changes: { address: string; change: { after: Values } }[] };
    planned = Object.fromEntries(changes.map(({ address, change }) => [address, change.after]));
    outputs = JSON.parse(outputText) as typeof outputs;
  }, 60_000);

  afterAll(async () => {
    directory.remove();
    await host.close();
  });

  test("is applied whole", () => {
    const managed = Object.keys(applied).filter((address) => !address.startsWith("data."));
    expect(managed.length).toBeGreaterThanOrEqual(50);
    expect(new Set(managed.map((address) => address.split(".")[0])).size).toBeGreaterThanOrEqual(40);
  });

  test("plans no change after an apply", () => {
    expect(secondPlan.output).toContain("No changes.");
    expect(secondPlan.code).toBe(0);
  });

  test("keeps region, account and default tags of each provider configuration apart", () => {
    expect(applied["aws_sns_topic.alarms"]).toMatchObject({
      arn: "arn:aws:sns:ap-south-1:222222222222:shop-alarms",
      tags_all: { System: "shop" },
    });
    expect(applied["aws_sns_topic.edge"]).toMatchObject({
      arn: "arn:aws:sns:us-east-1:222222222222:shop-alarms",
      tags_all: { System: "edge" },
    });
  });

  test("knows tags, region and defaults while planning, and leaves to apply what AWS makes", () => {
    expect(planned["aws_vpc.main"]).toMatchObject({
      region: "ap-south-1",
      enable_dns_support: true,
      tags: { Name: "shop" },
      tags_all: { Name: "shop", System: "shop" },
    });
    expect(planned["aws_vpc.main"]).not.toHaveProperty("id");
  });

  test("plans the validation records of a certificate by name, so that for_each over them works", () => {
    expect(Object.keys(planned).filter((address) => address.startsWith("cloudflare_dns_record.validation"))).toEqual([
      'cloudflare_dns_record.validation["api.shop.example"]',
      'cloudflare_dns_record.validation["shop.example"]',
    ]);
  });

  test("makes ids, ARNs and addresses in AWS's formats that say they are fake", () => {
    const value = (address: string, attribute: string): unknown => applied[address]?.[attribute];
    expect(value("aws_vpc.main", "id")).toMatch(/^vpc-0fa4e[0-9]{12}$/);
    expect(value("aws_ecs_service.api", "id")).toBe("arn:aws:ecs:ap-south-1:222222222222:service/shop/api");
    expect(value("aws_ecs_task_definition.api", "arn")).toMatch(/^arn:aws:ecs:ap-south-1:222222222222:task-definition\/shop-api:\d+$/);
    expect(value("aws_rds_cluster.main", "endpoint")).toMatch(/^shop\.cluster-fake\d{8}\.ap-south-1\.rds\.amazonaws\.com$/);
    expect(value("aws_elasticache_replication_group.main", "primary_endpoint_address")).toMatch(
      /^master\.shop\.fake\d{2}\.ap-south-1\.cache\.amazonaws\.com$/,
    );
    expect(value("aws_lb.api", "dns_name")).toMatch(/^shop-api-\d+\.fake\.ap-south-1\.elb\.amazonaws\.com$/);
    expect(value("aws_ecr_repository.api", "repository_url")).toBe("222222222222.dkr.ecr.ap-south-1.amazonaws.com/shop/api");
    expect(value("aws_security_group.api", "name")).toMatch(/^api-rehearsal\d{17}$/);
  });

  test("gives no id twice", () => {
    const ids = Object.entries(applied)
      .filter(([address]) =>
        /^aws_(vpc|subnet|security_group|instance|ebs_volume|eip|nat_gateway|route_table|efs_mount_target)\./.test(address),
      )
      .map(([, values]) => values["id"]);
    expect(ids.length).toBeGreaterThan(9);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("answers data sources out of the rehearsal and out of the provider's configuration", () => {
    const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    expect(values).toMatchObject({
      account: "222222222222",
      zones: ["ap-south-1a", "ap-south-1b", "ap-south-1c"],
      edge_topic: "arn:aws:sns:us-east-1:222222222222:shop-alarms",
      image: "shop/api:1",
      shared: "222222222222.dkr.ecr.ap-south-1.amazonaws.com/shop/shared",
    });
    expect(values["root_volume"]).toMatch(/^vol-0fa4e/);
    expect(host.report().assumedToExist).toEqual(["aws_ami amazon al2023-ami-2023*-arm64", "aws_ecr_repository shop/shared in ap-south-1"]);
  });

  test("gives the database the very password that the secret holds", () => {
    const secretIn = (attribute: string): string | undefined => written.find((secret) => secret.attribute === attribute)?.value;
    expect(secretIn("secret_string_wo")).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(secretIn("master_password_wo")).toBe(secretIn("secret_string_wo"));
    expect(host.generatedSecrets()).toContain(secretIn("master_password_wo"));
  });

  test("leaves no generated secret in plan, state or outputs", () => {
    expect(host.generatedSecrets().length).toBeGreaterThan(0);
    for (const secret of host.generatedSecrets()) expect(texts.includes(secret)).toBe(false);
  });

  test("has facts for every type and a format for every computed attribute", () => {
    expect(host.report()).toMatchObject({
      typesWithoutFacts: [],
      guesses: [],
      skippedPatterns: [],
      placeholders: [],
      unsupportedDataSources: [],
      unsupportedEphemerals: [],
      duplicateNames: [],
    });
  });

  test("is destroyed whole, and frees its names", async () => {
    const output = await directory.must("destroy", "-input=false", "-auto-approve");
    expect(output).toMatch(/Destroy complete! Resources: \d+ destroyed\./);
    expect(await directory.stateValues()).toEqual({});
    expect(host.writtenSecrets()).toEqual([]);
  }, 30_000);
});
