import { withoutSecrets } from "../../../ops/validate/without-secrets";

describe("a text without what looks like a secret", () => {
  test.each([
    ["postgres://master:hunter2@db.example.com:5432/shop refused", "postgres://[removed]@db.example.com:5432/shop refused"],
    ["redis://:hunter2@cache:6379 refused", "redis://[removed]@cache:6379 refused"],
    ["Authorization: Bearer abc.def", "Authorization: [removed] [removed]"],
    ['{"password":"hunter2","user":"anna"}', '{"password":[removed],"user":"anna"}'],
    ["STRIPE_SECRET_KEY=hunter2 is refused", "STRIPE_SECRET_KEY=[removed] is refused"],
    ["api-key: 'hunter2 and more', next", "api-key: [removed], next"],
    ["db_password = hunter2;retry", "db_password = [removed];retry"],
    ["jwt eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl here", "jwt [removed] here"],
    ["user AKIAABCDEFGHIJKLMNOP denied", "user [removed] denied"],
    ["charge with sk_live_4eC39HqLyjW failed", "charge with [removed] failed"],
    ["digest 9f86d081884c7d659a2feaa0c55ad015 differs", "digest [removed] differs"],
    ["-----BEGIN PRIVATE KEY----- MIIB -----END", "[removed]"],
  ])("of %j is %j", (text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
    expect(withoutSecrets(text)).not.toContain("hunter2");
  });

  test("keeps what is ordinary", () => {
    const text = 'ERROR shop.views: no product "blue shoes" in https://shop.example.com/p/17 (500)';
    expect(withoutSecrets(text)).toBe(text);
  });

  test("is one line of at most 160 characters, cut after the secrets are out", () => {
    const text = `${"word ".repeat(30)}password=hunter2\n  and ${"more ".repeat(30)}`;
    const clean = withoutSecrets(text);
    expect(clean).toHaveLength(160);
    expect(clean).toMatch(/^[^\n]*\.\.\.$/);
    expect(clean).not.toContain("hunt");
  });
});
