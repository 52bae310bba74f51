import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../../support/machine";
import { describeWith } from "../../support/needs";
import { scratchFolder } from "../../support/project";
import { newClickHouseMachine } from "./clickhouse-machine";

const MIB = 1024 * 1024;

const hash = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

/** The first sector of a disk with one partition of type Linux. */
function partitionTable(): Buffer {
  const sector = Buffer.alloc(512);
  sector.writeUInt8(0x83, 450);
  sector.writeUInt32LE(2048, 454);
  sector.writeUInt32LE(4096, 458);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

const programs = ["ip", "nsenter", "unshare", "losetup", "mkfs.ext4", "blkid", "e2fsck", "resize2fs", "mkswap", "wipefs"];

describeWith({ programs, root: true, devices: ["/dev/loop-control"] }, "clickhouse-volume, on a real block device", () => {
  let server: Machine;
  let disk: string;
  let device: string;

  beforeAll(() => {
    server = newClickHouseMachine();
  });

  beforeEach(() => {
    server.must("sed --in-place /clickhouse/d /etc/fstab");
    disk = join(scratchFolder(), "disk");
    writeFileSync(disk, "");
    truncateSync(disk, 32 * MIB);
    device = execFileSync("losetup", ["--find", "--show", disk], { encoding: "utf8" }).trim();
    server.fake("lsblk", `printf '/dev/nvme0n1 vol0root\\n${device} vol0abc\\n/dev/nvme2n1\\n'`);
  });

  afterEach(() => {
    server.run("umount /var/lib/clickhouse");
    execFileSync("losetup", ["--detach", device]);
  });

  afterAll(() => server.remove());

  test("gives an empty volume a file system, mounts it for ClickHouse, and says so to fstab", () => {
    expect(server.must("clickhouse-volume 2>&1")).toContain("volume vol-0abc is empty; it gets a file system");
    expect(server.must("findmnt --noheadings --output SOURCE,FSTYPE /var/lib/clickhouse").trim()).toMatch(
      new RegExp(`^${device}\\s+ext4$`),
    );
    expect(server.must("stat --format=%u:%g /var/lib/clickhouse").trim()).toBe("101:101");
    expect(server.must("grep clickhouse /etc/fstab")).toMatch(
      /^UUID=[0-9a-f-]{36} \/var\/lib\/clickhouse ext4 defaults,noatime,nofail 0 2\n$/,
    );
  });

  test("done again, and after a reboot, keeps the data and changes nothing", () => {
    server.must("clickhouse-volume && echo events >/var/lib/clickhouse/data");
    const fstab = server.must("cat /etc/fstab");
    expect(server.must("clickhouse-volume 2>&1")).not.toContain("it gets a file system");
    server.must("umount /var/lib/clickhouse && clickhouse-volume");
    expect(server.must("cat /var/lib/clickhouse/data")).toBe("events\n");
    expect(server.must("cat /etc/fstab")).toBe(fstab);
  });

  test("on a replaced instance, mounts the same volume with its data", () => {
    server.must("clickhouse-volume && echo events >/var/lib/clickhouse/data && umount /var/lib/clickhouse");
    const successor = newClickHouseMachine();
    try {
      successor.fake("lsblk", `echo '${device} vol0abc'`);
      expect(successor.must("clickhouse-volume >&2; cat /var/lib/clickhouse/data")).toBe("events\n");
      successor.must("umount /var/lib/clickhouse");
    } finally {
      successor.remove();
    }
  });

  test("another volume in its place gets the entry in fstab, and there is one entry only", () => {
    server.must(`clickhouse-volume && umount /var/lib/clickhouse && wipefs --all --quiet ${device}`);
    server.must("clickhouse-volume");
    const uuid = server.must(`blkid --probe --match-tag UUID --output value ${device}`).trim();
    expect(server.must("grep clickhouse /etc/fstab")).toBe(`UUID=${uuid} /var/lib/clickhouse ext4 defaults,noatime,nofail 0 2\n`);
  });

  test("a volume that has grown gets a file system that fills it", () => {
    const size = (): number => Number(server.must("df --output=size --block-size=1M /var/lib/clickhouse | tail -1"));
    server.must("clickhouse-volume");
    const before = size();
    truncateSync(disk, 64 * MIB);
    execFileSync("losetup", ["--set-capacity", device]);
    // Growing while it is mounted is left out: it takes a capability that containers seldom have.
    server.must("umount /var/lib/clickhouse && clickhouse-volume");
    expect(before).toBeLessThan(32);
    expect(size()).toBeGreaterThan(48);
  });

  test.each([
    ["a file system of another kind", () => void execFileSync("mkswap", [device]), "holds swap and not ext4"],
    ["partitions", () => writeFileSync(disk, partitionTable(), { flag: "r+" }), "holds something and not ext4"],
  ])("never formats a volume that holds %s", (_kind, spoil, message) => {
    spoil();
    const before = hash(readFileSync(disk));
    const { status, stderr } = server.run("clickhouse-volume");
    expect({ status, stderr }).toEqual({ status: 1, stderr: `volume vol-0abc ${message}; it is left alone\n` });
    expect(hash(readFileSync(disk))).toBe(before);
  });

  test("touches no other volume when its own is not attached, and says which one is missing", () => {
    server.fake("lsblk", `echo '${device} vol0other'`);
    const { status, stderr } = server.run("sleep() { :; }; export -f sleep; clickhouse-volume");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "volume vol-0abc is not attached\n" });
    expect(readFileSync(disk).every((byte) => byte === 0)).toBe(true);
  });
});
