import { parsePrices, readPrices } from "../../../ops/prices/prices";

/** The shipped file with one value changed. */
function changed(path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(readPrices()) as unknown as Record<string, unknown>;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
  parent[path.at(-1) ?? ""] = value;
  return copy;
}

const HOUR = ["regions", "us-east-1", "natGatewayHour"];

describe("the price file", () => {
  test("has the regions that systems stand in", () => {
    expect(Object.keys(readPrices().regions)).toEqual(expect.arrayContaining(["us-east-1", "ap-south-1", "ap-southeast-1"]));
  });

  test("has a month and a source for every price", () => {
    const prices = Object.values(readPrices().regions).flatMap((region) => Object.values(region));
    expect(prices).toHaveLength(15);
    for (const { asOf, source } of prices) {
      expect(asOf).toMatch(/^20\d\d-\d\d$/);
      expect(source.length).toBeGreaterThan(10);
    }
  });

  test.each([
    [
      [...HOUR, "usd"],
      0,
      "ops/prices/prices.json: regions.us-east-1.natGatewayHour.usd: Too small: expected number to be >0; correct the file",
    ],
    [[...HOUR, "usd"], "0.045", "regions.us-east-1.natGatewayHour.usd: Invalid input: expected number, received string; correct the file"],
    [[...HOUR, "asOf"], "2026-13", "regions.us-east-1.natGatewayHour.asOf: must be a month such as 2026-10; correct the file"],
    [[...HOUR, "source"], "", "regions.us-east-1.natGatewayHour.source: Too small"],
    [HOUR, undefined, "regions.us-east-1.natGatewayHour: Invalid input: expected object, received undefined; correct the file"],
    [["regions", "us-east-1", "natGatewayMinute"], {}, 'regions.us-east-1: Unrecognized key: "natGatewayMinute"; correct the file'],
    [["regions", "Ireland"], {}, "ops/prices/prices.json: regions.Ireland: "],
    [["currency"], "EUR", 'ops/prices/prices.json: currency: Invalid input: expected "USD"; correct the file'],
    [["hoursPerMonth"], 720, "ops/prices/prices.json: hoursPerMonth: Invalid input: expected 730; correct the file"],
  ])("is refused with %j = %j, by its place", (path, value, message) => {
    expect(() => parsePrices(changed(path, value))).toThrow(message);
  });

  test.each([[null], ["prices"], [[]]])("is refused when it is %j", (value) => {
    expect(() => parsePrices(value)).toThrow("ops/prices/prices.json: file: Invalid input: expected object");
  });
});
