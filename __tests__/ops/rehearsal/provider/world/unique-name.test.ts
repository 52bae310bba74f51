import { UNKNOWN, type ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { placeOf } from "../../../../../ops/rehearsal/provider/world/place";
import { uniqueNameOf } from "../../../../../ops/rehearsal/provider/world/unique-name";

const HERE = placeOf("111111111111", "eu-west-1");
const key = (type: string, values: ValueMap, place = HERE): string | undefined => uniqueNameOf(type, values, place)?.key;

describe("a name", () => {
  test.each<[string, string, ValueMap, boolean]>([
    ["of a load balancer is free in another region", "aws_lb", { name: "a" }, false],
    ["of a role is taken in every region", "aws_iam_role", { name: "a" }, true],
    ["of a bucket is taken in every region", "aws_s3_bucket", { bucket: "a" }, true],
  ])("%s", (_claim, type, values, isSame) => {
    expect(key(type, values) === key(type, values, placeOf("111111111111", "us-east-1"))).toBe(isSame);
  });

  test("of a bucket is taken in every account, of a role in its own", () => {
    const elsewhere = placeOf("222222222222", "eu-west-1");
    expect(key("aws_s3_bucket", { bucket: "a" })).toBe(key("aws_s3_bucket", { bucket: "a" }, elsewhere));
    expect(key("aws_iam_role", { name: "a" })).not.toBe(key("aws_iam_role", { name: "a" }, elsewhere));
  });

  test("counts in the resource's own region, not the provider's", () => {
    expect(key("aws_sns_topic", { name: "a", region: "us-east-1" })).toBe(
      key("aws_sns_topic", { name: "a" }, placeOf("111111111111", "us-east-1")),
    );
  });

  test("may be shared by two types, and may have several parts", () => {
    expect(key("aws_db_instance", { identifier: "a" })).toBe(key("aws_rds_cluster_instance", { identifier: "a" }));
    expect(key("aws_security_group", { vpc_id: "v", name: "a" })).not.toBe(key("aws_security_group", { vpc_id: "w", name: "a" }));
  });

  test("of a CNAME stands alone, and of an address with its content", () => {
    const record = (type: string, content: string): string | undefined =>
      key("cloudflare_dns_record", { zone_id: "z", name: "n", type, content });
    expect(record("CNAME", "a.example")).toBe(record("CNAME", "b.example"));
    expect(record("A", "192.0.2.1")).not.toBe(record("A", "192.0.2.2"));
  });

  test("that is unknown or not set takes nothing, and some types have none", () => {
    expect(key("aws_lb", { name: UNKNOWN })).toBeUndefined();
    expect(key("aws_lb", { name: null })).toBeUndefined();
    expect(key("aws_eip", { id: "eipalloc-1" })).toBeUndefined();
    expect(key("aws_guardduty_detector", {})).toBeDefined();
  });
});
