import { OperatorError } from "../cli/operator-error";
import { endpointBreakEven } from "./endpoint-break-even";
import type { Prices, RegionPrices } from "./prices";

const BEGIN = "<!-- prices: begin -->";
const END = "<!-- prices: end -->";
/** A network stands in as many. */
const ZONES = [1, 2, 3];

/**
 * docs/endpoints.md with the tables of prices in it as they are computed now.
 *
 * @param page the page's text, with both marks.
 * @throws {OperatorError} when the page has not exactly one place for them.
 */
export function withPriceTables(page: string, prices: Prices): string {
  const [before, between, ...more] = page.split(`${BEGIN}\n`);
  const after = between?.split(END)[1];
  if (before === undefined || after === undefined || more.length > 0)
    throw new OperatorError(
      `docs/endpoints.md: must have a line ${BEGIN} and after it ${END}, each once; put them where the tables belong`,
    );
  return `${before}${BEGIN}\n\n${priceTables(prices)}\n${END}${after}`;
}

/** For every region: when an endpoint pays, and what the numbers rest on. */
function priceTables({ regions, hoursPerMonth }: Prices): string {
  return Object.entries(regions)
    .map(([name, prices]) => `### ${name}\n\n${breakEvenTable(prices, hoursPerMonth)}\n${sourceTable(prices)}`)
    .join("\n");
}

function breakEvenTable(prices: RegionPrices, hoursPerMonth: number): string {
  const rows = ZONES.map((zones) => {
    const row = endpointBreakEven(prices, hoursPerMonth, zones);
    return [
      String(zones),
      `$${row.endpointUsd.toFixed(2)}`,
      row.repaidByGb === undefined ? "never" : `${Math.ceil(row.repaidByGb - 1e-9)} GB`,
      `$${row.gatewayUsd.toFixed(2)}`,
      String(row.endpointsForOneGateway),
      String(row.endpointsForGatewayPerZone),
    ];
  });
  const head = [
    "zones",
    "one endpoint a month",
    "repaid by, a month",
    "one NAT gateway a month",
    "endpoints for it",
    "endpoints for one in each zone",
  ];
  return table(head, rows);
}

function sourceTable(prices: RegionPrices): string {
  const rows = Object.entries(prices).map(([item, { usd, asOf, source }]) => [`\`${item}\``, `$${usd}`, asOf, source]);
  return table(["price", "USD", "as of", "source"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return [line(head), `|${head.map(() => "---").join("|")}|\n`, ...rows.map(line)].join("");
}
