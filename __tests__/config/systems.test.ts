import { allthriveFaults } from "../../config/allthrive";
import { atlasFaults } from "../../config/atlas";
import { ConfigError } from "../../config/config-error";
import { marqoFaults } from "../../config/marqo";
import { loadSystems, type Systems } from "../../config/systems";
import { zellyFaults } from "../../config/zelly";
import { withChanges } from "./with-changes";

function faultsOf(values: Systems): readonly string[] {
  try {
    loadSystems(values);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** Where every value stands, with the groups that hold it: `["staging", "network"]`. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [...(path.length > 1 ? [path] : []), ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

const SYSTEMS = loadSystems();
const FAULTS: { readonly [System in keyof Systems]: (values: Systems[System]) => readonly string[] } = {
  allthrive: allthriveFaults,
  atlas: atlasFaults,
  marqo: marqoFaults,
  zelly: zellyFaults,
};
const EACH = Object.entries(SYSTEMS).flatMap(([system, environments]: [string, object]) =>
  Object.keys(environments).map((environment) => [system as keyof Systems, environment] as const),
);

describe.each(EACH)("%s.%s", (system, environment) => {
  const told = `${system}.${environment}: must be a group of settings, got`;
  const withValue = (value: unknown): Systems => ({ ...SYSTEMS, [system]: { ...SYSTEMS[system], [environment]: value } }) as Systems;

  test.each([
    ["null", null, `${told} null`],
    ["nothing", undefined, `${told} nothing`],
    ["a text", "large", `${told} "large"`],
    ["a list", [], `${told} []`],
  ])("that is %s is one fault, and the rest is checked all the same", (_, value, fault) => {
    const faults = faultsOf(withValue(value));
    expect(faults).toContain(fault);
    // Others may need the environment: staging reads what production makes.
    for (const other of faults) expect(other).toMatch(new RegExp(`^${system}\\.`));
  });

  test("whose groups are all empty is a fault for each, and no stack trace", () => {
    const config: object = Object.entries(SYSTEMS[system]).find(([name]) => name === environment)?.[1] ?? {};
    const hollow = Object.fromEntries(Object.entries(config).map(([field, value]) => [field, typeof value === "object" ? {} : value]));
    expect(faultsOf(withValue(hollow)).length).toBeGreaterThan(5);
  });

  test("whose groups are all null is a fault for each, and no stack trace", () => {
    const config: object = Object.entries(SYSTEMS[system]).find(([name]) => name === environment)?.[1] ?? {};
    const hollow = Object.fromEntries(Object.entries(config).map(([field, value]) => [field, typeof value === "object" ? null : value]));
    expect(faultsOf(withValue(hollow)).length).toBeGreaterThan(5);
  });
});

test.each(Object.keys(SYSTEMS) as (keyof Systems)[])("%s: whatever is null, or a group where it is none, is told by its path", (system) => {
  const environments = SYSTEMS[system];
  const faults = FAULTS[system] as (values: object) => readonly string[];
  const places = placesIn(environments).map((path) => path.join("."));
  expect(places.length).toBeGreaterThan(100);
  for (const place of places) {
    for (const value of [null, { a: null }]) {
      const found = faults(withChanges<object>(environments, { [place]: value }));
      expect({ place, value, found }).toMatchObject({
        found: expect.arrayContaining([expect.stringContaining(`${system}.${place.split(".")[0]}`)]),
      });
      for (const sentence of found) expect(sentence).toMatch(/^[^\n]+: must [^\n]+, got [^\n]+$/);
    }
  }
});
