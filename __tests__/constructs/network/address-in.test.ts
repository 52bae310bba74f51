import { addressIn } from "../../../constructs/network/address-in";

test.each([
  ["10.10.0.0/24", 1, "10.10.0.1"],
  ["10.1.0.0/16", 2, "10.1.0.2"],
  ["10.0.0.0/8", 256, "10.0.1.0"],
  ["255.255.255.0/24", 255, "255.255.255.255"],
])("in %s, number %d is %s", (cidr, offset, address) => {
  expect(addressIn(cidr, offset)).toBe(address);
});
