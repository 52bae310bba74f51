import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { projectRoot, type Run, run, scratchFolder } from "../support/project";

const SOURCES = {
  "handlers/greet/handler.ts":
    'import { name } from "../name";\nimport { word } from "words";\nexport const handler = () => `${word} ${name}`;\n',
  "handlers/leave/handler.ts": 'import { name } from "../name";\nexport const handler = () => `bye ${name}`;\n',
  "handlers/ask/handler.ts":
    'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";\nexport const handler = () => DynamoDBClient.name;\n',
  "handlers/name.ts": 'export const name = "user";\n',
  "node_modules/words/package.json": '{ "name": "words", "main": "index.js" }',
  "node_modules/words/index.js": 'exports.word = "hello";\n',
  "node_modules/.package-lock.json": "{}",
  "tsconfig.json": "{}",
};

/** A project of three handlers, with the real build. */
class Project {
  readonly root = scratchFolder();

  constructor() {
    for (const [path, text] of Object.entries(SOURCES)) this.write(path, text);
    mkdirSync(join(this.root, "scripts"));
    for (const script of ["esbuild.mjs", "build-handlers.mjs"])
      cpSync(join(projectRoot, "scripts", script), join(this.root, "scripts", script));
    for (const name of ["esbuild", "@esbuild", "fflate"])
      symlinkSync(join(projectRoot, "node_modules", name), join(this.root, "node_modules", name));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  build(env: Record<string, string> = {}): Run {
    const script = 'import { buildHandlers } from "./scripts/build-handlers.mjs"; process.stdout.write(buildHandlers().join());';
    return run(process.execPath, ["--input-type=module", "-e", script], { cwd: this.root, env });
  }

  /** Every zip, as hex digits. */
  zips(): Record<string, string> {
    const folder = join(this.root, "dist", "handlers");
    const files = readdirSync(folder).filter((file) => file !== "record.json");
    return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file)).toString("hex")]));
  }

  /** Which zips a step changes, adds or removes; undefined when nothing was built at all. */
  changedBy(step: () => void): string[] | undefined {
    const record = join(this.root, "dist", "handlers", "record.json");
    const [before, built] = [this.zips(), statSync(record).ino];
    step();
    expect(this.build()).toMatchObject({ status: 0, stderr: "" });
    const after = this.zips();
    if (statSync(record).ino === built) return undefined;
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((file) => before[file] !== after[file]).sort();
  }

  /** What is in a zip. */
  unpack(name: string): Record<string, Uint8Array> {
    return unzipSync(readFileSync(join(this.root, "dist", "handlers", `${name}.zip`)));
  }
}

let project: Project;
beforeEach(() => {
  project = new Project();
  expect(project.build()).toEqual(expect.objectContaining({ status: 0, stdout: "ask,greet,leave", stderr: "" }));
});

describe("a handler's package", () => {
  test("holds one file with all of its code, but for the AWS SDK", () => {
    const files = project.unpack("ask");
    expect(Object.keys(files)).toEqual(["handler.js"]);
    expect(strFromU8(files["handler.js"] ?? new Uint8Array())).toContain('require("@aws-sdk/client-dynamodb")');
    expect(strFromU8(project.unpack("greet")["handler.js"] ?? new Uint8Array())).not.toMatch(/require\("(?!node:)/);
  });

  test("has the same bytes from another folder, in another time zone and another language", () => {
    for (const TZ of ["Pacific/Apia", "America/St_Johns"]) {
      const other = new Project();
      expect(other.build({ TZ, LANG: "de_DE.UTF-8" })).toMatchObject({ status: 0 });
      expect(other.zips()).toEqual(project.zips());
    }
  });

  test("can be read by whoever runs it", () => {
    const zip = readFileSync(join(project.root, "dist", "handlers", "greet.zip"));
    const central = zip.indexOf(Buffer.from("PK\x01\x02", "latin1"));
    // Made on Unix; the upper half of the external attributes is the file's mode.
    expect([zip.readUInt8(central + 5), (zip.readUInt32LE(central + 38) >>> 16).toString(8)]).toEqual([3, "100644"]);
  });
});

describe("the build of handlers", () => {
  test("does nothing when nothing has changed", () => {
    expect(project.changedBy(() => undefined)).toBeUndefined();
  });

  test("packs a changed handler anew, and leaves the bytes of the others", () => {
    expect(project.changedBy(() => project.write("handlers/leave/handler.ts", 'export const handler = () => "gone";\n'))).toEqual([
      "leave.zip",
    ]);
  });

  test("follows what handlers import", () => {
    expect(project.changedBy(() => project.write("handlers/name.ts", 'export const name = "friend";\n'))).toEqual([
      "greet.zip",
      "leave.zip",
    ]);
  });

  test("follows a package that was changed where it is installed", () => {
    expect(project.changedBy(() => project.write("node_modules/words/index.js", 'exports.word = "hi";\n'))).toEqual(["greet.zip"]);
  });

  test("looks again when other packages are installed", () => {
    expect(project.changedBy(() => project.write("node_modules/.package-lock.json", '{ "other": true }'))).toEqual([]);
  });

  test("looks again when a file appears that may be imported instead of another", () => {
    project.write("handlers/name/index.ts", 'export const name = "folder";\n');
    project.remove("handlers/name.ts");
    project.build();
    expect(project.changedBy(() => project.write("handlers/name.ts", 'export const name = "file";\n'))).toEqual(["greet.zip", "leave.zip"]);
  });

  test("packs a new handler, and removes the package of one that is gone", () => {
    expect(project.changedBy(() => project.write("handlers/stay/handler.ts", "export const handler = () => 1;\n"))).toEqual(["stay.zip"]);
    expect(project.changedBy(() => project.remove("handlers/leave"))).toEqual(["leave.zip"]);
  });

  test.each([
    ["every package is gone", () => project.remove("dist")],
    ["the record is gone", () => project.remove("dist/handlers/record.json")],
    ["one package is gone", () => project.remove("dist/handlers/greet.zip")],
    ["a package is damaged", () => project.write("dist/handlers/greet.zip", "half a zi")],
  ])("makes the same bytes again when %s", (_what, damage) => {
    const before = project.zips();
    damage();
    expect(project.build()).toMatchObject({ status: 0 });
    expect(project.zips()).toEqual(before);
  });

  test("says what does not compile and where, keeps the last packages, and leaves nothing half done", () => {
    const before = project.zips();
    project.write("handlers/greet/handler.ts", 'import { gone } from "./gone";\nexport const handler = () => gone;\n');
    const { status, stderr } = project.build();
    expect(status).toBe(1);
    expect(stderr).toContain('Could not resolve "./gone"');
    expect(stderr).toContain("handlers/greet/handler.ts:1:21");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(project.zips()).toEqual(before);
  });

  test("is content without any handler", () => {
    project.remove("handlers");
    expect(project.build()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(project.zips()).toEqual({});
  });
});
