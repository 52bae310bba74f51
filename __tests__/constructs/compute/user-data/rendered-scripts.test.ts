import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { realTerraform } from "../../../ops/support/terraform";
import { describeWith } from "../../../support/needs";
import { run, scratchFolder } from "../../../support/project";
import { synthesizeTestStack } from "../../../support/synthesized";
import { filesOf, scriptOf } from "../../../support/user-data";
import { addNetwork } from "../../parts";
import { once } from "../../readings";
import { addBastion, addClickHouse } from "../../servers";

const synthesized = synthesizeTestStack((stack) => {
  const network = addNetwork(stack);
  addBastion(stack, { network });
  addClickHouse(stack, { network });
});
const servers = Object.entries(synthesized.byName(Instance)).map(([name, { user_data }]) => ({ name, userData: String(user_data) }));

function inFile(text: string): string {
  const file = join(scratchFolder(), "text");
  writeFileSync(file, text);
  return file;
}

test("there are two servers to look at", () => {
  expect(servers.map(({ name }) => name)).toEqual(["bastion", "clickhouse"]);
});

/** A volume's id as no shell would like it. */
const VOLUME = `vol-0'12 "34`;

/** What Terraform makes of every server's user data, in one run. */
const throughTerraform = once(async (): Promise<Readonly<Record<string, string>>> => {
  const terraform = await realTerraform();
  const known = servers.map(({ name, userData }) => [
    name,
    { value: userData.replaceAll("aws_ebs_volume.clickhouse_data.id", "var.volume") },
  ]);
  const cwd = scratchFolder();
  const env = { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
  const config = { variable: { volume: { default: VOLUME } }, output: Object.fromEntries(known) };
  writeFileSync(join(cwd, "main.tf.json"), JSON.stringify(config));
  expect(run(terraform, ["apply", "-auto-approve", "-no-color"], { cwd, env }).stderr.slice(0, 300)).toBe("");
  const outputs = Object.entries(JSON.parse(run(terraform, ["output", "-json"], { cwd, env }).stdout));
  return Object.fromEntries(outputs.map(([name, output]) => [name, String((output as { value: unknown }).value)]));
});

describe.each(servers)("user data of $name", ({ name, userData }) => {
  const script = scriptOf(userData);
  const files = filesOf(script);
  const shellFiles = Object.keys(files).filter((path) => path.startsWith("/usr/local/sbin/"));

  test("fits into EC2's 16 KB, even with long values in the place of references", () => {
    expect(userData.replace(/[^$]\$\{[^}]*\}/g, "x".repeat(64)).length).toBeLessThanOrEqual(16_384);
  });

  test("holds nothing that looks like a private key or a password", () => {
    expect(userData).not.toMatch(/PRIVATE KEY|PrivateKey = [A-Za-z0-9+/]|<password>|PASSWORD=/);
  });

  describeWith({ programs: ["shellcheck"] }, "under shellcheck", () => {
    test("the boot script has no fault", () => {
      expect(run("shellcheck", [inFile(script)]).stdout).toBe("");
    });

    test.each(shellFiles)("%s has no fault", (path) => {
      expect(run("shellcheck", [inFile(files[path] ?? "")]).stdout).toBe("");
    });
  });

  test("through Terraform it arrives byte by byte, its quotes, dollars and braces as they were", async () => {
    const text = (await throughTerraform())[name] ?? "";
    const intended = script.replace(/\$\{replace\(aws_ebs_volume\.clickhouse_data\.id, .*\)\}/, () => VOLUME.replaceAll("'", `'"'"'`));
    expect(text.split("MIME-Version: 1.0\n\n").at(-1)).toBe(`${intended}\n--part-of-user-data--\n`);
  });

  describeWith({ programs: ["cloud-init"] }, "in cloud-init", () => {
    test("it is a configuration and a script, and the configuration is valid", () => {
      const read = [
        "import sys, json",
        "from cloudinit import helpers",
        "from cloudinit.user_data import UserDataProcessor",
        "message = UserDataProcessor(helpers.Paths({})).process(sys.stdin.buffer.read())",
        "parts = [part for part in message.walk() if not part.is_multipart()]",
        "print(json.dumps([[part.get_content_type(), part.get_payload(decode=True).decode()] for part in parts]))",
      ];
      const result = run("bash", ["-c", `/usr/bin/python3 -c '${read.join("\n")}' <'${inFile(userData)}'`]);
      const [config, boot] = JSON.parse(result.stdout || "[]") as [string, string][];
      expect(config).toEqual(["text/cloud-config", expect.stringMatching(/^#cloud-config\n/)]);
      expect(boot?.[0]).toBe("text/x-shellscript");
      expect(boot?.[1].replaceAll("$${", "${")).toBe(script);
      expect(run("cloud-init", ["schema", "--config-file", inFile(config?.[1] ?? "")]).stdout).toContain("Valid cloud-config");
    });
  });
});
