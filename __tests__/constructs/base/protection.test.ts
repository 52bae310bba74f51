import { protectionTags, tagValue } from "../../../constructs/base/protection";

describe("protectionTags", () => {
  test("tags nothing that is protected", () => {
    expect(protectionTags("protected")).toEqual({});
  });

  test("tags the reason on what is not", () => {
    expect(protectionTags({ unprotectedBecause: "staging holds no data (yet)" })).toEqual({
      UnprotectedBecause: "staging holds no data yet",
    });
  });
});

describe("tagValue", () => {
  test.each([
    ["as it is", "as it is"],
    ["rates: 5-7 @ 10:00 a=b _c/d+e.", "rates: 5-7 @ 10:00 a=b _c/d+e."],
    ['it\'s "new", really!', "its new really"],
    ["line\nbreak\tand  spaces", "line break and spaces"],
    ["Größe ändert nichts", "Größe ändert nichts"],
    ["!!!", ""],
  ])("writes %j as %j", (sentence, expected) => {
    expect(tagValue(sentence)).toBe(expected);
  });

  test("is no longer than AWS takes, 256 characters", () => {
    expect(tagValue("a".repeat(256))).toHaveLength(256);
    expect(tagValue("a".repeat(257))).toBe("a".repeat(256));
  });
});
