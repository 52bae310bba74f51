import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "../support/project";
import { RehearsedRoot } from "./support/rehearsed-root";
import { variablesInUse } from "./support/variables-in-use";

// The real Terraform runs here, on machines of any speed.
jest.setTimeout(120_000);

const TOKEN = "too-short-for-a-token-0123456789";
const KEY_LINES = ["-----BEGIN OPENSSH PRIVATE KEY-----", "c2VlZGVkLXByaXZhdGUta2V5LW9mLW5vYm9keQ==", "-----END OPENSSH PRIVATE KEY-----"];
const PRIVATE_KEY = KEY_LINES.join("\n");

/** Everything right; a test replaces what it is about. */
const RIGHT = {
  domain_names: '{ staging = { nova = "n.example.com", customer = "c.example.com", orion = "o.example.com", storefront = [] } }',
  bastion_ssh_public_key: '"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGV4YW1wbGU= me"',
  alert_email: '"operators@example.com"',
  cloudflare_zone_id: '"fedcba9876543210fedcba9876543210"',
} as const;

interface Given {
  /** Values in terraform.tfvars, as HCL. */
  readonly file?: Readonly<Record<string, string>>;
  /** Values in the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What Terraform says of a plan with these values, for people and for programs. */
async function planned({ file = {}, env = {} }: Given): Promise<{ readonly exitCode: number; readonly said: string }> {
  const varFile = join(scratchFolder(), "terraform.tfvars");
  const values = Object.fromEntries(Object.entries({ ...RIGHT, ...file }).filter(([name]) => env[`TF_VAR_${name}`] === undefined));
  writeFileSync(
    varFile,
    Object.entries(values)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(""),
  );
  const config = variablesInUse();
  const root = await RehearsedRoot.start([config], env);
  try {
    root.write(config);
    await root.must("init", "-no-color");
    const runs = [
      await root.run("plan", "-no-color", `-var-file=${varFile}`),
      await root.run("plan", "-json", `-var-file=${varFile}`),
      await root.run("apply", "-no-color", "-auto-approve", `-var-file=${varFile}`),
    ];
    return { exitCode: Math.min(...runs.map((run) => run.exitCode)), said: runs.map(({ stdout, stderr }) => stdout + stderr).join("\n") };
  } finally {
    await root.close();
  }
}

test("right values are planned and applied, and the public key is shown for review", async () => {
  const { exitCode, said } = await planned({});
  expect(exitCode).toBe(0);
  expect(said).toContain('public_key      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGV4YW1wbGU= me"');
  expect(said).toContain("Apply complete! Resources: 2 added");
});

describe("what may be a secret is refused without being shown", () => {
  test.each<[string, string, readonly string[], Given]>([
    ["a token in the file", "cloudflare_api_token", [TOKEN], { file: { cloudflare_api_token: `"${TOKEN}"` } }],
    ["a token in the environment", "cloudflare_api_token", [TOKEN], { env: { TF_VAR_cloudflare_api_token: TOKEN } }],
    ["a private key in the file", "bastion_ssh_public_key", KEY_LINES, { file: { bastion_ssh_public_key: `<<KEY\n${PRIVATE_KEY}\nKEY` } }],
    ["a private key in the environment", "bastion_ssh_public_key", KEY_LINES, { env: { TF_VAR_bastion_ssh_public_key: PRIVATE_KEY } }],
  ])("%s", async (_what, variable, secrets, given) => {
    const { exitCode, said } = await planned(given);
    expect(exitCode).toBe(1);
    expect(said).toContain(`var.${variable}`);
    expect(said).toContain("pattern did not match");
    for (const secret of secrets) expect(said).not.toContain(secret);
  });
});

describe("domain_names says what is wrong with it, and not what is right", () => {
  const FORM = "Every host name in domain_names must be in lower case and without a scheme or a path, such as shop.example.com.";
  const ENTRY = "The variable domain_names must have an entry for the environment staging.";

  test.each([
    ["a name with a scheme", "n.example.com", "https://n.example.com", FORM, ENTRY],
    ["no entry for the environment", "staging", "production", ENTRY, FORM],
  ])("%s", async (_what, before, after, sentence, other) => {
    const { exitCode, said } = await planned({ file: { domain_names: RIGHT.domain_names.replace(before, after) } });
    // Terraform breaks its lines.
    const text = said.replace(/\s+/g, " ");
    expect(exitCode).toBe(1);
    expect(text).toContain(sentence);
    expect(text).not.toContain(other);
  });
});
