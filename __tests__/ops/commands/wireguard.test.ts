import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { loadZelly } from "../../../config/zelly";
import { newKeys, publicKeyOf } from "../../../ops/wireguard/keys";
import { Moto, motoIsMissing } from "../../support/moto";
import { describeWith } from "../../support/needs";
import { projectCopy, type Run } from "../../support/project";

const PARAMETER = "/zelly/staging/wireguard/peers";
const SECRET = "zelly-vpn/server-key";

// Each command bundles the CLI and synthesizes every root, as it does for an operator.
jest.setTimeout(120_000);

describeWith({ other: motoIsMissing }, "ops wireguard, as operators run it, against an emulator of AWS", () => {
  const project = projectCopy();
  const anna = newKeys().publicKey;
  let moto: Moto;
  let ssm: SSMClient;
  let secrets: SecretsManagerClient;

  beforeAll(async () => {
    const peers = { peer1: { publicKey: newKeys().publicKey, address: "10.10.0.2" } };
    const file = join(project, "config", "zelly-wireguard.json");
    const all = JSON.parse(readFileSync(file, "utf8"));
    // Operators change the real one.
    writeFileSync(file, JSON.stringify({ ...all, staging: { ...all.staging, peers } }));
    moto = await Moto.start(loadZelly().get("staging")?.accountId ?? "");
    const options = { region: "ap-southeast-1", endpoint: moto.url, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    ssm = new SSMClient(options);
    secrets = new SecretsManagerClient(options);
  });

  afterAll(() => moto?.stop());

  const ops = async (...words: string[]): Promise<Run> => {
    const command = promisify(execFile)(process.execPath, [join("scripts", "ops.mjs"), "wireguard", ...words], {
      cwd: project,
      env: { PATH: process.env["PATH"], HOME: project, ...moto.env },
    });
    command.child.stdin?.end();
    return command.then(
      ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
    );
  };
  const config = () => JSON.parse(readFileSync(join(project, "config", "zelly-wireguard.json"), "utf8"))["staging"];
  const parameter = async () => (await ssm.send(new GetParameterCommand({ Name: PARAMETER }))).Parameter?.Value;
  const privateKey = async () => (await secrets.send(new GetSecretValueCommand({ SecretId: SECRET }))).SecretString ?? "";

  test("before the root is deployed, the server's key is refused with a sentence and status 2", async () => {
    const { status, stdout, stderr } = await ops("server-key", "zelly-staging");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("there is no secret zelly-vpn/server-key in ap-southeast-1; deploy zelly-staging first\n");
  });

  test("a first key goes to the secret, and its public half into config", async () => {
    await secrets.send(new CreateSecretCommand({ Name: SECRET }));
    const { status, stdout } = await ops("server-key", "zelly-staging");
    expect(status).toBe(0);
    expect(config().serverPublicKey).toBe(publicKeyOf(await privateKey()));
    expect(stdout).not.toContain(await privateKey());
  });

  test("an added peer is live at once, and listed so", async () => {
    await ssm.send(new PutParameterCommand({ Name: PARAMETER, Type: "String", Value: "# as Terraform left it\n" }));
    expect((await ops("add", "zelly-staging", "anna", "--public-key", anna)).status).toBe(0);
    expect(await parameter()).toContain(`# anna\n[Peer]\nPublicKey = ${anna}\nAllowedIPs = 10.10.0.3/32\n`);
    const { stdout } = await ops("list", "zelly-staging", "--json");
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      root: "zelly-staging",
      peers: [
        { name: "peer1", publicKey: config().peers.peer1.publicKey, address: "10.10.0.2", configured: true, live: true },
        { name: "anna", publicKey: anna, address: "10.10.0.3", configured: true, live: true },
      ],
    });
  });

  test("a revoked peer is gone at once", async () => {
    const { status } = await ops("revoke", "zelly-staging", "anna");
    expect(status).toBe(0);
    expect(await parameter()).not.toContain(anna);
    expect(config().peers).not.toHaveProperty("anna");
  });

  test("a key is not replaced without an answer, and is with --yes", async () => {
    const before = await privateKey();
    const refused = await ops("server-key", "zelly-staging");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("there is no terminal to ask on");
    expect(await privateKey()).toBe(before);
    expect((await ops("server-key", "zelly-staging", "--yes")).status).toBe(0);
    expect(await privateKey()).not.toBe(before);
    expect(config().serverPublicKey).toBe(publicKeyOf(await privateKey()));
  });

  test.each([
    [["add", "zelly-staging", "Anna!", "--public-key", "x"], 2, `up to 30 letters, digits and underscores, got "Anna!"; choose another`],
    [["add", "zelly-staging", "anna", "--public-key", "x"], 1, 'must be a WireGuard public key, 32 bytes in base64, got "x"'],
    [["add", "zelly-staging", "anna"], 2, "required option '--public-key <key>' not specified"],
    [["list", "zelly-nowhere"], 2, 'no root is called "zelly-nowhere"; the roots are'],
  ])("wrong use %j ends with status %d and says why", async (words, status, message) => {
    const result = await ops(...words);
    expect(result.status).toBe(status);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/^ {4}at /m);
  });
});
