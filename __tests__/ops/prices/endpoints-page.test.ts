import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENDPOINT_SERVICES } from "../../../constructs/network/interface-endpoints";
import { endpointBreakEven } from "../../../ops/prices/endpoint-break-even";
import { withPriceTables } from "../../../ops/prices/endpoints-page";
import { readPrices } from "../../../ops/prices/prices";
import { projectRoot } from "../../support/project";

const FILE = join(projectRoot, "docs", "endpoints.md");

test("docs/endpoints.md has the tables that the price file gives; npm run ops -- docs --write makes it so", () => {
  const page = readFileSync(FILE, "utf8");
  expect(withPriceTables(page, readPrices())).toBe(page);
});

test("docs/endpoints.md has a row for every service that can have an endpoint, and for no other", () => {
  const rows = [...readFileSync(FILE, "utf8").matchAll(/^\| `([a-z.]+)` \| /gm)].map(([, service]) => service);
  expect(rows.sort()).toEqual([...ENDPOINT_SERVICES].sort());
});

test.each(Object.entries(readPrices().regions))(
  "in %s four endpoints cost more than one gateway, and no more than one in each zone, as the page says",
  (_name, region) => {
    for (const zones of [2, 3]) {
      const row = endpointBreakEven(region, readPrices().hoursPerMonth, zones);
      expect(row.endpointsForOneGateway).toBeLessThan(4);
      expect(row.endpointsForGatewayPerZone).toBeGreaterThanOrEqual(4);
    }
  },
);

test("tables replace only what stands between the marks", () => {
  const page = withPriceTables("Before\n<!-- prices: begin -->\nstale text\n<!-- prices: end -->\nAfter\n", readPrices());
  expect(page).toMatch(/^Before\n<!-- prices: begin -->\n\n### us-east-1\n[\s\S]*\n<!-- prices: end -->\nAfter\n$/);
  expect(page).not.toContain("stale text");
  expect(withPriceTables(page, readPrices())).toBe(page);
});

test("a price that changes, changes the page", () => {
  const { regions, ...rest } = readPrices();
  const region = regions["us-east-1"];
  if (region === undefined) throw new Error("us-east-1 has no prices");
  const page = (natGatewayGb: number) =>
    withPriceTables("<!-- prices: begin -->\n<!-- prices: end -->\n", {
      ...rest,
      regions: { "us-east-1": { ...region, natGatewayGb: { ...region.natGatewayGb, usd: natGatewayGb } } },
    });
  expect(page(0.045)).toContain("| 1 | $7.30 | 209 GB |");
  expect(page(0.083)).toContain("| 1 | $7.30 | 100 GB |");
  expect(page(0.01)).toContain("| 1 | $7.30 | never |");
});

test.each(["", "<!-- prices: begin -->\n", "<!-- prices: begin -->\n<!-- prices: begin -->\n<!-- prices: end -->\n"])(
  "a page without one place for the tables is refused: %j",
  (page) => {
    expect(() => withPriceTables(page, readPrices())).toThrow(
      "docs/endpoints.md: must have a line <!-- prices: begin --> and after it <!-- prices: end -->, each once; put them where the tables belong",
    );
  },
);
