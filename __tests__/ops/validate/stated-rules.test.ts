import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InventoryDocument, SecurityGroupFact } from "../../../constructs/base/inventory-facts";
import { statedRules } from "../../../ops/validate/checks/security-group-checks";
import { scratchFolder, synth } from "../../support/project";

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const outdir = scratchFolder();
const { status } = synth([], { env: { CDKTF_OUTDIR: outdir } });
const roots = readdirSync(join(outdir, "inventory")).map((file) => file.replace(".json", ""));

function read(...path: string[]) {
  return JSON.parse(readFileSync(join(outdir, ...path), "utf8"));
}

/** Rules that Terraform makes for one group, in the words of {@link statedRules}. */
function madeRules(way: "in" | "out", group: string, resource: Resources, data: Resources, idOf: (address: string) => string): string[] {
  const type = `aws_vpc_security_group_${way === "in" ? "ingress" : "egress"}_rule`;
  return Object.values(resource[type] ?? {})
    .filter((rule) => rule["security_group_id"] === `\${aws_security_group.${group}.id}`)
    .flatMap((rule) => {
      const port = `${rule["ip_protocol"]} ${rule["from_port"]}`;
      const [, peer] = /^\$\{aws_security_group\.(\w+)\.id\}$/.exec(String(rule["referenced_security_group_id"])) ?? [];
      const [, list] = /^\$\{data\.aws_ec2_managed_prefix_list\.(\w+)\.id\}$/.exec(String(rule["prefix_list_id"])) ?? [];
      const each = /toset\(\[(.*)\]\)/.exec(String(rule["for_each"]))?.[1];
      const ends =
        peer !== undefined
          ? [idOf(peer)]
          : list !== undefined
            ? [data["aws_ec2_managed_prefix_list"]?.[list]?.["name"]]
            : each !== undefined
              ? JSON.parse(`[${each}]`)
              : [rule["cidr_ipv4"]];
      return ends.map((end: unknown) => `${end} on ${port}`);
    })
    .sort();
}

test("every root synthesizes", () => {
  expect({ status, roots: roots.length > 0 }).toEqual({ status: 0, roots: true });
});

test.each(roots)("in %s, validation expects just the security group rules that Terraform makes", (root) => {
  const inventory: InventoryDocument = read("inventory", `${root}.json`);
  const { resource, data = {} } = read("stacks", root, "cdk.tf.json");
  const facts = inventory.facts.filter((fact): fact is SecurityGroupFact => fact.kind === "securityGroup");
  const groups = Object.entries((resource as Resources)["aws_security_group"] ?? {});
  const factOf = (address: string) => {
    const tags = groups.find(([name]) => name === address)?.[1]["tags"] as Record<string, string> | undefined;
    return facts.find(({ name }) => name === tags?.["Name"]);
  };
  expect(groups.map(([address]) => factOf(address)?.id).sort()).toEqual(facts.map(({ id }) => id).sort());
  for (const [address] of groups) {
    const fact = factOf(address);
    if (fact === undefined) throw new Error(`${address} is not stated`);
    for (const way of ["in", "out"] as const) {
      const made = madeRules(way, address, resource, data, (peer) => factOf(peer)?.id ?? peer);
      expect({ group: fact.id, way, rules: statedRules(way, inventory, fact) }).toEqual({ group: fact.id, way, rules: made });
    }
  }
});
