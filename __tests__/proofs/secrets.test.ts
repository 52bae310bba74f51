import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { zellyEnvironments } from "../../config/zelly";
import type { ZellyConfig } from "../../config/zelly-schema";
import { scratchFolder } from "../support/project";
import { type KeptRehearsal, rehearseAndKeep } from "./support/kept-rehearsal";
import { findPrivateKeys, findValue, type Place, placesBelow, wireguardKeys } from "./support/secret-search";

// Two whole roots go through every step here, on machines of any speed.
jest.setTimeout(180_000);

const ROOTS = ["zelly-staging", "zelly-production"] as const;

/** What the operator gives to be used, in the file with values. Nobody should; who does is not betrayed. */
const TOKEN = "seeded-cloudflare-token_0123456789-abcdefghijk";

/** What the operator has in the environment, and a rehearsal has no use for. */
const trace = join(scratchFolder(), "trace.log");
const ENVIRONMENT = {
  AWS_SECRET_ACCESS_KEY: "seeded/secret+access/key/0123456789abcdef",
  AWS_SESSION_TOKEN: "seeded-session-token-0123456789abcdef",
  CLOUDFLARE_API_TOKEN: "seeded-token-of-the-shell-0123456789abcdefghij",
  TF_VAR_cloudflare_api_token: "seeded-token-of-a-variable-0123456789abcdefghij",
  TF_TOKEN_app_terraform_io: "seeded-token-of-terraform-cloud-0123456789",
};

let kept: KeptRehearsal;
let places: Readonly<Record<string, readonly Place[]>>;

beforeAll(async () => {
  kept = await rehearseAndKeep(ROOTS, `cloudflare_api_token = "${TOKEN}"\n`, { ...ENVIRONMENT, TF_LOG: "trace", TF_LOG_PATH: trace });
  const { context, report, folder } = kept;
  const outputs = report.roots.map(({ root, outputs }) => ({ name: root, bytes: Buffer.from(JSON.stringify(outputs)) }));
  places = {
    state: placesBelow(folder).filter(({ name }) => /\/(applied|terraform)\.tfstate$/.test(name)),
    "state backup": placesBelow(folder).filter(({ name }) => name.endsWith(".tfstate.backup")),
    plan: placesBelow(folder).filter(({ name }) => name.includes("plan.tfplan")),
    "plan as Terraform shows it": placesBelow(kept.shownPlans),
    outputs,
    "synthesized files": placesBelow(join(folder, "synthesized")),
    "words and output of Terraform": placesBelow(kept.logs),
    "output of the command": [...context.printed, ...context.errors].map((line) => ({ name: "a line", bytes: Buffer.from(line) })),
    "private folder": placesBelow(folder),
  };
});

test("both roots passed with secrets that were made and given, and left what there is to search", () => {
  expect(kept.context.exitCode).toBe(0);
  const given = join(kept.context.projectRoot, "terraform.tfvars.example");
  expect(readFileSync(given, "utf8")).toContain(TOKEN);
  const words = places["words and output of Terraform"]?.filter(({ name }) => name.endsWith("/words")).map(({ bytes }) => String(bytes));
  expect(words?.filter((line) => line.startsWith("apply") && line.includes(`-var-file=${given}`))).toHaveLength(ROOTS.length);
  expect(kept.report.roots.map(({ root, passed }) => [root, passed])).toEqual([...ROOTS].sort().map((root) => [root, true]));
  // Aurora's password and ClickHouse's two, made anew whenever Terraform runs.
  expect(new Set(kept.generated).size).toBeGreaterThanOrEqual(ROOTS.length * 3);
  const names = new Set(places["private folder"]?.map(({ name }) => name));
  for (const root of ROOTS) {
    for (const file of ["applied.tfstate", "terraform.tfstate", "terraform.tfstate.backup", "plan.tfplan", "cdk.tf.json"])
      expect(names).toContain(join(root, file));
    for (const entry of ["tfplan", "tfstate", "tfconfig/m-/cdk.tf.json"]) expect(names).toContain(join(root, `plan.tfplan!${entry}`));
    expect(names).toContain(join("synthesized", "stacks", root, "cdk.tf.json"));
  }
});

describe.each([
  "state",
  "state backup",
  "plan",
  "plan as Terraform shows it",
  "outputs",
  "synthesized files",
  "words and output of Terraform",
  "output of the command",
  "private folder",
])("the %s", (where) => {
  const here = (): readonly Place[] => places[where] ?? [];

  test("is there", () => {
    expect(here().reduce((bytes, place) => bytes + place.bytes.length, 0)).toBeGreaterThan(500);
  });

  test("holds no secret that was generated", () => {
    expect(kept.generated.flatMap((value) => findValue(here(), value))).toEqual([]);
  });

  test("holds no secret that was given", () => {
    expect(findValue(here(), TOKEN)).toEqual([]);
  });

  test("holds nothing of the operator's environment", () => {
    expect(Object.values(ENVIRONMENT).flatMap((value) => findValue(here(), value))).toEqual([]);
  });

  test("holds no private key, and of WireGuard's keys the public ones of the configuration alone", () => {
    expect(findPrivateKeys(here())).toEqual([]);
    const publicKeys = Object.values<ZellyConfig>(zellyEnvironments).flatMap(({ wireguard: { serverPublicKey, peers } }) => [
      serverPublicKey,
      ...Object.values(peers).map(({ publicKey }) => publicKey),
    ]);
    // The hash of a function's package is as long, and written the same way.
    const packages = placesBelow(join(kept.folder, "synthesized")).flatMap(({ bytes }) =>
      [...bytes.toString("latin1").matchAll(/"source_code_hash":\s*"([^"]{44})"/g)].map(([, hash]) => hash),
    );
    expect(wireguardKeys(here()).filter((key) => !publicKeys.includes(key) && !packages.includes(key))).toEqual([]);
  });
});

test("Terraform writes no trace, whatever the operator's own settings say", () => {
  expect(existsSync(trace)).toBe(false);
});

describe("the search finds a value that is planted", () => {
  const PLANTED = 'p"l\\a<n>t&e/d+v ü=0123456789';
  const inJson = (text: string): string => JSON.stringify({ text });
  const html = (json: string): string => json.replace(/[<>&]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`);

  /** A copy of what was kept, with one file changed. */
  function planted(file: string, change: (bytes: Buffer) => string | Uint8Array): readonly Place[] {
    const copy = scratchFolder();
    cpSync(join(kept.folder, file), join(copy, file), { recursive: true });
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file))));
    return placesBelow(copy);
  }

  const state = join("zelly-staging", "applied.tfstate");
  const config = join("synthesized", "stacks", "zelly-production", "cdk.tf.json");

  test.each([
    ["as it is", state, PLANTED, "raw"],
    ["in JSON", state, inJson(PLANTED), "JSON"],
    ["in JSON as Go writes it", state, html(inJson(PLANTED)), "JSON for HTML"],
    ["in a policy, which is JSON in JSON", config, inJson(inJson(PLANTED)), "JSON in JSON"],
    ["in a URL", config, `https://user:${encodeURIComponent(PLANTED)}@example.com`, "URL"],
    ["in a form", config, new URLSearchParams({ password: PLANTED }).toString(), "URL form"],
    ["in base64", config, Buffer.from(PLANTED).toString("base64"), "base64"],
    ["in base64 behind one character", config, Buffer.from(`:${PLANTED}`).toString("base64"), "base64"],
    ["in base64 behind two characters, before others", config, Buffer.from(`a:${PLANTED}\nmore`).toString("base64"), "base64"],
    ["in base64 for URLs", config, Buffer.from(`{${PLANTED}}`).toString("base64url"), "base64 for URLs"],
  ])("%s", (_how, file, text, form) => {
    const found = findValue(
      planted(file, (bytes) => `${bytes}\n${text}\n`),
      PLANTED,
    );
    expect(found).toContain(`${file}: as ${form}`);
  });

  test("inside a saved plan, where it is compressed", () => {
    const file = join("zelly-production", "plan.tfplan");
    const found = findValue(
      planted(file, (bytes) => {
        const entries = unzipSync(bytes);
        return zipSync({ ...entries, tfplan: Buffer.concat([entries["tfplan"] ?? Buffer.alloc(0), Buffer.from(PLANTED)]) }, { level: 9 });
      }),
      PLANTED,
    );
    expect(found).toEqual([`${file}!tfplan: as raw`]);
  });

  test.each(["RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PRIVATE KEY"])("that is a PEM file: %s", (kind) => {
    const places = planted(state, (bytes) => `${bytes}${inJson(`-----BEGIN ${kind}-----\nMIIEow\n-----END ${kind}-----\n`)}`);
    expect(findPrivateKeys(places)).toEqual([`${state}: a PEM private key`]);
  });

  test("that is a WireGuard key, in a file of wg-quick's or by itself", () => {
    const key = Buffer.alloc(32, 7).toString("base64");
    const asFile = planted(state, (bytes) => `${bytes}${inJson(`[Interface]\nPrivateKey = ${key}\n`)}`);
    expect(findPrivateKeys(asFile)).toEqual([`${state}: a WireGuard private key`]);
    expect(wireguardKeys(planted(state, (bytes) => `${bytes}${inJson(key)}`))).toContain(key);
  });
});
