import { decode, encode } from "@msgpack/msgpack";
import { DynamicValue, UNKNOWN } from "../../../../../ops/rehearsal/provider/protocol/value";
import { conform, decodeState, decodeValue, encodeValue } from "../../../../../ops/rehearsal/provider/protocol/value-codec";
import type { AttributeType } from "../../../../../ops/rehearsal/provider/schema/schema";

const OBJECT: AttributeType = {
  object: { name: "string", ports: { set: "number" }, tags: { map: "string" }, nested: { list: { object: { on: "bool" } } } },
};

/** `d4 00 00` is an unknown value; extension 12 carries a refinement, here "not null". */
const UNKNOWN_BYTES = [0xd4, 0x00, 0x00];
const REFINED_BYTES = [0xc7, 0x03, 0x0c, 0x81, 0x01, 0xc2];

describe("values on the wire", () => {
  test("come back as they went", () => {
    const value = { name: "a", ports: [1, 2], tags: { k: "v" }, nested: [{ on: true }] };
    expect(decodeValue(encodeValue(value, OBJECT), OBJECT)).toEqual(value);
  });

  test("hold every member of an object, null included, and none that the type lacks", () => {
    expect(decode(encodeValue({ name: "a", extra: 1 }, OBJECT).msgpack)).toEqual({ name: "a", ports: null, tags: null, nested: null });
  });

  test.each([
    ["a plain unknown", UNKNOWN_BYTES],
    ["a refined unknown", REFINED_BYTES],
  ])("may be %s", (_what, bytes) => {
    expect(decodeValue({ msgpack: new Uint8Array(bytes) }, "string")).toBe(UNKNOWN);
  });

  test("write an unknown in the three bytes that Terraform reads", () => {
    expect([...encodeValue(UNKNOWN, "string").msgpack]).toEqual(UNKNOWN_BYTES);
  });

  test("hold sets in one order, each known element once, and each unknown one", () => {
    const type: AttributeType = { set: "string" };
    expect(conform(["b", "a", "b"], type)).toEqual(["a", "b"]);
    expect(conform([UNKNOWN, "a", UNKNOWN], type)).toEqual(["a", UNKNOWN, UNKNOWN]);
  });

  test("hold numbers that came as text", () => {
    expect(conform("12345678901234567890", "number")).toBe(Number("12345678901234567890"));
  });

  test("keep the type of a value of any type", () => {
    const wire = { msgpack: encode([Buffer.from('"number"'), 7]) };
    const value = decodeValue(wire, "dynamic");
    expect(value).toEqual(new DynamicValue("number", 7));
    expect(decodeValue(encodeValue(value, "dynamic"), "dynamic")).toEqual(value);
  });

  test("that do not fit their type are refused with the place", () => {
    expect(() => conform({ nested: [{ on: "yes" }] }, OBJECT)).toThrow("nested: on: expected a bool, got string");
  });
});

test("a state of another release is read: what the schema lacks is dropped, what the state lacks is null", () => {
  const json = Buffer.from(JSON.stringify({ name: "a", gone: true, ports: [2, 1] }));
  expect(decodeState(json, OBJECT)).toEqual({ name: "a", ports: [1, 2], tags: null, nested: null });
});
