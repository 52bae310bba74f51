import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { EXPORTS, MULTI_VPC } from "../config/atlas-values";
import { type EnvironmentName, EXPORT_ADDRESSES, PUBLIC, synthesizeWith } from "../stacks/atlas-roots";
import { packHandlers } from "../support/packed-handlers";
import { scratchFolder } from "../support/project";
import { CREATED, DESTROYED, UPDATED } from "./support/change";
import type { PlannedChange } from "./support/plan";
import { RehearsedRoot } from "./support/rehearsed-root";

// The real Terraform applies whole roots here, on machines of any speed.
jest.setTimeout(240_000);
beforeAll(packHandlers);

const CLUSTER = "aws_msk_cluster.msk";
const CLIENT = { account: "666666666666", consume: { topics: ["events.raw"], group: "partner" } };

/** One phase after another, in one state: what each plan changes, and where the brokers are once it is applied. */
class Deployments {
  private constructor(
    private readonly root: RehearsedRoot,
    private readonly configs: ReadonlyMap<object, TerraformJson>,
    private readonly varFile: string,
  ) {}

  /** @param phases values of each deployment, the first of which is applied. */
  static async start(environment: EnvironmentName, phases: readonly object[]): Promise<Deployments> {
    const configs = new Map(phases.map((values) => [values, synthesizeWith(environment, { ...values }).json as TerraformJson]));
    const varFile = join(scratchFolder(), "terraform.tfvars");
    writeFileSync(varFile, 'alert_email = "operators@example.com"\n');
    const deployments = new Deployments(await RehearsedRoot.start([...configs.values()]), configs, varFile);
    const [first] = configs.values();
    if (first === undefined) throw new Error("there is no first deployment");
    await deployments.root.apply({ config: first, varFile });
    return deployments;
  }

  /** Plans a deployment, and then applies it. @returns everything that the plan changes. */
  async deploy(values: object): Promise<Record<string, PlannedChange | undefined>> {
    const config = this.configs.get(values);
    if (config === undefined) throw new Error("it is none of the deployments");
    const plan = await this.root.plan({ config, varFile: this.varFile });
    await this.root.must("apply", "-no-color", "-auto-approve", `-var-file=${this.varFile}`);
    return Object.fromEntries(plan.changed.map((address) => [address, plan.find(address)]));
  }

  /** Exit status of a plan of what is applied: 0 when it would change nothing. */
  async planAgain(): Promise<number> {
    return (await this.root.run("plan", "-no-color", "-detailed-exitcode", `-var-file=${this.varFile}`)).exitCode;
  }

  /** Ports of the brokers' addresses, by the outputs that have them. */
  async brokerPorts(): Promise<Record<string, string[]>> {
    const outputs = JSON.parse(await this.root.must("output", "-json")) as Record<string, { value: string }>;
    const brokers = Object.entries(outputs).filter(([name]) => name.startsWith("bootstrap_brokers_"));
    return Object.fromEntries(
      brokers.map(([name, { value }]) => [
        name.replace("bootstrap_brokers_", ""),
        [...new Set(value.split(",").map((host) => host.split(":")[1] ?? ""))],
      ]),
    );
  }

  close(): Promise<void> {
    return this.root.close();
  }
}

describe("staging, from its first deployment to public brokers and back", () => {
  const CREATE = { "msk.phase": "create" };
  const OPENED = { "msk.phase": PUBLIC };
  const RULE = 'aws_vpc_security_group_ingress_rule.msk_from_clients_public_iam["203.0.113.0/24"]';
  let staging: Deployments;

  beforeAll(async () => {
    staging = await Deployments.start("staging", [CREATE, OPENED]);
  });
  afterAll(() => staging?.close());

  test("it begins private, and a second plan is empty", async () => {
    expect(await staging.brokerPorts()).toEqual({ internal: ["9098"] });
    expect(await staging.planAgain()).toBe(0);
  });

  test("public access changes the cluster where it is, lets the named addresses in, and brings their brokers' addresses", async () => {
    expect(await staging.deploy(OPENED)).toEqual({ [CLUSTER]: UPDATED, [RULE]: CREATED });
    expect(await staging.brokerPorts()).toEqual({ internal: ["9098"], public: ["9198"] });
    expect(await staging.planAgain()).toBe(0);
  });

  test("and ends the same way", async () => {
    expect(await staging.deploy(CREATE)).toEqual({ [CLUSTER]: UPDATED, [RULE]: DESTROYED });
    expect(await staging.brokerPorts()).toEqual({ internal: ["9098"] });
    expect(await staging.planAgain()).toBe(0);
  });
});

describe("prod, from its first deployment to other networks, with exports, and back", () => {
  const CREATE = { "msk.phase": "create" };
  const OPENED = { "msk.phase": { multiVpc: { clients: [CLIENT] } } };
  const EXPORTING = { "msk.phase": MULTI_VPC, exports: EXPORTS };
  const ENDED = { "msk.phase": { multiVpc: "off" } };
  const POLICY = "aws_msk_cluster_policy.msk_policy";
  let prod: Deployments;

  beforeAll(async () => {
    prod = await Deployments.start("prod", [CREATE, OPENED, EXPORTING, ENDED]);
  });
  afterAll(() => prod?.close());

  test("multi-VPC connectivity changes the cluster where it is, and gives it a policy and addresses for the others", async () => {
    expect(await prod.brokerPorts()).toEqual({ internal: ["9098"] });
    expect(await prod.deploy(OPENED)).toEqual({ [CLUSTER]: UPDATED, [POLICY]: CREATED });
    const { internal, vpc_connectivity, ...others } = await prod.brokerPorts();
    expect({ internal, others }).toEqual({ internal: ["9098"], others: {} });
    expect(vpc_connectivity).toEqual([expect.stringMatching(/^140\d\d$/)]);
    expect(await prod.planAgain()).toBe(0);
  });

  test("exports leave the cluster alone, change its policy, and add what is theirs", async () => {
    const created = Object.fromEntries(EXPORT_ADDRESSES.map((address) => [address, CREATED]));
    expect(await prod.deploy(EXPORTING)).toEqual({ [POLICY]: UPDATED, ...created });
    expect(await prod.planAgain()).toBe(0);
  });

  test("and all of it ends with the cluster where it was", async () => {
    const destroyed = Object.fromEntries([POLICY, ...EXPORT_ADDRESSES].map((address) => [address, DESTROYED]));
    expect(await prod.deploy(ENDED)).toEqual({ [CLUSTER]: UPDATED, ...destroyed });
    expect(await prod.brokerPorts()).toEqual({ internal: ["9098"] });
    expect(await prod.planAgain()).toBe(0);
  });
});
