import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../../support/machine";
import { describeWith } from "../../support/needs";
import { run, scratchFolder } from "../../support/project";
import { newClickHouseMachine, serverFiles } from "./clickhouse-machine";

const hash = (content: string): string => createHash("sha256").update(content).digest("hex");

describeWith({ programs: ["python3"] }, "ClickHouse's configuration", () => {
  test.each(Object.keys(serverFiles).filter((path) => path.endsWith(".xml")))("in %s is well-formed XML", (path) => {
    const file = join(scratchFolder(), "config.xml");
    writeFileSync(file, serverFiles[path] ?? "");
    const parse = `import sys, xml.dom.minidom as dom; print(dom.parse("${file}").documentElement.tagName)`;
    expect(run("python3", ["-c", parse])).toMatchObject({ status: 0, stdout: "clickhouse\n" });
  });
});

describeWith({ programs: ["ip", "nsenter", "unshare", "jq", "sha256sum"], root: true }, "clickhouse-users", () => {
  const FILE = "/etc/clickhouse/users.d/users.xml";
  const auth = {
    CLICKHOUSE_WRITER_USER: "writer",
    CLICKHOUSE_WRITER_PASSWORD: "fYq0T8nR2mB6wK4vX9sD1gH3jL5pZ7cA0eU2iO4y",
    CLICKHOUSE_READER_USER: "reader",
    CLICKHOUSE_READER_PASSWORD: "k3N8bV5xC2zL9qW4eR7tY1uI6oP0aS3dF8gH5jK2",
  };
  let server: Machine;

  beforeAll(() => {
    server = newClickHouseMachine();
  });

  beforeEach(() => {
    server.must(`rm --force ${FILE}`);
    server.setAws("shop/clickhouse/auth", JSON.stringify(auth));
  });

  afterAll(() => server.remove());

  test("gives each user the hash of its password, its one privilege, and the network as its place", () => {
    server.must("clickhouse-users");
    const element = (user: "WRITER" | "READER", privilege: string): string => `    <${auth[`CLICKHOUSE_${user}_USER`]}>
      <password_sha256_hex>${hash(auth[`CLICKHOUSE_${user}_PASSWORD`])}</password_sha256_hex>
      <networks><ip>10.0.0.0/16</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants><query>GRANT ${privilege} ON analytics.*</query></grants>
    </${auth[`CLICKHOUSE_${user}_USER`]}>
`;
    expect(server.must(`cat ${FILE}`)).toBe(
      `<clickhouse>\n  <users>\n${element("WRITER", "INSERT")}${element("READER", "SELECT")}  </users>\n</clickhouse>\n`,
    );
    expect(server.must(`stat --format='%a %u %g' ${FILE}`).trim()).toBe("640 0 101");
  });

  test("leaves no password in a file, in its output or in the calls it makes", () => {
    const said = server.must("clickhouse-users 2>&1");
    const left = server.must("grep --recursive --files-with-matches --fixed-strings fYq0T8nR2mB6 /etc /run /var/lib || true");
    expect(left).toBe("");
    expect(said + server.awsCalls().join("\n")).not.toMatch(/fYq0T8nR2mB6|k3N8bV5xC2zL/);
  });

  test("writes the file anew only when something has changed", () => {
    const inode = (): string => server.must(`stat --format=%i ${FILE}`);
    expect(server.must("clickhouse-users")).toBe("took over new users\n");
    const before = inode();
    expect(server.must("clickhouse-users")).toBe("");
    expect(inode()).toBe(before);
    server.setAws("shop/clickhouse/auth", JSON.stringify({ ...auth, CLICKHOUSE_READER_PASSWORD: "rotated" }));
    expect(server.must("clickhouse-users")).toBe("took over new users\n");
    expect(server.must(`cat ${FILE}`)).toContain(hash("rotated"));
  });

  test.each([
    ["cannot be read", undefined, "cannot be found"],
    ["lacks a key", { ...auth, CLICKHOUSE_READER_PASSWORD: undefined }, "secret shop/clickhouse/auth has no CLICKHOUSE_READER_PASSWORD"],
    ["has an empty password", { ...auth, CLICKHOUSE_WRITER_PASSWORD: "" }, "secret shop/clickhouse/auth has no CLICKHOUSE_WRITER_PASSWORD"],
    ["names a user that would break the file", { ...auth, CLICKHOUSE_READER_USER: "a><b" }, "has a user name that is no plain word"],
    ["is no object", "changeme", "has no CLICKHOUSE_WRITER_USER"],
  ])("a secret that %s leaves the users as they were", (_case, secret, message) => {
    server.must("clickhouse-users");
    const before = server.must(`cat ${FILE}`);
    server.setAws("shop/clickhouse/auth", secret === undefined ? undefined : JSON.stringify(secret));
    const { status, stderr } = server.run("clickhouse-users");
    expect(status).not.toBe(0);
    expect(stderr).toContain(message);
    expect(server.must(`cat ${FILE}; ls /etc/clickhouse/users.d`)).toBe(`${before}access.xml\nusers.xml\n`);
  });
});
