import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Interrupted } from "../../../ops/cli/context";
import { type DownloadTerraformOptions, downloadTerraform, releasePlatform } from "../../../ops/terraform/download-terraform";
import { startLoopbackServer } from "../../support/loopback-server";
import { scratchFolder } from "../../support/project";
import { archiveName, fakeTerraform, type ReleaseSite, sha256, startReleaseSite } from "../support/release-site";

const version = "1.11.4";
const sumsPath = `/terraform/${version}/terraform_${version}_SHA256SUMS`;
const archivePath = `/terraform/${version}/${archiveName(version)}`;
const wayOut = "set TERRAFORM to a Terraform 1.11.4 binary, or TERRAFORM_RELEASES to a mirror that answers";

let site: ReleaseSite;
let target: string;
beforeEach(async () => {
  site = await startReleaseSite(version);
  target = join(scratchFolder(), version, "terraform");
});
afterEach(() => site.close());

function download(options: Partial<DownloadTerraformOptions> = {}): Promise<void> {
  return downloadTerraform({ version, target, releasesUrl: site.url, proxied: false, onProgress: () => {}, ...options });
}

/** What is left in the cache: nothing of a download that did not end well. */
function leftovers(): string[] {
  return existsSync(dirname(target)) ? readdirSync(dirname(target)) : [];
}

function publish(archive: Buffer): void {
  site.files.set(archivePath, archive);
  site.files.set(sumsPath, Buffer.from(`${sha256(archive)}  ${archiveName(version)}\n`));
}

describe("the download of Terraform", () => {
  test("puts an executable in its place, also from a mirror whose address ends in a slash", async () => {
    await download({ releasesUrl: `${site.url}/` });
    expect(readFileSync(target, "utf8")).toBe(fakeTerraform(version));
    expect(site.requests).toEqual([sumsPath, archivePath]);
  });

  test("gives two at once the same whole file", async () => {
    await Promise.all([download(), download(), download()]);
    expect(readFileSync(target, "utf8")).toBe(fakeTerraform(version));
    expect(leftovers()).toEqual(["terraform"]);
  });

  test("keeps nothing that has another sum than the published one", async () => {
    const spoiled = Buffer.from(site.files.get(archivePath) ?? []);
    spoiled[40] = (spoiled[40] ?? 0) ^ 1;
    const published = sha256(site.files.get(archivePath) ?? Buffer.alloc(0));
    site.files.set(archivePath, spoiled);
    await expect(download()).rejects.toMatchObject({
      exitCode: 1,
      message: `${site.url}/${version}/${archiveName(version)} has the SHA-256 sum ${sha256(spoiled)}, and not the published ${published}, so nothing of it was kept; ${wayOut}`,
    });
    expect(leftovers()).toEqual([]);
  });

  test("leaves the file alone that is there when a new one cannot be trusted", async () => {
    mkdirSync(dirname(target));
    writeFileSync(target, "the old one");
    site.files.set(archivePath, Buffer.from("not what was published"));
    await expect(download()).rejects.toThrow("so nothing of it was kept");
    expect(readFileSync(target, "utf8")).toBe("the old one");
  });

  test("fails on a release that the site does not have", async () => {
    site.files.clear();
    await expect(download()).rejects.toMatchObject({
      message: `${site.url}/${version}/terraform_${version}_SHA256SUMS answered 404; ${wayOut}`,
    });
  });

  test("fails on a release whose sums leave this platform out", async () => {
    site.files.set(sumsPath, Buffer.from(`${"0".repeat(64)}  terraform_${version}_plan9_amd64.zip\n`));
    await expect(download()).rejects.toMatchObject({
      message: `${site.url} publishes no SHA-256 sum for ${archiveName(version)}, so it cannot be trusted; ${wayOut}`,
    });
    expect(site.requests).toEqual([sumsPath]);
  });

  test("fails on an archive that was published broken", async () => {
    publish((site.files.get(archivePath) ?? Buffer.alloc(0)).subarray(0, 60));
    await expect(download()).rejects.toThrow(`${archiveName(version)} is as published and still no readable archive (`);
    expect(leftovers()).toEqual([]);
  });

  test("fails when the connection breaks half way", async () => {
    const half = await startLoopbackServer((_request, response) => {
      response.writeHead(200, { "content-length": 1000 });
      response.write("half", () => response.destroy());
    });
    try {
      await expect(download({ releasesUrl: half.url })).rejects.toThrow(
        /^http:.*_SHA256SUMS could not be fetched \(.+\); set TERRAFORM to /,
      );
    } finally {
      await half.close();
    }
  });

  test("fails when nobody answers, and says why and what to do", async () => {
    const gone = await startReleaseSite(version);
    await gone.close();
    await expect(download({ releasesUrl: gone.url })).rejects.toMatchObject({
      message: `${gone.url}/${version}/terraform_${version}_SHA256SUMS could not be fetched (connect ECONNREFUSED ${new URL(gone.url).host}); ${wayOut}`,
    });
  });

  test("says that a proxy is not used when one is set", async () => {
    site.files.clear();
    await expect(download({ proxied: true })).rejects.toThrow(`${wayOut} (HTTPS_PROXY is set, and Node's fetch does not use it)`);
  });

  test("stops when it is interrupted", async () => {
    const interruption = new AbortController();
    interruption.abort(new Interrupted("SIGINT"));
    await expect(download({ signal: interruption.signal })).rejects.toBe(interruption.signal.reason);
  });

  test.each([
    ["linux", "x64", "linux_amd64"],
    ["linux", "arm64", "linux_arm64"],
    ["darwin", "arm64", "darwin_arm64"],
  ])("knows the release for %s on %s", (os, cpu, name) => {
    expect(releasePlatform(os, cpu)).toBe(name);
  });

  test.each([
    ["win32", "x64"],
    ["linux", "ppc64"],
  ])("says that there is none for %s on %s", (os, cpu) => {
    expect(() => releasePlatform(os, cpu)).toThrow(
      `Terraform is downloaded for Linux and macOS on x64 and arm64 only, and this is ${os} on ${cpu}; install it by hand and set TERRAFORM to the binary`,
    );
  });
});
