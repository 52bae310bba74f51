import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { movedFrom } from "../../../constructs/base/moved";
import { type AddressedRoot, compareLock, differenceLine, lockOf, readLock, writeLock } from "../../../ops/addresses/address-lock";
import { STATEFUL_TYPES } from "../../../ops/addresses/stateful-types";
import { OperatorError } from "../../../ops/cli/operator-error";
import { projectRoot, scratchFolder } from "../../support/project";
import { synthesizeTestStack } from "../../support/synthesized";

const shop: AddressedRoot = {
  id: "shop-staging",
  config: {
    resource: {
      aws_rds_cluster: { orders: {} },
      aws_eip: { nat_b: {}, nat_a: {} },
      aws_security_group: { orders: {} },
    },
    data: { aws_s3_bucket: { logs: {} } },
  },
};
const lock = { "shop-staging": ["aws_eip.nat_a", "aws_eip.nat_b", "aws_rds_cluster.orders"] };

/** A root with one bucket, `Archive/Files`, which may have had another path before. */
function archive(movedFromPath?: string): AddressedRoot {
  const { json } = synthesizeTestStack((stack) => {
    const construct = new Construct(stack, "Archive");
    new S3Bucket(construct, "Files", {});
    new S3Bucket(construct, "Default", {});
    if (movedFromPath !== undefined) movedFrom(construct, movedFromPath);
  });
  return { id: "shop-test", config: json as AddressedRoot["config"] };
}

describe("the lock of addresses", () => {
  test("holds what holds state, sorted, by root", () => {
    expect(lockOf([shop, { id: "shop-production", config: {} }])).toEqual({ "shop-production": [], ...lock });
    expect(Object.keys(lockOf([shop, { id: "shop-production", config: {} }]))).toEqual(["shop-production", "shop-staging"]);
  });

  test("is the same after it was written and read", () => {
    const file = join(scratchFolder(), "addresses.lock.json");
    writeLock(file, lock);
    expect(readLock(file)).toEqual(lock);
    expect(readFileSync(file, "utf8")).toMatch(/\n$/);
  });

  test("is undefined when there is no file, and a sentence for the operator when a merge has broken it", () => {
    const file = join(scratchFolder(), "addresses.lock.json");
    expect(readLock(file)).toBeUndefined();
    writeFileSync(file, "<<<<<<< HEAD\n");
    expect(() => readLock(file)).toThrow(
      new OperatorError(
        'addresses.lock.json is no JSON, as a merge may leave it; take the version of the main branch, then run "ops addresses"',
      ),
    );
  });

  test.each(Object.entries(STATEFUL_TYPES))("knows %s, which the provider has, and what would be lost: %s", (type, what) => {
    const [provider = "", ...words] = type.split("_");
    const bindings = join(projectRoot, "node_modules", "@cdktf", `provider-${provider}`, "lib", words.join("-"));
    expect([bindings, existsSync(bindings)]).toEqual([bindings, true]);
    expect(what).toMatch(/^\S.{5,}[^.]$/);
  });
});

describe("the comparison with the lock", () => {
  test("finds nothing when every address is where it was", () => {
    expect(compareLock(lock, [shop])).toEqual([]);
  });

  test("names an address that is gone and one that is new", () => {
    const renamed = { ...shop, config: { resource: { aws_rds_cluster: { sales: {} }, aws_eip: { nat_a: {}, nat_b: {} } } } };
    expect(compareLock(lock, [renamed]).map(differenceLine)).toEqual([
      'shop-staging: aws_rds_cluster.orders is gone without a moved block, and with it the rows; call movedFrom(construct, "Old/Path") in the stack, or run "ops addresses --write" to give it up',
      'shop-staging: aws_rds_cluster.sales is not in addresses.lock.json; run "ops addresses --write" to lock it',
    ]);
  });

  test("names every address of a root that is gone or new", () => {
    expect(compareLock({ "shop-old": ["aws_eip.nat"] }, [shop]).map(({ root, address, kind }) => `${root} ${address} ${kind}`)).toEqual([
      "shop-old aws_eip.nat lost",
      "shop-staging aws_eip.nat_a new",
      "shop-staging aws_eip.nat_b new",
      "shop-staging aws_rds_cluster.orders new",
    ]);
  });

  test("loses nothing when one line of code says where a construct was before", () => {
    const before = lockOf([archive()]);
    expect(before).toEqual({ "shop-test": ["aws_s3_bucket.archive", "aws_s3_bucket.archive_files"] });
    const old = { "shop-test": ["aws_s3_bucket.storage_old", "aws_s3_bucket.storage_old_files"] };
    expect(compareLock(old, [archive()]).filter(({ kind }) => kind === "lost")).toHaveLength(2);
    expect(compareLock(old, [archive("Storage/Old")]).filter(({ kind }) => kind === "lost")).toEqual([]);
  });

  test("follows several moves, but not one that leads nowhere", () => {
    const moved = [
      { from: "aws_eip.first", to: "aws_eip.second" },
      { from: "aws_eip.second", to: "aws_eip.nat_a" },
      { from: "aws_eip.lost", to: "aws_eip.nowhere" },
    ];
    const root = { id: "shop", config: { resource: { aws_eip: { nat_a: {} } }, moved } };
    expect(compareLock({ shop: ["aws_eip.first", "aws_eip.lost", "aws_eip.nat_a", "aws_eip.second"] }, [root])).toEqual([
      { root: "shop", address: "aws_eip.lost", kind: "lost" },
    ]);
  });
});
