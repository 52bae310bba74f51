import * as z from "zod";
import { ConfigError, fault, schemaFaults } from "../../config/config-error";

describe("ConfigError", () => {
  test("lists every fault on a line of its own", () => {
    const error = new ConfigError(["a: must be b, got c", "d: must be e, got f"]);
    expect(error.message).toBe("the configuration is not valid:\n  - a: must be b, got c\n  - d: must be e, got f");
    expect(error.name).toBe("ConfigError");
    expect(error.faults).toEqual(["a: must be b, got c", "d: must be e, got f"]);
  });
});

describe("fault", () => {
  test.each([
    ["text", '"text"'],
    [5, "5"],
    [null, "null"],
    [["a", 1], '["a",1]'],
    [{ a: true }, '{"a":true}'],
  ])("shows %j as %s", (got, shown) => {
    expect(fault(["shop", "zones", 0], "must be right", got)).toBe(`shop.zones.0: must be right, got ${shown}`);
  });
});

describe("schemaFaults", () => {
  const schema = z.strictObject({
    size: z.number().min(1, "must be 1 or more"),
    names: z.array(z.string().regex(/^[a-z]+$/, "must be lower-case letters")),
  });

  test("finds nothing in what is right", () => {
    expect(schemaFaults(["shop"], schema, { size: 1, names: ["a"] })).toEqual([]);
  });

  test("finds every fault, each by its path and with its own value", () => {
    expect(schemaFaults(["shop", "test"], schema, { size: 0, names: ["a", "B", "c", "D"] })).toEqual([
      "shop.test.size: must be 1 or more, got 0",
      'shop.test.names.1: must be lower-case letters, got "B"',
      'shop.test.names.3: must be lower-case letters, got "D"',
    ]);
  });

  test("names each key that does not belong, with its value and not its neighbours'", () => {
    expect(schemaFaults(["shop"], schema, { size: 1, names: ["a"], colour: "red", weight: 2 })).toEqual([
      'shop: must not have "colour", got "red"',
      'shop: must not have "weight", got 2',
    ]);
  });

  test("gives a key's own rule when a key is wrong, and shows the key", () => {
    const zones = z.record(z.string().regex(/^[a-f]$/, "must be the letter of a zone"), z.number());
    expect(schemaFaults(["shop", "zones"], zones, { a: 1, z: 2 })).toEqual(['shop.zones.z: must be the letter of a zone, got "z"']);
  });

  test.each([
    ["a missing value", { names: ["a"] }],
    ["a value of another type", { size: "1", names: ["a"] }],
    ["a value that is no number", { size: Number.NaN, names: ["a"] }],
  ])("speaks of %s in rules, not in the words of its library", (_what, value) => {
    const faults = schemaFaults(["shop"], schema, value);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^shop\.size: must be .+, got .+$/);
    expect(faults[0]).not.toMatch(/undefined|null|expected|Invalid/);
  });
});
