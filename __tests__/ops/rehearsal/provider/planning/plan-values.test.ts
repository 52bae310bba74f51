import { planValues } from "../../../../../ops/rehearsal/provider/planning/plan-values";
import { blocksOf, UNKNOWN, type Value, type ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { configOf, existing, schemaOf } from "../support/schemas";

function planned(type: string, given: ValueMap, prior?: ValueMap): ValueMap {
  const schema = schemaOf(type);
  return planValues(schema.block, configOf(schema, given), prior === undefined ? undefined : configOf(schema, prior));
}

describe("a plan", () => {
  test("of a new resource has what is configured, defaults, and unknown for what AWS makes", () => {
    expect(planned("aws_subnet", { vpc_id: UNKNOWN, cidr_block: "10.0.0.0/24" })).toMatchObject({
      vpc_id: UNKNOWN,
      cidr_block: "10.0.0.0/24",
      enable_dns64: false,
      id: UNKNOWN,
      availability_zone: UNKNOWN,
      outpost_arn: null,
    });
  });

  test("of an existing resource keeps what AWS made, and drops what is no longer configured", () => {
    const prior = { id: "subnet-1", vpc_id: "vpc-1", availability_zone: "a", outpost_arn: "arn", enable_dns64: true };
    expect(planned("aws_subnet", { vpc_id: "vpc-1" }, prior)).toMatchObject({
      id: "subnet-1",
      availability_zone: "a",
      outpost_arn: null,
      enable_dns64: false,
    });
  });

  test("never holds a write-only value", () => {
    expect(planned("aws_db_instance", { instance_class: "c", password_wo: "secret", password_wo_version: 1 })).toMatchObject({
      password_wo: null,
      password_wo_version: 1,
    });
  });

  test("leaves a block that AWS fills to AWS, and keeps what AWS made of it", () => {
    expect(planned("aws_instance", { ami: "a" })["root_block_device"]).toBe(UNKNOWN);
    const root = [{ volume_id: "vol-1", volume_size: 8 }];
    expect(planned("aws_instance", { ami: "a" }, { ami: "a", root_block_device: root })["root_block_device"]).toMatchObject(root);
  });

  test("lets each element of a set keep what AWS made of it, wherever it stands", () => {
    const queue = (name: string, id: Value): ValueMap => ({ queue_arn: name, events: ["s3:ObjectCreated:*"], id });
    const prior = { bucket: "b", queue: [queue("one", "id-1"), queue("two", "id-2")] };
    const config = { bucket: "b", queue: [queue("one", null), queue("two", null), queue("three", null)] };
    expect(planned("aws_s3_bucket_notification", config, prior)["queue"]).toMatchObject([{ id: "id-1" }, { id: "id-2" }, { id: UNKNOWN }]);

    const devices = (...names: string[]): ValueMap => ({
      ami: "a",
      ebs_block_device: names.map((name) => ({ device_name: name, volume_size: 8 })),
    });
    const instance = existing("aws_instance", devices("/dev/sdb", "/dev/sdc"));
    const kept = blocksOf(instance["ebs_block_device"]).find((disk) => disk["device_name"] === "/dev/sdc");
    expect(planned("aws_instance", devices("/dev/sdc"), instance)["ebs_block_device"]).toEqual([kept]);
  });

  test("shows no change where JSON differs in text alone", () => {
    const [old, same, other] = ['{"a":1,"b":[2]}', '{ "b": [2], "a": 1 }', '{"a":2}'];
    const policy = (text: string): Value | undefined =>
      planned("aws_ecr_repository_policy", { repository: "r", policy: text }, { repository: "r", policy: old })["policy"];
    expect(policy(same)).toBe(old);
    expect(policy(other)).toBe(other);
  });
});
