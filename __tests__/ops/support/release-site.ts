import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { releasePlatform } from "../../../ops/terraform/download-terraform";
import { startLoopbackServer } from "../../support/loopback-server";

/** A release site on the loopback address. */
export interface ReleaseSite {
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly requests: string[];
  /** Files by path; a test may take away or spoil any. */
  readonly files: Map<string, Buffer>;
  close(): Promise<void>;
}

/** The name of a release's archive for this platform. */
export function archiveName(version: string): string {
  return `terraform_${version}_${releasePlatform()}.zip`;
}

/** A program that answers as Terraform answers for its version. */
export function fakeTerraform(version: string): string {
  return `#!/bin/sh\necho '{"terraform_version":"${version}"}'\n`;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Starts a site that publishes one release as HashiCorp's does: an archive for this platform, and the sums. */
export async function startReleaseSite(version: string): Promise<ReleaseSite> {
  const archive = Buffer.from(zipSync({ terraform: Buffer.from(fakeTerraform(version)), "LICENSE.txt": Buffer.from("terms") }));
  const sums = `${"0".repeat(64)}  terraform_${version}_plan9_amd64.zip\n${sha256(archive)}  ${archiveName(version)}\n`;
  const files = new Map([
    [`/terraform/${version}/terraform_${version}_SHA256SUMS`, Buffer.from(sums)],
    [`/terraform/${version}/${archiveName(version)}`, archive],
  ]);
  const requests: string[] = [];
  const { url: site, close } = await startLoopbackServer(({ url = "" }, response) => {
    requests.push(url);
    const file = files.get(url);
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-length": file.length }).end(file);
  });
  return { url: `${site}/terraform`, requests, files, close };
}
