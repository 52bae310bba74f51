import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { zellyEnvironments } from "../../../config/zelly";
import { EXIT, OperatorError } from "../../../ops/cli/operator-error";
import { runOps } from "../../../ops/cli/run-ops";
import { registerWireguard } from "../../../ops/commands/wireguard";
import { newKeys, publicKeyOf } from "../../../ops/wireguard/keys";
import { Moto, motoIsMissing } from "../../support/moto";
import { describeWith } from "../../support/needs";
import { builtProjectCopy, run } from "../../support/project";
import { type FakeContext, fakeContext } from "../support/fake-context";

const PARAMETER = "/zelly/staging/wireguard/peers";
const SECRET = "zelly-vpn/server-key";

// Each command synthesizes every root in a process of its own, as it does for an operator.
jest.setTimeout(120_000);

describeWith({ other: motoIsMissing }, "ops wireguard, against an emulator of AWS", () => {
  const before = { ...process.env };
  const project = builtProjectCopy();
  const file = join(project, "config", "zelly-wireguard.json");
  const anna = newKeys().publicKey;
  const peers = { peer1: { publicKey: newKeys().publicKey, address: "10.10.0.2" } };
  let moto: Moto;
  let ssm: SSMClient;
  let secrets: SecretsManagerClient;

  beforeAll(async () => {
    const all = JSON.parse(readFileSync(file, "utf8"));
    // Operators change the real one. A new environment's server has no key yet.
    writeFileSync(file, JSON.stringify({ ...all, staging: { peers } }));
    moto = await Moto.start(zellyEnvironments.staging.accountId);
    // The commands make their clients as they do for an operator: from the environment.
    Object.assign(process.env, moto.env);
    ssm = new SSMClient({ region: "ap-southeast-1" });
    secrets = new SecretsManagerClient({ region: "ap-southeast-1" });
  });

  afterAll(() => {
    for (const name of Object.keys(moto?.env ?? {})) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    moto?.stop();
  });

  const ops = async (...words: string[]): Promise<FakeContext> => {
    const confirm = async (): Promise<boolean> => {
      throw new OperatorError("nobody is there to ask", EXIT.refused);
    };
    const context = fakeContext({ projectRoot: project, confirm });
    await runOps(["wireguard", ...words], context, [registerWireguard]);
    return context;
  };
  const config = () => JSON.parse(readFileSync(file, "utf8"))["staging"];
  const parameter = async () => (await ssm.send(new GetParameterCommand({ Name: PARAMETER }))).Parameter?.Value;
  const privateKey = async () => (await secrets.send(new GetSecretValueCommand({ SecretId: SECRET }))).SecretString ?? "";

  test("before the root is deployed, the server's key is refused with a sentence and status 2", async () => {
    expect(await ops("server-key", "zelly-staging")).toMatchObject({
      exitCode: 2,
      printed: [],
      errors: ["there is no secret zelly-vpn/server-key in ap-southeast-1; deploy zelly-staging first"],
    });
  });

  test("a first key goes to the secret, and its public half into config", async () => {
    await secrets.send(new CreateSecretCommand({ Name: SECRET }));
    const { exitCode, printed, errors } = await ops("server-key", "zelly-staging");
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
    expect(config()).toEqual({ serverPublicKey: publicKeyOf(await privateKey()), peers });
    expect(printed.join("\n")).not.toContain(await privateKey());
  });

  test("an added peer is live at once, and listed so", async () => {
    await ssm.send(new PutParameterCommand({ Name: PARAMETER, Type: "String", Value: "# as Terraform left it\n" }));
    expect(await ops("add", "zelly-staging", "anna", "--public-key", anna)).toMatchObject({ exitCode: 0, errors: [] });
    expect(await parameter()).toContain(`# anna\n[Peer]\nPublicKey = ${anna}\nAllowedIPs = 10.10.0.3/32\n`);
    const { printed } = await ops("list", "zelly-staging", "--json");
    expect(printed.map((document) => JSON.parse(document))).toEqual([
      {
        version: 1,
        root: "zelly-staging",
        peers: [
          { name: "peer1", ...peers.peer1, configured: true, live: true },
          { name: "anna", publicKey: anna, address: "10.10.0.3", configured: true, live: true },
        ],
      },
    ]);
  });

  // As an operator runs it: bundled, in a process of its own, whose output is read whole.
  test("a revoked peer is gone at once, and nothing is said on standard error", async () => {
    const env = { ...moto.env, HOME: project };
    const result = run(process.execPath, ["scripts/ops.mjs", "wireguard", "revoke", "zelly-staging", "anna"], { cwd: project, env });
    expect(result).toMatchObject({ status: 0, stderr: "" });
    expect(result.stdout).toBe(`config/zelly-wireguard.json no longer has anna
${PARAMETER} is changed; the server follows within a minute
Next: commit config/zelly-wireguard.json, and deploy zelly-staging.
`);
    expect(await parameter()).not.toContain(anna);
    expect(config().peers).not.toHaveProperty("anna");
  });

  test("a key that is there is not replaced without an answer", async () => {
    const [first, before] = [await privateKey(), config()];
    expect(await ops("server-key", "zelly-staging")).toMatchObject({ exitCode: 2, errors: ["nobody is there to ask"] });
    expect([await privateKey(), config()]).toEqual([first, before]);
  });

  test("a change that the configuration's own rules forbid is taken back, and the rule is passed on", async () => {
    const whole = readFileSync(file, "utf8");
    const wrong = { ...JSON.parse(whole), production: { peers: { peer1: { publicKey: anna, address: "10.99.0.2" } } } };
    writeFileSync(file, JSON.stringify(wrong));
    const { exitCode, errors } = await ops("list", "zelly-staging", "--offline");
    writeFileSync(file, whole);
    expect(exitCode).toBe(1);
    expect(errors).toEqual([
      'the configuration is not valid:\n  - zelly.production.wireguard.peers.peer1.address: must be an address from 10.10.0.2 to 10.10.0.254, got "10.99.0.2"',
    ]);
  });

  test.each([
    [["add", "zelly-staging", "Anna!", "--public-key", "x"], `letters, digits and underscores, got "Anna!"; choose another`],
    [["add", "zelly-staging", "anna", "--public-key", "x"], '--public-key must be a WireGuard public key, 32 bytes in base64, got "x"'],
    [["add", "zelly-staging", "anna"], "required option '--public-key <key>' not specified"],
  ])("wrong use %j ends with status 2 and one sentence", async (words, sentence) => {
    const { exitCode, printed, errors } = await ops(...words);
    expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: [] });
    expect(errors).toEqual([expect.stringContaining(sentence)]);
    expect(errors[0]).not.toContain("\n");
  });
});
