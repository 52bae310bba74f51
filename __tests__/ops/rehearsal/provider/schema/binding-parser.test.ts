import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BindingPackage, installedBindings, readBinding } from "../../../../../ops/rehearsal/provider/schema/binding-files";
import { BindingParser } from "../../../../../ops/rehearsal/provider/schema/binding-parser";
import type { Block } from "../../../../../ops/rehearsal/provider/schema/schema";

const bindings = installedBindings();

function binding(source: string): BindingPackage {
  const found = bindings.get(source);
  if (found === undefined) throw new Error(`no binding of ${source} is installed`);
  return found;
}

const aws = binding("registry.terraform.io/hashicorp/aws");
const cloudflare = binding("registry.terraform.io/cloudflare/cloudflare");

function blockOf(pack: BindingPackage, module: string): Block {
  return new BindingParser(readBinding(pack, module) ?? "").parse();
}

describe("the schema of a binding", () => {
  test("tells required, optional and computed attributes apart", () => {
    const { attributes } = blockOf(aws, "security-group");
    const flags = (name: string) => ({ ...attributes.get(name), type: undefined, facts: undefined });
    expect(flags("arn")).toMatchObject({ required: false, optional: false, computed: true });
    expect(flags("description")).toMatchObject({ required: false, optional: true, computed: false });
    expect(flags("ingress")).toMatchObject({ required: false, optional: true, computed: true });
    expect(blockOf(aws, "subnet").attributes.get("vpc_id")).toMatchObject({ required: true, optional: false });
  });

  test("knows the types of attributes, those of the provider's own answers too", () => {
    expect(blockOf(aws, "subnet").attributes.get("map_public_ip_on_launch")?.type).toBe("bool");
    expect(blockOf(aws, "acm-certificate").attributes.get("subject_alternative_names")?.type).toEqual({ set: "string" });
    expect(blockOf(aws, "acm-certificate").attributes.get("domain_validation_options")?.type).toEqual({
      set: {
        object: { domain_name: "string", resource_record_name: "string", resource_record_type: "string", resource_record_value: "string" },
      },
    });
    expect(blockOf(aws, "api-gateway-method").attributes.get("request_parameters")?.type).toEqual({ map: "bool" });
    expect(
      blockOf(aws, "accessanalyzer-analyzer")
        .blocks.get("configuration")
        ?.block.blocks.get("unused_access")
        ?.block.attributes.get("unused_access_age")?.type,
    ).toBe("number");
  });

  test("tells blocks from attributes of object types, which need every member", () => {
    const group = blockOf(aws, "security-group");
    expect(group.blocks.has("ingress")).toBe(false);
    expect(group.attributes.get("ingress")).toMatchObject({ type: { set: { object: { self: "bool", cidr_blocks: { list: "string" } } } } });
    expect(group.attributes.get("ingress")?.nested).toBeUndefined();
    expect(blockOf(aws, "ecs-service").blocks.get("load_balancer")).toMatchObject({ nesting: "set", maxItems: 0 });
    expect(blockOf(aws, "ecs-service").blocks.get("network_configuration")).toMatchObject({ nesting: "list", maxItems: 1 });
    expect(blockOf(aws, "lb-listener").blocks.get("default_action")).toMatchObject({ nesting: "list", minItems: 1, maxItems: 0 });
    expect(group.blocks.get("timeouts")).toMatchObject({ nesting: "single" });
  });

  test("holds computed attributes inside blocks", () => {
    expect(blockOf(aws, "instance").blocks.get("root_block_device")?.block.attributes.get("volume_id")).toMatchObject({
      optional: false,
      computed: true,
    });
  });

  test("gives attributes with attributes of their own where the provider has them", () => {
    const record = blockOf(cloudflare, "dns-record").attributes.get("data");
    expect(record?.nested?.nesting).toBe("single");
    expect(record?.nested?.block.attributes.get("priority")).toMatchObject({ type: "number", optional: true });
    expect(blockOf(aws, "lexv2models-bot-version").attributes.get("locale_specification")?.nested?.nesting).toBe("map");
  });

  test("knows arguments that the bindings rename", () => {
    expect(blockOf(aws, "instance").attributes.get("get_password_data")).toMatchObject({ required: false, optional: true });
    expect(blockOf(aws, "route53-record").blocks.has("alias")).toBe(true);
  });

  test("of the provider itself is its configuration", () => {
    const { attributes, blocks } = blockOf(aws, "provider");
    expect(attributes.get("allowed_account_ids")?.type).toEqual({ set: "string" });
    expect(blocks.has("default_tags")).toBe(true);
    expect(attributes.has("alias")).toBe(false);
  });
});

/** What a module's types say of its arguments, by Terraform's name: true for a required one. */
function declaredArguments(pack: BindingPackage, module: string): Map<string, boolean> {
  const types = readFileSync(join(pack.folder, "lib", module, "index.d.ts"), "utf8");
  const body = /export interface \w+Config (?:extends cdktf\.TerraformMetaArguments )?\{\n([\s\S]*?)\n\}\n/.exec(types)?.[1] ?? "";
  const found = body.matchAll(/docs(?:\/(?:resources|data-sources)\/\w+)?#([\w-]+) [\s\S]*?\*\/\n +readonly \w+(\??):/g);
  return new Map([...found].map(([, name = "", optional]) => [name, optional === ""]));
}

test.each([aws, cloudflare])(
  "every module of $source can be read, and agrees with its types on what must be set",
  (pack) => {
    const disagreements: string[] = [];
    let count = 0;
    for (const module of readdirSync(join(pack.folder, "lib"))) {
      const code = readBinding(pack, module);
      if (code === undefined) continue;
      const { attributes, blocks } = new BindingParser(code).parse();
      for (const [name, required] of declaredArguments(pack, module)) {
        if (module === "provider" && name === "alias") continue;
        count += 1;
        const isRequired = attributes.get(name)?.required ?? (blocks.has(name) ? (blocks.get(name)?.minItems ?? 0) > 0 : undefined);
        if (isRequired !== required) disagreements.push(`${module}.${name}`);
      }
    }
    expect(count).toBeGreaterThan(2000);
    expect(disagreements).toEqual([]);
  },
  30_000,
);
