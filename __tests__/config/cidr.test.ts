import { addressText, contains, overlap, parseCidr } from "../../config/cidr";

describe("parseCidr", () => {
  test.each([
    ["10.0.0.0/16", 0x0a_00_00_00, 0x0a_00_ff_ff],
    ["0.0.0.0/0", 0, 0xff_ff_ff_ff],
    ["255.255.255.255/32", 0xff_ff_ff_ff, 0xff_ff_ff_ff],
    ["192.168.1.128/25", 0xc0_a8_01_80, 0xc0_a8_01_ff],
    ["128.0.0.0/1", 0x80_00_00_00, 0xff_ff_ff_ff],
    ["10.10.0.2/32", 0x0a_0a_00_02, 0x0a_0a_00_02],
  ])("reads %s, both ends included", (text, first, last) => {
    expect(parseCidr(text)).toEqual({ first, last });
  });

  test.each([
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/016",
    "10.0.0/16",
    "10.0.0.0.0/16",
    "10.0.0.256/32",
    "10.0.0.010/32",
    "10.0.0.1/16",
    "10.0.0.0/16 ",
    " 10.0.0.0/16",
    "10.0.0.0/16\n",
    "fd00::/8",
    "a.b.c.d/16",
  ])("takes %j for no block", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

test.each(["0.0.0.0", "10.10.0.2", "128.0.0.1", "255.255.255.255"])("addressText writes %s as parseCidr has read it", (address) => {
  expect(addressText(parseCidr(`${address}/32`)?.first ?? -1)).toBe(address);
});

/** Blocks and how they lie to one another: apart, one in the other, or the same. */
const PAIRS: readonly (readonly [a: string, b: string, overlap: boolean, contains: boolean])[] = [
  ["10.0.0.0/16", "10.0.0.0/16", true, true],
  ["10.0.0.0/16", "10.0.255.0/24", true, true],
  ["10.0.0.0/16", "10.0.0.0/20", true, true],
  ["10.0.0.0/16", "10.0.0.0/8", true, false],
  ["10.0.0.0/16", "10.1.0.0/16", false, false],
  ["10.0.0.0/16", "9.255.255.255/32", false, false],
  ["10.0.0.0/20", "10.0.16.0/20", false, false],
  ["0.0.0.0/0", "203.0.113.7/32", true, true],
  ["203.0.113.7/32", "203.0.113.8/32", false, false],
];

describe("overlap and contains", () => {
  test.each(PAIRS)("%s and %s overlap: %s, and the first contains the second: %s", (a, b, overlaps, inside) => {
    expect(overlap(a, b)).toBe(overlaps);
    expect(overlap(b, a)).toBe(overlaps);
    expect(contains(a, b)).toBe(inside);
  });

  test("say no of what is no block", () => {
    for (const wrong of ["", "10.0.0.1/16", "all"]) {
      expect(overlap("10.0.0.0/16", wrong)).toBe(false);
      expect(overlap(wrong, wrong)).toBe(false);
      expect(contains("0.0.0.0/0", wrong)).toBe(false);
      expect(contains(wrong, "10.0.0.0/16")).toBe(false);
    }
  });
});
