import { DeployedRoot } from "./support/deployed-root";
import { inventoryOfRoot } from "./support/inventory-of-root";

jest.setTimeout(120_000);
test("x", async () => {
  const t = Date.now();
  const root = await DeployedRoot.of(inventoryOfRoot("allthrive-staging"));
  console.log("deployed", Date.now() - t);
  const t2 = Date.now();
  const f = await root.validate();
  console.log("validated", Date.now() - t2, root.stage.asked.length, f.length);
  console.log(
    f
      .filter((x) => x.verdict !== "ok")
      .map((x) => JSON.stringify(x))
      .join("\n"),
  );
  console.log(
    f
      .filter((x) => x.verdict === "ok")
      .map((x) => `${x.heading} ${x.what} | ${x.found}`)
      .join("\n"),
  );
  await root.stop();
});
