import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { synthesizeAtlas } from "../stacks/atlas-roots";
import { packHandlers } from "../support/packed-handlers";
import { scratchFolder } from "../support/project";
import { RehearsedRoot } from "./support/rehearsed-root";

// The real Terraform runs here, on machines of any speed.
jest.setTimeout(120_000);

/** The operator's address is a person's: it is given to Terraform, and stands in no configuration. */
describe("the address that Atlas' alarms go to", () => {
  const varFile = join(scratchFolder(), "terraform.tfvars");
  let root: RehearsedRoot;

  beforeAll(async () => {
    packHandlers();
    const config = synthesizeAtlas("staging").json as TerraformJson;
    root = await RehearsedRoot.start([config]);
    root.write(config);
    await root.must("init", "-no-color");
  });
  afterAll(() => root?.close());

  /** What Terraform says of a command with this address, without its line breaks. */
  const told = async (
    command: readonly string[],
    ...addresses: readonly string[]
  ): Promise<{ readonly exitCode: number; readonly said: string }> => {
    writeFileSync(varFile, addresses.map((address) => `alert_email = ${JSON.stringify(address)}\n`).join(""));
    const { exitCode, stdout, stderr } = await root.run(...command, "-no-color", "-input=false", `-var-file=${varFile}`);
    return { exitCode, said: `${stdout}${stderr}`.replace(/[\s│╷╵]+/g, " ") };
  };

  test("is taken when it is an e-mail address", async () => {
    const { exitCode, said } = await told(["plan"], "operators+atlas@alerts.example.com");
    expect(exitCode).toBe(0);
    expect(/Plan: (\d+) to add, 0 to change, 0 to destroy/.exec(said)?.[1]).toMatch(/^1\d\d$/);
  });

  test.each(["", "operators", "operators@example", "@example.com", "me@example.com you@example.com", "me@you@example.com"])(
    'is refused in one sentence, and nothing is made, when it is "%s"',
    async (address) => {
      for (const command of [["plan"], ["apply", "-auto-approve"]]) {
        const { exitCode, said } = await told(command, address);
        // Terraform shows what it would have made before it says why it does not.
        expect({ exitCode, says: /The variable alert_email [^.]*\.[^.]*\./.exec(said)?.[0] }).toEqual({
          exitCode: 1,
          says: "The variable alert_email must be an e-mail address, such as alerts@example.com.",
        });
        expect(said.includes("Apply complete")).toBe(false);
      }
      expect((await root.run("state", "list")).stderr).toContain("No state file was found");
    },
  );

  test("must be given", async () => {
    const { exitCode, said } = await told(["plan"]);
    expect(exitCode).toBe(1);
    expect(/The root module input variable [^,]*,/.exec(said)?.[0]).toBe('The root module input variable "alert_email" is not set,');
  });
});
