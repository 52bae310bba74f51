import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where programs are looked for. Debian keeps some of them where only root's PATH looks. */
export const SEARCH_PATH = [process.env["PATH"] ?? "", "/usr/local/sbin", "/usr/sbin", "/sbin"].join(delimiter);

/** What a group of tests needs of the machine. */
export interface Needs {
  readonly programs?: readonly string[];
  /** Network and mount namespaces of its own with folders in memory, which as a rule only root may make. */
  readonly root?: boolean;
  readonly devices?: readonly string[];
  /** Something else: says why it is not there, or undefined when it is. */
  readonly other?: () => string | undefined;
}

/**
 * A group of tests that needs something of the machine. Where that is not there, the group is skipped and its title says
 * why; with REQUIRE_TEST_TOOLS=1 it fails instead.
 */
export function describeWith(needs: Needs, title: string, body: () => void): void {
  const reason = whatIsMissing(needs);
  if (reason === undefined) {
    describe(title, body);
  } else if (process.env["REQUIRE_TEST_TOOLS"] === "1") {
    describe(title, () => {
      test("has what it needs", () => {
        throw new Error(reason);
      });
    });
  } else {
    describe.skip(`${title} (skipped: ${reason})`, body);
  }
}

/** Lays a folder in memory over one that is there. */
const OWN_FOLDER =
  "mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work && mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc";

function whatIsMissing({ programs = [], root = false, devices = [], other }: Needs): string | undefined {
  const absent = [...programs.filter((program) => !isInstalled(program)), ...devices.filter((device) => !existsSync(device))];
  if (absent.length > 0) return `no ${absent.join(", ")} on this machine`;
  if (root && spawnSync("unshare", ["--mount", "--net", "sh", "-c", OWN_FOLDER]).status !== 0) return "this user may not make namespaces";
  return other?.();
}

function isInstalled(program: string): boolean {
  return SEARCH_PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
