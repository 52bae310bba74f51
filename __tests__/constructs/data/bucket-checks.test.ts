import type { BucketProps } from "../../../constructs/data/bucket";
import { checkBucket } from "../../../constructs/data/bucket-checks";
import { scratchApp, TestStack } from "../../support/synthesized";
import { UNPROTECTED } from "../parts";

const FIXED = { name: "shop-test-media", why: "pictures of goods", protection: "protected" } as const;

function check(props: Partial<BucketProps>): () => void {
  return () => checkBucket(new TestStack(scratchApp()), { ...FIXED, ...props });
}

describe("checkBucket", () => {
  test.each(["abc", "a-1", "a".repeat(63)])("takes the name %s", (name) => {
    expect(check({ name })).not.toThrow();
  });

  test.each(["ab", "a".repeat(64), "Media", "shop.media", "shop_media", "-media", "media-"])("refuses the name %s", (name) => {
    expect(check({ name })).toThrow(`shop-test: name must be 3 to 63 lower-case letters, digits and inner hyphens, got "${name}"`);
  });

  test.each([
    [{ noncurrentDays: 0 }, "noncurrentDays must be whole days from 1 on, got 0"],
    [{ expireDays: 1.5 }, "expireDays must be whole days from 1 on, got 1.5"],
    [{ lock: { days: 0, mode: "GOVERNANCE" } }, "lock.days must be whole days from 1 on, got 0"],
  ] as const)("refuses %j", (props, message) => {
    expect(check(props)).toThrow(`shop-test: ${message}`);
  });

  test("takes a single day everywhere", () => {
    expect(check({ noncurrentDays: 1, expireDays: 1, lock: { days: 1, mode: "GOVERNANCE" } })).not.toThrow();
  });

  test("refuses a lock that nobody can lift on a bucket that is to be thrown away", () => {
    const lock = { days: 1, mode: "COMPLIANCE", because: "the regulator asks for it" } as const;
    expect(check({ lock, protection: UNPROTECTED })).toThrow(
      'shop-test: lock.mode must be GOVERNANCE for a bucket that is to be deleted with its objects, got "COMPLIANCE"',
    );
    expect(check({ lock })).not.toThrow();
  });

  test.each([
    [["*"]],
    [["https://*.example.com"]],
    [["http://shop.example.com"]],
    [["https://shop.example.com/"]],
    [["http://localhost.example.com"]],
    [[]],
  ])("refuses the origins %j", (origins) => {
    expect(check({ cors: { origins } })).toThrow(
      `shop-test: cors.origins must be at least one origin such as https://app.example.com, without wildcards, got ${JSON.stringify(origins)}`,
    );
  });

  test.each(["https://shop.example.com", "https://shop.example.com:8443", "http://localhost", "http://localhost:5173"])(
    "takes the origin %s",
    (origin) => {
      expect(check({ cors: { origins: [origin] } })).not.toThrow();
    },
  );
});
