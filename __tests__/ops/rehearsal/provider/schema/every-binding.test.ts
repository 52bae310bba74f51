import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ProviderHost, startProviderHost } from "../../../../../ops/rehearsal/provider/provider-host";
import { type BindingPackage, installedBindings } from "../../../../../ops/rehearsal/provider/schema/binding-files";
import type { UsedProvider, UsedType } from "../../../../../ops/rehearsal/provider/used-types";
import { PROVIDERS } from "../support/mixed-root/providers";
import { TerraformDirectory } from "../support/terraform-directory";

/** As if a root used every type that a binding has. */
function everything({ name, folder }: BindingPackage): UsedProvider {
  const modules = readdirSync(join(folder, "lib"), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== "provider",
  );
  const unused: UsedType = { declared: [], reads: new Set() };
  const data = `data-${name}-`;
  const types = (start: string, chosen: typeof modules) =>
    new Map(chosen.map((entry) => [`${name}_${entry.name.slice(start.length).replaceAll("-", "_")}`, unused]));
  return {
    resources: types(
      "",
      modules.filter((entry) => !entry.name.startsWith(data)),
    ),
    dataSources: types(
      data,
      modules.filter((entry) => entry.name.startsWith(data)),
    ),
    ephemerals: new Map(),
  };
}

describe("the schemas of every type that the bindings have", () => {
  let host: ProviderHost;
  let directory: TerraformDirectory;

  beforeAll(async () => {
    const bindings = [...installedBindings().values()];
    host = await startProviderHost({ types: new Map(bindings.map((binding) => [binding.source, everything(binding)])) });
    directory = new TerraformDirectory(host.reattach);
    directory.write({
      ...PROVIDERS,
      resource: { aws_vpc: { main: {} }, cloudflare_zone: { main: { account: { id: "a" }, name: "shop.example" } } },
    });
    await directory.must("init", "-input=false");
  }, 60_000);

  afterAll(async () => {
    directory.remove();
    await host.close();
  });

  test("stand up to Terraform's own checks of a provider", async () => {
    expect(await directory.must("validate")).toContain("The configuration is valid.");
  }, 60_000);
});
