import { postgresUrl, urlVersion } from "../../../constructs/data/postgres-url";

const PARTS = { user: "master", password: "pAssw0rd", host: "db.example.com", port: 5432, databaseName: "orders" };

describe("postgresUrl", () => {
  test("asks for TLS when nothing else is said", () => {
    expect(postgresUrl(PARTS)).toBe("postgres://master:pAssw0rd@db.example.com:5432/orders?sslmode=require");
  });

  test("has the driver's own scheme and parameters", () => {
    expect(postgresUrl({ ...PARTS, scheme: "postgresql+asyncpg", parameters: { ssl: "require", application_name: "the shop" } })).toBe(
      "postgresql+asyncpg://master:pAssw0rd@db.example.com:5432/orders?ssl=require&application_name=the%20shop",
    );
  });

  test("has no query without parameters", () => {
    expect(postgresUrl({ ...PARTS, parameters: {} })).toBe("postgres://master:pAssw0rd@db.example.com:5432/orders");
  });
});

describe("urlVersion", () => {
  test("is one number for one form and password, however the form is spelled", () => {
    expect(urlVersion({}, 1)).toBe(urlVersion({ scheme: "postgres", parameters: { sslmode: "require" } }, 1));
  });

  test.each([
    [{}, 2],
    [{ scheme: "postgresql" }, 1],
    [{ parameters: { sslmode: "verify-full" } }, 1],
    [{ parameters: {} }, 1],
  ])("is another number for %j and password %d", (form, passwordVersion) => {
    expect(urlVersion(form, passwordVersion)).not.toBe(urlVersion({}, 1));
  });

  test("is a whole number that Terraform takes", () => {
    for (const passwordVersion of [1, 2, 3, 1000]) {
      const version = urlVersion({}, passwordVersion);
      expect(Number.isInteger(version) && version >= 0 && version < 2 ** 32).toBe(true);
    }
  });
});
