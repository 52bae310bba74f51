import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MskPhase } from "../../constructs/streaming/msk-phase";
import { synthCluster } from "../constructs/streaming/clusters";
import { scratchFolder } from "../support/project";
import { RehearsedRoot } from "./support/rehearsed-root";
jest.setTimeout(120_000);
test("phases", async () => {
  const varFile = join(scratchFolder(), "terraform.tfvars");
  writeFileSync(varFile, "");
  const of = (phase: MskPhase) => ({ config: synthCluster({ tier: "public", phase, protection: { unprotectedBecause: "a test of phases" } }).json as never, varFile });
  const phases: MskPhase[] = ["create", { public: { to: ["203.0.113.0/24"], because: "partners send events" } }, "create", { multiVpc: { clients: [{ account: "222222222222" }] } }, { multiVpc: "off" }, "create"];
  const root = await RehearsedRoot.start(phases.map((p) => of(p).config));
  for (const phase of phases) {
    const plan = await root.plan(of(phase)) as any;
    console.log(JSON.stringify(phase), JSON.stringify((plan.resource_changes ?? plan.changes ?? Object.keys(plan))?.map?.((c: any) => c.address + " " + c.change?.actions).filter((l: string) => !l.endsWith("no-op"))));
    await root.apply(of(phase));
    const again = await root.plan(of(phase)) as any;
    console.log("again", JSON.stringify((again.resource_changes ?? [])?.map?.((c: any) => c.address + " " + c.change?.actions).filter((l: string) => !l.endsWith("no-op"))), Object.keys(again));
  }
  await root.close();
});
