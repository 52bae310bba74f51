import { ValuePath } from "../../../../../ops/rehearsal/provider/protocol/value-path";

const INSIDE_SET = ValuePath.of("rule").element().attribute("action").index(0);

test("a path reads as an operator writes it", () => {
  expect(String(ValuePath.of("volume").index(0).attribute("name"))).toBe("volume[0].name");
  expect(String(ValuePath.of("tags").key("Name"))).toBe('tags["Name"]');
  expect(String(INSIDE_SET)).toBe("rule[*].action[0]");
});

test("a path ends at a set on the wire, since an element of a set has no place", () => {
  expect(INSIDE_SET.toWire()).toEqual({ steps: [{ attribute: "rule" }] });
  expect(ValuePath.of("volume").index(0).attribute("name").toWire()).toEqual({
    steps: [{ attribute: "volume" }, { index: 0 }, { attribute: "name" }],
  });
});
