import { Instance } from "@cdktf/provider-aws/lib/instance";
import { FAKE_AWS, Machine } from "../../../support/machine";
import { describeWith } from "../../../support/needs";
import { synthesizeTestStack, type TestStack } from "../../../support/synthesized";
import { scriptOf } from "../../../support/user-data";
import { addBastion, addClickHouse } from "../../servers";

const CLOUDWATCH_AGENT = "/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl";

/** What each server's script needs that only Amazon Linux has: packages, systemd's manager, the agent. The volume has its own tests. */
const servers = [
  { name: "the bastion", add: addBastion as (stack: TestStack) => unknown, program: "wireguard-sync", timer: "wireguard-sync.timer" },
  {
    name: "the ClickHouse server",
    add: addClickHouse as (stack: TestStack) => unknown,
    program: "clickhouse-server",
    timer: "clickhouse-sync.timer",
  },
];

function bootScript(add: (stack: TestStack) => unknown): string {
  return scriptOf(synthesizeTestStack((stack) => void add(stack)).only(Instance)["user_data"]);
}

/** Everything that a boot may leave behind, with modes and contents. */
const STATE = "cd / && find etc usr/local/sbin -type f -newer /run/ready -printf '%p %m ' -exec sha256sum {} \\; | sort";

describeWith({ programs: ["ip", "nsenter", "unshare", "sysctl"], root: true }, "a boot", () => {
  describe.each(servers)("of $name", ({ add, program, timer }) => {
    const script = bootScript(add);
    let machine: Machine;
    const calls = (): string[] => machine.must("cat /run/calls; : >/run/calls").trim().split("\n");

    beforeAll(() => {
      machine = new Machine();
      machine.fake("systemctl", 'echo "systemctl $*" >>/run/calls');
      machine.fake("rpm", "[[ -e /run/installed ]]");
      machine.fake("dnf", 'echo "dnf $*" >>/run/calls; touch /run/installed');
      machine.fake("clickhouse-volume", "");
      machine.fake("aws", FAKE_AWS);
      machine.write(CLOUDWATCH_AGENT, '#!/bin/bash\necho "agent $*" >>/run/calls\n', 0o755);
      machine.write("/etc/boot.sh", script, 0o755);
      // The files must be newer than the machine by more than the clock's step.
      machine.must("sleep 0.1; /etc/boot.sh");
    });

    afterAll(() => machine.remove());

    test("installs packages, then files, and starts its units anew, for good", () => {
      const made = calls();
      expect(made[0]).toMatch(/^dnf install --assumeyes --quiet /);
      expect(made).toContainEqual(expect.stringMatching(new RegExp(`^systemctl enable --quiet .*\\b${timer}\\b`)));
      expect(made).toContainEqual(expect.stringMatching(new RegExp(`^systemctl restart .*\\b${timer}\\b`)));
      expect(machine.must(`stat --format=%a /usr/local/sbin/${program}`).trim()).toBe("755");
      expect(machine.must("stat --format=%a /etc/instance-settings").trim()).toBe("644");
    });

    test("done again, changes no file, installs nothing and restarts nothing", () => {
      const before = machine.must(STATE);
      machine.must("/etc/boot.sh");
      expect(machine.must(STATE)).toBe(before);
      expect(before.split("\n").length).toBeGreaterThan(8);
      const made = calls().join("\n");
      expect(made).toContain("systemctl start");
      expect(made).not.toMatch(/dnf|restart/);
    });

    describeWith({ programs: ["systemd-analyze"] }, "its units", () => {
      test("hold together, as systemd reads them", () => {
        const { stderr } = machine.run("systemd-analyze verify --man=no $(ls /etc/systemd/system/{wireguard,clickhouse}* 2>/dev/null)");
        // Docker comes with its package, which is not here.
        expect(stderr.split("\n").filter((line) => line !== "" && !/docker/.test(line))).toEqual([]);
      });
    });

    test("with a changed file, restarts the units with it", () => {
      machine.must(`echo "# something else" >>/usr/local/sbin/${program}; chmod 0700 /etc/instance-settings`);
      machine.must("/etc/boot.sh");
      expect(calls().join("\n")).toContain("systemctl restart");
      expect(machine.must(`tail -1 /usr/local/sbin/${program}`)).not.toContain("something else");
      expect(machine.must("stat --format=%a /etc/instance-settings").trim()).toBe("644");
    });

    test("waits for a network that comes up late, and gives up in the end", () => {
      machine.must("rm /run/installed");
      machine.fake("sleep", 'echo "sleep $*" >>/run/calls');
      machine.fake("dnf", "[[ $(grep --count sleep /run/calls) -ge 3 ]] && touch /run/installed");
      machine.must("/etc/boot.sh");
      expect(calls().filter((call) => call === "sleep 15")).toHaveLength(3);
      machine.must("rm /run/installed");
      machine.fake("dnf", "exit 1");
      const { status, stderr } = machine.run("/etc/boot.sh");
      expect(status).toBe(1);
      expect(stderr).toContain("attempt 20 of 20 to install");
      expect(calls()).toHaveLength(20);
    });
  });
});
