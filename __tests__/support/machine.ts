import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SEARCH_PATH } from "./needs";
import { type Run, scratchFolder } from "./project";

/** Folders that a machine has for itself, empty at first. What it writes there, and in /etc, nobody else sees. */
const OWN_FOLDERS = ["/usr/local/sbin", "/run", "/var/lib", "/opt"];

/** Makes the machine's folders, in memory: a copy of /etc on a disk would take longer than most tests. */
const FURNISH = `
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
mkdir /mnt/etc /mnt/work
mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/etc,workdir=/mnt/work /etc
for folder in ${OWN_FOLDERS.join(" ")}; do
  mkdir --parents "/mnt/own$folder"
  mount --bind "/mnt/own$folder" "$folder"
done
ip link set lo up
touch /run/ready
exec sleep infinity
`;

/** Every machine that runs, by its namespace. */
const running = new Map<string, Machine>();
let made = 0;

// Also those of a test that failed before it could take them away.
afterAll(() => {
  for (const machine of running.values()) machine.remove();
});

/** One end of a cable: an interface's name, and its address with the length of its prefix. */
export interface Plug {
  readonly machine: Machine;
  readonly interface: string;
  readonly address: string;
}

/**
 * A stand-in for a server, for tests: network and mount namespaces with an /etc, a /run, a /var/lib and more of its own.
 * Programs are the real ones of this machine, but for those that a test replaces with {@link fake}.
 */
export class Machine {
  private readonly namespace = `test-${process.pid}-${made++}`;
  /** Seen from everywhere under one name: the fakes, and what the fake AWS gives out. */
  private readonly shared = scratchFolder();
  private readonly keeper: ChildProcess;

  constructor() {
    for (const folder of ["fakes", "aws"]) mkdirSync(join(this.shared, folder));
    execFileSync("ip", ["netns", "add", this.namespace]);
    running.set(this.namespace, this);
    this.keeper = spawn("ip", ["netns", "exec", this.namespace, "unshare", "--mount", "bash", "-c", FURNISH], { stdio: "ignore" });
    for (let tries = 0; !existsSync(this.inside("/run/ready")); tries++) {
      if (tries === 3000) throw new Error("the test machine does not start");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }

  /** Runs a line of bash on the machine, as root, in an environment that holds nothing of ours. */
  run(command: string): Run {
    const words = ["--target", String(this.keeper.pid), "--mount", "--net", "bash", "--norc", "-c", command];
    const path = `${join(this.shared, "fakes")}:/usr/local/sbin:${SEARCH_PATH}`;
    const result = spawnSync("nsenter", words, { cwd: "/", env: { PATH: path, FAKE_AWS: join(this.shared, "aws") }, encoding: "utf8" });
    if (result.error !== undefined) throw result.error;
    return result;
  }

  /** Runs a line of bash that must succeed. @returns what it printed. */
  must(command: string): string {
    const { status, stdout, stderr } = this.run(command);
    if (status !== 0) throw new Error(`"${command}" ended with status ${status} on the test machine: ${stderr}${stdout}`);
    return stdout;
  }

  /** Puts a script in the place of a program. */
  fake(program: string, script: string): void {
    writeFileSync(join(this.shared, "fakes", program), `#!/bin/bash\n${script}`);
    chmodSync(join(this.shared, "fakes", program), 0o755);
  }

  /** Writes a file, in one of the folders that the machine has for itself. */
  write(path: string, content: string, mode = 0o644): void {
    if (![...OWN_FOLDERS, "/etc"].some((folder) => path.startsWith(`${folder}/`)))
      throw new Error(`a test machine has no ${path} of its own`);
    const file = this.inside(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  }

  /** Sets what the fake `aws` gives out under a name; undefined makes the call fail. See {@link FAKE_AWS}. */
  setAws(name: string, value: string | undefined): void {
    const file = join(this.shared, "aws", name.replaceAll("/", "_"));
    if (value === undefined) execFileSync("rm", ["--force", file]);
    else writeFileSync(file, value);
  }

  /** Calls of the fake `aws`, one a line. */
  awsCalls(): string[] {
    const file = join(this.shared, "aws", "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  /** Ends a program that runs on the machine, as a crash would. */
  crash(program: string): void {
    for (const pid of this.pids()) {
      if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() === program) process.kill(pid, "SIGKILL");
    }
  }

  /** Ends what runs on the machine and takes the machine away. */
  remove(): void {
    running.delete(this.namespace);
    for (const pid of this.pids()) process.kill(pid, "SIGKILL");
    spawnSync("ip", ["netns", "delete", this.namespace]);
  }

  /** Where this process finds a file that the machine has at a path. */
  private inside(path: string): string {
    return `/proc/${this.keeper.pid}/root${path}`;
  }

  private pids(): number[] {
    const { stdout } = spawnSync("ip", ["netns", "pids", this.namespace], { encoding: "utf8" });
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map(Number);
  }

  /** Joins two machines with a cable. */
  static connect(one: Plug, other: Plug): void {
    const ends = ["type", "veth", "peer", "name", other.interface, "netns", other.machine.namespace];
    execFileSync("ip", ["-netns", one.machine.namespace, "link", "add", one.interface, ...ends]);
    for (const { machine, interface: name, address } of [one, other]) {
      execFileSync("ip", ["-netns", machine.namespace, "address", "add", address, "dev", name]);
      execFileSync("ip", ["-netns", machine.namespace, "link", "set", name, "up"]);
    }
  }
}

/**
 * The AWS CLI, as far as scripts on instances call it: a secret and a parameter come out of files, and every call is
 * written down. A name without a file is an error, as one is that AWS does not have.
 */
export const FAKE_AWS = `
echo "$*" >>"$FAKE_AWS/calls"
value() {
  while [[ $# -gt 1 && $1 != "$wanted" ]]; do shift; done
  file=$FAKE_AWS/$(tr / _ <<<"$2")
  if [[ ! -e $file ]]; then echo "An error occurred: $2 cannot be found" >&2; exit 254; fi
  cat "$file"
  echo
}
case "$1 $2" in
  "secretsmanager get-secret-value") wanted=--secret-id value "$@" ;;
  "ssm get-parameter") wanted=--name value "$@" ;;
  "cloudwatch put-metric-data") ;;
  *) echo "the fake aws does not know $*" >&2; exit 252 ;;
esac
`;
