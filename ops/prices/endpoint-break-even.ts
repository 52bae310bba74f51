import type { RegionPrices } from "./prices";

/** When an interface endpoint is cheaper than a NAT gateway, in one region. Months of one length; prices before tax. */
export interface EndpointBreakEven {
  /** Zones that the endpoint stands in. */
  readonly zones: number;
  /** What one endpoint costs before anything passes, in US dollars a month. */
  readonly endpointUsd: number;
  /** Gigabytes a month that must move from NAT to the endpoint before it has paid for itself. `undefined`: never. */
  readonly repaidByGb: number | undefined;
  /** What NAT costs before anything passes, one gateway with its address, in US dollars a month. */
  readonly gatewayUsd: number;
  /** Endpoints that cost no more than one gateway before anything passes. */
  readonly endpointsForOneGateway: number;
  /** The same, against a gateway in each of the zones. */
  readonly endpointsForGatewayPerZone: number;
}

/**
 * What it takes for one endpoint to pay for itself.
 *
 * While a NAT gateway stays, an endpoint saves only the difference between their prices by the gigabyte. When the gateway
 * goes, its hours are saved too.
 *
 * @param zones zones that the endpoint stands in, 1 or more.
 */
export function endpointBreakEven(prices: RegionPrices, hoursPerMonth: number, zones: number): EndpointBreakEven {
  const endpointUsd = prices.endpointZoneHour.usd * zones * hoursPerMonth;
  const gatewayUsd = (prices.natGatewayHour.usd + prices.publicIpv4Hour.usd) * hoursPerMonth;
  const savedByGb = prices.natGatewayGb.usd - prices.endpointGb.usd;
  return {
    zones,
    endpointUsd,
    repaidByGb: savedByGb > 0 ? endpointUsd / savedByGb : undefined,
    gatewayUsd,
    endpointsForOneGateway: wholeTimes(gatewayUsd, endpointUsd),
    endpointsForGatewayPerZone: wholeTimes(gatewayUsd * zones, endpointUsd),
  };
}

/** How often one sum is in another. Prices are decimals: without the allowance, 0.05 × 730 × 2 holds 0.01 × 730 × 2 four times. */
function wholeTimes(whole: number, part: number): number {
  return Math.floor(whole / part + 1e-9);
}
