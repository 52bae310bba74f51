import { applyFaults, planFaults } from "../../../../../ops/rehearsal/provider/planning/consistency";
import { UNKNOWN, type ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { configOf, schemaOf } from "../support/schemas";

const schema = schemaOf("aws_security_group");
const service = schemaOf("aws_ecs_service");
const paths = (faults: readonly { path?: unknown }[]): string[] => faults.map(({ path }) => String(path));

describe("an apply", () => {
  const apply = (planned: ValueMap, applied: ValueMap, of = schema): string[] =>
    paths(applyFaults(of.block, configOf(of, planned), configOf(of, applied)));

  test("may fill in what the plan left open", () => {
    expect(apply({ name: "a", id: UNKNOWN, tags: { k: UNKNOWN } }, { name: "a", id: "sg-1", tags: { k: "v" } })).toEqual([]);
  });

  test("may not change what the plan showed", () => {
    expect(apply({ name: "a", tags: { k: "v", l: UNKNOWN } }, { name: "b", tags: { k: "w", l: "x" } })).toEqual(["name", 'tags["k"]']);
  });

  test("must keep the known elements of a set that is partly known, and their number", () => {
    const groups = (list: readonly (string | typeof UNKNOWN)[]): ValueMap => ({
      name: "a",
      network_configuration: [{ subnets: ["s"], security_groups: list }],
    });
    expect(apply(groups(["sg-1", UNKNOWN]), groups(["sg-1", "sg-2"]), service)).toEqual([]);
    expect(apply(groups(["sg-1", UNKNOWN]), groups(["sg-0", "sg-1"]), service)).toEqual([]);
    expect(apply(groups(["sg-1", UNKNOWN]), groups(["sg-0", "sg-2"]), service)).toEqual(["network_configuration[0].security_groups"]);
    expect(apply(groups(["sg-1", UNKNOWN]), groups(["sg-1"]), service)).toEqual(["network_configuration[0].security_groups"]);
  });
});

test("a plan may not depart from the configuration, other than in the text of JSON", () => {
  const config = configOf(service, { name: "a", launch_type: "EC2", tags: { k: "v" } });
  expect(paths(planFaults(service.block, config, { ...config, launch_type: "FARGATE" }))).toEqual(["launch_type"]);
  expect(paths(planFaults(service.block, config, config))).toEqual([]);
});
