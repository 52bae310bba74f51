import { Bucket } from "../../constructs/data/bucket";
import { type ProviderHost, startProviderHost } from "../../ops/rehearsal/provider/provider-host";
import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { usedTypes } from "../../ops/rehearsal/provider/used-types";
import { addDatabase } from "../constructs/data/postgres-parts";
import { UNPROTECTED } from "../constructs/parts";
import { TerraformDirectory } from "../ops/rehearsal/provider/support/terraform-directory";
import { synthesizeTestStack } from "../support/synthesized";
import { findValue, placesBelow } from "./support/secret-search";

// Two applies and two plans of the real Terraform, on machines of any speed.
jest.setTimeout(120_000);

/** A database with its URL, and a bucket with everything that a bucket can have. */
function root(passwordVersion: number): TerraformJson {
  const { json } = synthesizeTestStack((stack) => {
    const database = addDatabase(stack, { passwordVersion, protection: UNPROTECTED });
    database.urlSecret("Url", { secretName: "shop/url", key: "DATABASE_URL" });
    new Bucket(stack, "Media", {
      name: "shop-test-media",
      why: "pictures of goods",
      protection: UNPROTECTED,
      tiering: "intelligent",
      expireDays: 400,
      lock: { days: 1, mode: "GOVERNANCE" },
      cors: { origins: ["https://shop.example.com"] },
    });
  });
  // The state stays in the test's own folder.
  const { backend: _s3, ...terraform } = json["terraform"] as Record<string, unknown>;
  return { ...json, terraform } as TerraformJson;
}

describe("a database with its URL, and a bucket", () => {
  let host: ProviderHost;
  let directory: TerraformDirectory;

  beforeAll(async () => {
    host = await startProviderHost({ types: usedTypes([root(1)]) });
    directory = new TerraformDirectory(host.reattach);
    directory.write(root(1));
    await directory.must("init", "-input=false");
    await directory.must("apply", "-input=false", "-auto-approve");
  });

  afterAll(async () => {
    directory.remove();
    await host.close();
  });

  /** The master password that the database has now. */
  const password = (): string => onlyOne(host.writtenSecrets().filter(({ attribute }) => attribute === "password_wo"));
  /** What the secrets hold now that applications read. */
  const holding = (key: string): unknown =>
    JSON.parse(onlyOne(host.writtenSecrets().filter(({ value }) => value.startsWith("{") && value.includes(`"${key}"`))))[key];
  const onlyOne = (found: readonly { readonly value: string }[]): string => {
    const [first] = found;
    if (first === undefined || found.length > 1) throw new Error(`expected one written value, found ${found.length}`);
    return first.value;
  };
  /** Files that hold what Terraform remembers and plans. */
  const keptPlaces = () => placesBelow(directory.path).filter(({ name }) => /tfstate|^plan/.test(name));

  test("are at rest after an apply", async () => {
    expect(await directory.plannedActions()).toEqual({});
  });

  test("share one password, which the URL has word for word", () => {
    expect(password()).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(holding("DB_PASSWORD")).toBe(password());
    expect(new URL(String(holding("DATABASE_URL")))).toMatchObject({
      protocol: "postgres:",
      username: "master",
      password: password(),
      host: `${holding("DB_HOST")}:5432`,
      pathname: "/orders",
      search: "?sslmode=require",
    });
  });

  test("leave the password in no state and no plan", async () => {
    await directory.plannedActions();
    expect(keptPlaces().map(({ name }) => name)).toEqual(expect.arrayContaining(["plan", "terraform.tfstate"]));
    expect(host.generatedSecrets()).toContain(password());
    expect(host.generatedSecrets().flatMap((value) => findValue(keptPlaces(), value))).toEqual([]);
  });

  test("get another password together, when its number is raised, and nothing else changes", async () => {
    const before = password();
    directory.write(root(2));
    const planned = await directory.plannedActions();
    expect(Object.fromEntries(Object.entries(planned).map(([address, { actions }]) => [address, actions]))).toEqual({
      "aws_db_instance.database": "update",
      "aws_secretsmanager_secret_version.database_password_stored": "delete create",
      "aws_secretsmanager_secret_version.database_secret_value": "delete create",
      "aws_secretsmanager_secret_version.database_url_value": "delete create",
    });
    await directory.must("apply", "-input=false", "plan");
    expect(password()).not.toBe(before);
    expect(holding("DB_PASSWORD")).toBe(password());
    expect(String(holding("DATABASE_URL"))).toContain(`:${password()}@`);
    expect([before, password()].flatMap((value) => findValue(keptPlaces(), value))).toEqual([]);
    expect(await directory.plannedActions()).toEqual({});
  });

  test("go when they are told to", async () => {
    await directory.must("destroy", "-input=false", "-auto-approve");
    expect(await directory.stateValues()).toEqual({});
  });
});
