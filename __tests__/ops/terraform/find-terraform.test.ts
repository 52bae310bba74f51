import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OperatorError } from "../../../ops/cli/operator-error";
import { type FindTerraformOptions, findProjectTerraform, findTerraform } from "../../../ops/terraform/find-terraform";
import { readTerraformPin, terraformVersion } from "../../../ops/terraform/terraform-version";
import { projectRoot, scratchFolder } from "../../support/project";
import { fakeContext } from "../support/fake-context";
import { fakeTerraform, type ReleaseSite, startReleaseSite } from "../support/release-site";

const pin = { version: "1.11.4", line: "1.11." };
/** The shell and what the fake programs need, without any Terraform. */
const systemPath = "/usr/bin:/bin";

function install(folder: string, version: string): string {
  const binary = join(folder, "terraform");
  mkdirSync(folder, { recursive: true });
  writeFileSync(binary, fakeTerraform(version));
  chmodSync(binary, 0o755);
  return binary;
}

let site: ReleaseSite;
beforeEach(async () => {
  site = await startReleaseSite("1.11.4");
});
afterEach(() => site.close());

/** Finds with an empty cache and the site above, unless told otherwise. */
function find(options: Partial<FindTerraformOptions> = {}): ReturnType<typeof findTerraform> {
  return findTerraform({
    env: { PATH: systemPath },
    pin,
    cacheDir: scratchFolder(),
    releasesUrl: site.url,
    onProgress: () => {},
    ...options,
  });
}

describe("Terraform is found", () => {
  test("in the variable TERRAFORM before anywhere else", async () => {
    const chosen = install(scratchFolder(), "1.11.9");
    const onPath = scratchFolder();
    install(onPath, "1.11.4");
    const found = await find({ env: { TERRAFORM: chosen, PATH: onPath } });
    expect(found).toEqual({ binary: chosen, version: "1.11.9" });
    expect(site.requests).toEqual([]);
  });

  test("on the PATH, where a release of another line is passed over", async () => {
    const old = scratchFolder();
    const right = scratchFolder();
    install(old, "1.9.8");
    const binary = install(right, "1.11.2");
    expect(await find({ env: { PATH: `${old}:${join(old, "nothing-here")}:${right}` } })).toEqual({ binary, version: "1.11.2" });
    expect(site.requests).toEqual([]);
  });

  test("on the release site when the PATH has only another line, and in the cache from then on", async () => {
    const old = scratchFolder();
    install(old, "1.9.8");
    const cacheDir = join(scratchFolder(), "not", "made", "yet");
    const env = { PATH: `${old}:${systemPath}` };
    const progress: string[] = [];
    const found = await find({ env, cacheDir, onProgress: (line) => void progress.push(line) });
    expect(found).toEqual({ binary: join(cacheDir, "1.11.4", "terraform"), version: "1.11.4" });
    expect(readFileSync(found.binary, "utf8")).toBe(fakeTerraform("1.11.4"));
    expect(readdirSync(dirname(found.binary))).toEqual(["terraform"]);
    expect(progress).toEqual([`downloading Terraform 1.11.4 from ${site.url}`]);
    expect(site.requests).toHaveLength(2);

    expect(await find({ env, cacheDir })).toEqual(found);
    expect(site.requests).toHaveLength(2);
  });

  test("anew when the cached one does not run", async () => {
    const cacheDir = scratchFolder();
    const cached = install(join(cacheDir, "1.11.4"), "1.11.4");
    writeFileSync(cached, "half a file");
    await find({ cacheDir });
    expect(await terraformVersion(cached)).toBe("1.11.4");
  });

  test("once in the user's cache folder for the whole project", async () => {
    const XDG_CACHE_HOME = scratchFolder();
    const context = fakeContext({ env: { PATH: systemPath, XDG_CACHE_HOME, TERRAFORM_RELEASES: site.url } });
    const { binary } = await findProjectTerraform(context);
    expect(binary).toBe(join(XDG_CACHE_HOME, "infrastructure", "terraform", readTerraformPin(projectRoot).version, "terraform"));
    expect(context.errors).toEqual([`downloading Terraform 1.11.4 from ${site.url}`]);
  });
});

describe("Terraform is refused", () => {
  test("when TERRAFORM names a release of another line, and no other is looked for", async () => {
    const old = install(scratchFolder(), "1.9.8");
    await expect(find({ env: { TERRAFORM: old, PATH: systemPath } })).rejects.toMatchObject({
      exitCode: 2,
      message: `the variable TERRAFORM must name a Terraform 1.11.x binary, got "${old}", which is Terraform 1.9.8; correct it, or unset it to have one found`,
    });
    expect(site.requests).toEqual([]);
  });

  test.each(["/bin/true", "/nowhere/terraform"])("when TERRAFORM names %s, which is none", async (binary) => {
    await expect(find({ env: { TERRAFORM: binary, PATH: systemPath } })).rejects.toMatchObject({
      exitCode: 2,
      message: `the variable TERRAFORM must name a Terraform 1.11.x binary, got "${binary}", which is no Terraform that runs here; correct it, or unset it to have one found`,
    });
  });

  test("when .terraform-version holds no release", () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, ".terraform-version"), "latest\n");
    expect(() => readTerraformPin(folder)).toThrow(
      new OperatorError('.terraform-version must hold a release such as 1.11.4, got "latest"; correct it'),
    );
  });

  test("when there is no .terraform-version", () => {
    expect(() => readTerraformPin(scratchFolder())).toThrow(
      new OperatorError(".terraform-version does not exist; make it, with a release such as 1.11.4 in it"),
    );
  });
});
