import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { renderUserData, type UserDataProps } from "../../../../constructs/compute/user-data/user-data";
import { run } from "../../../support/project";
import { synthesizeTestStack, type TestStack } from "../../../support/synthesized";
import { filesOf, scriptOf } from "../../../support/user-data";

function render(props: Partial<UserDataProps> | ((stack: TestStack) => Partial<UserDataProps>)): string {
  let rendered = "";
  synthesizeTestStack((stack) => {
    const given = typeof props === "function" ? props(stack) : props;
    rendered = renderUserData(stack, { settings: {}, files: [], script: "#!/bin/bash\ntrue\n", ...given });
  });
  return rendered;
}

/** Bytes that a script of 16 KB comes to with everything around it. */
function bytesWith(settings: (stack: TestStack) => Record<string, string>): number {
  const tooLong = () => render((stack) => ({ settings: settings(stack), script: "#".repeat(16_384) }));
  expect(tooLong).toThrow("must be at most 16384 bytes");
  try {
    return tooLong().length;
  } catch (error) {
    return Number(/got (\d+)$/.exec(String(error))?.[1]);
  }
}

test("writes the settings, then the files, and then runs the script", () => {
  const script = scriptOf(render({ settings: { REGION: "eu-west-1" }, files: [{ path: "/etc/a.conf", content: "a\n" }] }));
  const settings = script.indexOf("REGION='eu-west-1'\nEND_OF_FILE\n# shellcheck source=/dev/null\n. /etc/instance-settings\n");
  expect(settings).toBeGreaterThan(0);
  expect(script.slice(settings)).toMatch(/\nwrite_file 0644 '\/etc\/a\.conf' <<'END_OF_FILE'\na\nEND_OF_FILE\ntrue\n$/);
});

test("runs the script at every boot, not only at the first", () => {
  expect(render({})).toContain("#cloud-config\ncloud_final_modules: [[scripts-user, always]]\n");
});

test.each(["plain", "two words", `it's $HOME \`id\` "quoted" \\ \${A} %{b} $\${C}`, "''", "line\nbreak"])(
  "a shell reads the setting %j as it was given",
  (value) => {
    const settings = filesOf(scriptOf(render({ settings: { VALUE: value } })))["/etc/instance-settings"];
    expect(run("bash", ["-c", `${settings}printf %s "$VALUE"`]).stdout).toBe(value);
  },
);

test("refuses a setting whose name is no shell variable, and could be a command", () => {
  expect(() => render({ settings: { "A; id": "x" } })).toThrow(
    'shop-test: settings must be named like shell variables, in capitals, got "A; id"',
  );
});

test("refuses a file with the line that would end it early", () => {
  expect(() => render({ files: [{ path: "/etc/x", content: "a\nEND_OF_FILE\nid\n" }] })).toThrow(
    'shop-test: file /etc/x must not have a line, got "END_OF_FILE"',
  );
});

test("refuses a reference outside the settings, which would reach the instance as it stands", () => {
  const volume = (stack: TestStack) => new EbsVolume(stack, "Volume", { availabilityZone: "eu-west-1a", size: 1 }).id;
  expect(() => render((stack) => ({ files: [{ path: "/etc/id", content: `ID=${volume(stack)}` }] }))).toThrow(
    "shop-test: file /etc/id must hold no value that only Terraform knows; make it a setting, got ",
  );
  expect(() => render((stack) => ({ script: `echo ${volume(stack)}` }))).toThrow(
    "shop-test: script must hold no value that only Terraform knows",
  );
});

test("refuses text that is not plain ASCII", () => {
  expect(() => render({ script: "echo \u00e4\n" })).toThrow(
    'shop-test: user data must be plain ASCII text, which cloud-init reads in one way only, got "\u00e4"',
  );
});

test("takes 16 KB and not a byte more", () => {
  const room = 16_384 - (bytesWith(() => ({})) - 16_384);
  expect(() => render({ script: "#".repeat(room) })).not.toThrow();
  expect(() => render({ script: "#".repeat(room + 1) })).toThrow(
    "shop-test: user data must be at most 16384 bytes, which is what EC2 takes, got 16385",
  );
});

test("counts 256 bytes for a value that only Terraform knows", () => {
  const volumeId = (stack: TestStack) => new EbsVolume(stack, "Volume", { availabilityZone: "eu-west-1a", size: 1 }).id;
  expect(bytesWith((stack) => ({ ID: volumeId(stack) })) - bytesWith(() => ({}))).toBe("ID=''\n".length + 256);
});
