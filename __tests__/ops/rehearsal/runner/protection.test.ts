import { refusedAddresses } from "../../../../ops/rehearsal/runner/protection";
import type { TerraformRun } from "../../../../ops/rehearsal/runner/terraform";

/** A Terraform that says, in its own form, that it may not destroy these. */
function refusing(...addresses: readonly string[]): TerraformRun {
  const lines = addresses.map((address) => ({
    type: "diagnostic",
    diagnostic: {
      severity: "error",
      summary: "Instance cannot be destroyed",
      detail: `Resource ${address} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.`,
    },
  }));
  return { exitCode: 1, stdout: lines.map((line) => JSON.stringify(line)).join("\n"), stderr: "" };
}

const nothingRefused: TerraformRun = { exitCode: 0, stdout: '{"type":"change_summary"}\n', stderr: "" };

/** Asks for what Terraform refuses, when it answers with `runs`, one after the other. */
async function refused(
  expected: readonly string[],
  runs: readonly TerraformRun[],
): Promise<{ refused: readonly string[]; lifted: string[][] }> {
  const lifted: string[][] = [];
  const left = [...runs];
  const found = await refusedAddresses({
    expected,
    lift: (addresses) => void lifted.push([...addresses]),
    plan: async () => left.shift() ?? nothingRefused,
  });
  expect(left).toEqual([]);
  return { refused: found, lifted };
}

describe("the proof of protection", () => {
  test("asks nothing when nothing is protected", async () => {
    expect(await refused([], [])).toEqual({ refused: [], lifted: [] });
  });

  test("finds what hides behind another refusal by lifting that one first", async () => {
    const runs = [refusing("aws_rds_cluster_instance.writer", "aws_eip.nat"), refusing("aws_rds_cluster.main")];
    expect(await refused(["aws_eip.nat", "aws_rds_cluster.main", "aws_rds_cluster_instance.writer"], runs)).toEqual({
      refused: ["aws_eip.nat", "aws_rds_cluster.main", "aws_rds_cluster_instance.writer"],
      lifted: [
        ["aws_eip.nat", "aws_rds_cluster_instance.writer"],
        ["aws_eip.nat", "aws_rds_cluster_instance.writer", "aws_rds_cluster.main"],
      ],
    });
  });

  test("counts a resource with several instances once", async () => {
    expect(await refused(["aws_eip.nat"], [refusing('aws_eip.nat["a"]', 'aws_eip.nat["b"]')])).toMatchObject({ refused: ["aws_eip.nat"] });
  });

  test("does not take one name for another that begins with it", async () => {
    await expect(refused(["aws_eip.nat"], [refusing("aws_eip.nat_old")])).rejects.toThrow("did not name aws_eip.nat\n");
  });

  test("fails when Terraform would destroy what is protected", async () => {
    await expect(refused(["aws_eip.nat", "aws_vpc.main"], [refusing("aws_eip.nat"), nothingRefused])).rejects.toThrow(
      "Terraform would destroy aws_vpc.main although lifecycle.prevent_destroy is set",
    );
  });

  test("fails with Terraform's own words when the plan ends for another reason", async () => {
    const broken = {
      exitCode: 1,
      stdout: JSON.stringify({ diagnostic: { severity: "error", summary: "No provider", detail: "" } }),
      stderr: "",
    };
    await expect(refused(["aws_vpc.main"], [broken])).rejects.toThrow(
      "the plan of a destruction ended with status 1 and did not name aws_vpc.main\nNo provider",
    );
  });
});
