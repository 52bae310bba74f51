import { Construct } from "constructs";
import { fitName, NAME_LIMIT, physicalName } from "../../../constructs/base/physical-name";
import { scratchApp, TestStack } from "../../support/synthesized";

/** Names that share their first hundred characters. */
function longNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${"shop-production-orders-".repeat(5)}${index}`);
}

describe("physicalName", () => {
  test("is the system's prefix and the path, in lower case with hyphens", () => {
    const database = new Construct(new Construct(new TestStack(scratchApp()), "OrdersAPI"), "Reporting_Database");
    expect(physicalName(database, NAME_LIMIT.databaseIdentifier)).toBe("shop-test-orders-api-reporting-database");
  });

  test("leaves out the ids that add nothing", () => {
    const database = new Construct(new TestStack(scratchApp()), "Database");
    expect(physicalName(new Construct(database, "Default"), NAME_LIMIT.role)).toBe("shop-test-database");
  });

  test("follows the system's own prefix", () => {
    const stack = new TestStack(scratchApp(), { namePrefix: "shp_eu" });
    expect(physicalName(new Construct(stack, "Api"), NAME_LIMIT.role)).toBe("shp-eu-api");
  });

  test("refuses a construct outside the systems' stacks, naming it", () => {
    const app = scratchApp();
    expect(() => physicalName(new Construct(app, "Stray"), NAME_LIMIT.role)).toThrow(
      "No stack could be identified for the construct at path 'Stray'",
    );
  });
});

describe("fitName", () => {
  test.each(Object.entries(NAME_LIMIT).filter(([, limit]) => limit > 9))(
    "keeps a name of exactly %s's limit, and shortens one more",
    (_kind, limit) => {
      const fits = "a".repeat(limit);
      expect(fitName(fits, limit)).toBe(fits);
      const shortened = fitName(`${fits}a`, limit);
      expect(shortened).toHaveLength(limit);
      expect(shortened).toMatch(/^a+-[0-9a-f]{8}$/);
    },
  );

  test("gives every long name a name of its own, however alike they begin", () => {
    const names = longNames(500);
    for (const limit of [NAME_LIMIT.loadBalancer, NAME_LIMIT.replicationGroup, NAME_LIMIT.role, NAME_LIMIT.databaseIdentifier]) {
      const fitted = names.map((name) => fitName(name, limit));
      expect(new Set(fitted).size).toBe(names.length);
      for (const name of fitted) expect(name).toMatch(/^shop-production-[a-z0-9-]*[a-z0-9]-[0-9a-f]{8}$/);
      expect(Math.max(...fitted.map((name) => name.length))).toBeLessThanOrEqual(limit);
    }
  });

  test("ends a shortened name in the first digits of the SHA-256 of the full one", () => {
    expect(fitName("shop-production-storefront-application-balancer", 32)).toBe("shop-production-storefr-a303a1a9");
  });

  test("puts no two hyphens before the hash, which databases refuse", () => {
    expect(fitName("shop-production-database-of-orders", 25)).toMatch(/^shop-production-[0-9a-f]{8}$/);
  });
});
