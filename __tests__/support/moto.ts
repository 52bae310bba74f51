import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { awsClientEnv } from "./aws-client-env";
import { freePort } from "./free-port";
import { stopAfterTests } from "./stop-after-tests";

/** An emulator of AWS, in Python. @see https://docs.getmoto.org/en/latest/docs/server_mode.html */
const PACKAGE = "moto[server]==5.2.5";
/** In the user's cache, where downloaded Terraform releases are too: 300 MB that need not be fetched for every clone. */
const FOLDER = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "infrastructure", "moto-5.2.5");
const SERVER = join(FOLDER, "bin", "moto_server");

/**
 * Installs the emulator, once.
 *
 * @returns why it cannot be had; undefined when it is there.
 */
export function motoIsMissing(): string | undefined {
  if (existsSync(SERVER)) return undefined;
  for (const [program, ...words] of [
    ["python3", "-m", "venv", "--clear", FOLDER],
    [join(FOLDER, "bin", "pip"), "install", "--quiet", "--disable-pip-version-check", PACKAGE],
  ]) {
    const { status, error, stderr } = spawnSync(program ?? "", words, { encoding: "utf8" });
    if (status !== 0) return `${PACKAGE} cannot be installed: ${error?.message ?? stderr.trim().split("\n").at(-1)}`;
  }
  return existsSync(SERVER) ? undefined : `${PACKAGE} brings no moto_server`;
}

/** A running emulator, on a port of the loopback address that was free. */
export class Moto {
  private constructor(
    private readonly server: ChildProcess,
    readonly url: string,
  ) {}

  /** @param accountId whose account it plays. */
  static async start(accountId: string): Promise<Moto> {
    const port = await freePort();
    const env = { ...process.env, MOTO_ACCOUNT_ID: accountId };
    const server = spawn(SERVER, ["--host", "127.0.0.1", "--port", String(port)], { stdio: "ignore", env });
    const moto = new Moto(server, `http://127.0.0.1:${port}`);
    stopAfterTests(moto);
    for (let tries = 0; tries < 1200; tries++) {
      const answer = await fetch(`${moto.url}/moto-api/data.json`).catch(() => undefined);
      if (answer?.ok === true) return moto;
      await new Promise((done) => setTimeout(done, 25));
    }
    moto.stop();
    throw new Error("moto does not answer");
  }

  /** Variables by which AWS's own clients find the emulator, with credentials that open nothing. */
  get env(): Record<string, string> {
    return awsClientEnv(this.url);
  }

  stop(): void {
    this.server.kill();
  }
}
