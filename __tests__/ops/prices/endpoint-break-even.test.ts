import { endpointBreakEven } from "../../../ops/prices/endpoint-break-even";
import type { RegionPrices } from "../../../ops/prices/prices";

function prices(usd: Partial<Record<keyof RegionPrices, number>> = {}): RegionPrices {
  const all = { natGatewayHour: 0.045, natGatewayGb: 0.045, publicIpv4Hour: 0.005, endpointZoneHour: 0.01, endpointGb: 0.01, ...usd };
  const price = (value: number) => ({ usd: value, asOf: "2026-01", source: "a test" });
  return {
    natGatewayHour: price(all.natGatewayHour),
    natGatewayGb: price(all.natGatewayGb),
    publicIpv4Hour: price(all.publicIpv4Hour),
    endpointZoneHour: price(all.endpointZoneHour),
    endpointGb: price(all.endpointGb),
  };
}

describe("the break-even of an endpoint", () => {
  test.each([1, 2, 3])("in %d zones is where both ways cost the same", (zones) => {
    const { repaidByGb, endpointUsd } = endpointBreakEven(prices(), 730, zones);
    expect(endpointUsd).toBeCloseTo(7.3 * zones, 10);
    const gigabytes = repaidByGb ?? Number.NaN;
    expect(endpointUsd + gigabytes * 0.01).toBeCloseTo(gigabytes * 0.045, 8);
  });

  test("is never reached where NAT is no dearer by the gigabyte", () => {
    expect(endpointBreakEven(prices({ natGatewayGb: 0.01 }), 730, 1).repaidByGb).toBeUndefined();
    expect(endpointBreakEven(prices({ natGatewayGb: 0.005 }), 730, 1).repaidByGb).toBeUndefined();
  });

  test("counts the gateway with its address, by the hour", () => {
    expect(endpointBreakEven(prices(), 730, 2).gatewayUsd).toBeCloseTo(36.5, 10);
  });

  test.each([
    [1, 5, 5],
    [2, 2, 5],
    [3, 1, 5],
  ])("in %d zones, %d endpoints cost no more than one gateway and %d no more than one in each zone", (zones, one, each) => {
    const row = endpointBreakEven(prices(), 730, zones);
    expect([row.endpointsForOneGateway, row.endpointsForGatewayPerZone]).toEqual([one, each]);
  });

  test.each([0.0099, 0.01, 0.0101])("counts an endpoint at the gateway's exact price, and none above it: %d", (endpointZoneHour) => {
    const { endpointsForOneGateway } = endpointBreakEven(prices({ natGatewayHour: 0.005, endpointZoneHour }), 730, 1);
    expect(endpointsForOneGateway).toBe(endpointZoneHour > 0.01 ? 0 : 1);
  });

  test("is not a whole endpoint short where decimals are not exact in binary", () => {
    // 0.3 / 0.1 is 2.9999999999999996.
    const { endpointsForOneGateway } = endpointBreakEven(prices({ natGatewayHour: 0.2, publicIpv4Hour: 0.1, endpointZoneHour: 0.1 }), 1, 1);
    expect(endpointsForOneGateway).toBe(3);
  });
});
