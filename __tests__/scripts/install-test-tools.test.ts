import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWith } from "../support/needs";
import { projectRoot, type Run, run, scratchFolder } from "../support/project";

const script = join(projectRoot, "scripts", "install-test-tools.sh");

/** The script's own list of what is wanted on every machine: a program and its package on each line. */
const list = /^tools="\\\n([^"]*)"/m.exec(readFileSync(script, "utf8"))?.[1] ?? "";
const tools = list.split("\n").map((line) => ({ program: line.split(" ")[0] ?? "", name: line.split(" ")[1] ?? "" }));
const programs = tools.map(({ program }) => program);

/** Programs that come in a package with one of the list. */
const ALONGSIDE = ["e2fsck", "resize2fs", "wg-quick", "java", "keytool", "python3"];
/** Programs in packages that Debian calls essential: coreutils, util-linux, bsdutils. */
const ESSENTIAL = ["sha256sum", "unshare", "blkid", "mkswap", "wipefs", "script"];

/** A machine that has the shell's usual company and nothing else, with fakes for what would change it. */
class Machine {
  private readonly bin = join(scratchFolder(), "bin");
  private readonly log = join(this.bin, "log");

  constructor(installed: readonly string[], user: { readonly root: boolean; readonly sudo?: boolean }) {
    mkdirSync(this.bin);
    for (const program of ["cut", "env", "paste", "sed", "sort", "touch", "true"])
      symlinkSync(systemProgram(program), join(this.bin, program));
    for (const program of installed) this.program(program, "");
    this.program("id", `echo ${user.root ? 0 : 1000}`);
    this.program("sudo", user.sudo === true ? '[ "$1" != -n ] || shift\nexec "$@"' : "exit 1");
    // python3 stands for its module.
    if (installed.includes("python3-venv")) this.program("python3", "");
  }

  /** An apt-get that knows its packages from the beginning, or only after an update. */
  withPackages(known: "known" | "after update" | "never"): this {
    const programs = tools.map(
      ({ program, name }) =>
        `${name}) for p in ${program} ${program === "python3-venv" ? "python3" : ""}; do echo : > "${this.bin}/$p"; /bin/chmod +x "${this.bin}/$p"; done ;;`,
    );
    this.program(
      "apt-get",
      `echo "apt-get $* as $DEBIAN_FRONTEND" >> "${this.log}"
case $1 in update) : > "${this.bin}/updated"; exit 0 ;; esac
${known === "never" ? "exit 100" : known === "known" ? "" : `[ -e "${this.bin}/updated" ] || exit 100`}
for package do case $package in ${programs.join("\n")} esac; done`,
    );
    return this;
  }

  install(env: Record<string, string> = {}): Run & { readonly asked: string[] } {
    // Debian's folders for root hold this machine's own programs.
    const here = join(this.bin, "script.sh");
    const text = readFileSync(script, "utf8");
    expect(text).toContain(":/usr/local/sbin:/usr/sbin:/sbin");
    writeFileSync(here, text.replace(":/usr/local/sbin:/usr/sbin:/sbin", ""));
    const result = run("/bin/sh", [here], { env: { REQUIRE_TEST_TOOLS: "", ...env, PATH: this.bin } });
    return { ...result, asked: existsSync(this.log) ? readFileSync(this.log, "utf8").trimEnd().split("\n") : [] };
  }

  private program(name: string, body: string): void {
    writeFileSync(join(this.bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(this.bin, name), 0o755);
  }
}

const root = { root: true };

function systemProgram(name: string): string {
  const found = ["/usr/bin", "/bin"].map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`this machine has no ${name}`);
  return found;
}

describe("the installation of test tools", () => {
  test("does nothing where everything is there", () => {
    expect(programs).toEqual(expect.arrayContaining(["shellcheck", "wg", "mkfs.ext4", "python3-venv"]));
    expect(new Machine(programs, root).install()).toMatchObject({ status: 0, stdout: "", stderr: "", asked: [] });
  });

  test.each([
    ["as root", root],
    ["by a sudo that asks nothing", { root: false, sudo: true }],
  ])("installs what is missing, and only that, %s", (_how, user) => {
    const rest = programs.filter((program) => !["wg", "jq"].includes(program));
    expect(new Machine(rest, user).withPackages("known").install()).toMatchObject({
      status: 0,
      stderr: "",
      asked: ["apt-get install -y -q --no-install-recommends jq wireguard-tools as noninteractive"],
    });
  });

  test("asks for the list of packages only when a package is not known, and tries once more", () => {
    const { status, stderr, asked } = new Machine(
      programs.filter((program) => program !== "jq"),
      root,
    )
      .withPackages("after update")
      .install();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(asked.map((line) => line.split(" ")[1])).toEqual(["install", "update", "install"]);
  });

  test.each([
    ["may not install", { root: false }, "known"],
    ["cannot install", root, "never"],
  ] as const)("says in one sentence what is missing and which tests are skipped where it %s", (_why, user, known) => {
    const machine = new Machine(
      programs.filter((program) => !["wg", "jq"].includes(program)),
      user,
    ).withPackages(known);
    expect(machine.install()).toMatchObject({
      status: 0,
      stderr:
        "not installed: jq wg; install them for the tests of: data volumes, the VPN tunnel, which are otherwise skipped with that reason\n",
    });
  });

  test("wants what takes part in a machine's boot only where everything is required", () => {
    const { stderr } = new Machine(programs, { root: false }).install({ REQUIRE_TEST_TOOLS: "1" });
    expect(stderr).toMatch(/^not installed: cloud-init systemd-analyze; /);
  });

  test("knows every program that a test needs, or every Debian has it", () => {
    const tests = readdirSync(join(projectRoot, "__tests__"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const needed = tests.flatMap((file) => {
      const lists = readFileSync(join(projectRoot, "__tests__", file), "utf8").matchAll(/\bprograms(?:: | = )\[([^\]]*)\]/g);
      return [...lists].flatMap(([, list = ""]) => [...list.matchAll(/"([^"]+)"/g)].map(([, program = ""]) => program));
    });
    expect(needed).toContain("wireguard-go");
    const installed = [...programs, ...ALONGSIDE, "cloud-init", "systemd-analyze"];
    expect(needed.filter((program) => !installed.includes(program) && !ESSENTIAL.includes(program))).toEqual([]);
  });
});

describeWith({ programs: ["shellcheck"] }, "under shellcheck", () => {
  test.each(["scripts/install-test-tools.sh", ".ci/run"])("%s has no fault", (file) => {
    expect(run("shellcheck", [file])).toMatchObject({ status: 0, stdout: "" });
  });
});
