/**
 * An address of an IPv4 block, counted from its first one.
 *
 * @param cidr for example `10.10.0.0/24`.
 * @param offset 1 is the first that a host may have; in a subnet of a VPC, 2 is Amazon's name server.
 */
export function addressIn(cidr: string, offset: number): string {
  const first = (cidr.split("/")[0] ?? "").split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return [24, 16, 8, 0].map((bits) => Math.floor((first + offset) / 2 ** bits) % 256).join(".");
}
