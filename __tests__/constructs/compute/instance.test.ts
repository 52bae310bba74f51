import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Instance as AwsInstance } from "@cdktf/provider-aws/lib/instance";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Instance, type InstanceProps } from "../../../constructs/compute/instance";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { filesOf, scriptOf } from "../../support/user-data";
import { addNetwork, addTopic, UNMONITORED } from "../parts";
import { exception, facts, rules } from "../readings";

function addInstance(stack: TestStack, props: Partial<InstanceProps<"http">> = {}): Instance<"http"> {
  const network = addNetwork(stack);
  return new Instance(stack, "Search", {
    network,
    name: "shop-test-search",
    why: "finds things",
    fails: "nothing is found",
    subnet: network.subnetIn("private", "a"),
    ports: { http: 8080 },
    instanceType: "t3.small",
    rootGib: 8,
    boot: { settings: { COLOR: "green" }, files: [], script: "#!/bin/bash\necho start\n" },
    alarms: UNMONITORED,
    ...props,
  });
}

const synthInstance = (props: Partial<InstanceProps<"http">> = {}): Synthesized =>
  synthesizeTestStack((stack) => void addInstance(stack, props));

describe("Instance", () => {
  test("takes metadata over IMDSv2 only, out of containers' reach, and encrypts its disk", () => {
    expect(synthInstance().only(AwsInstance)).toMatchObject({
      metadata_options: {
        http_endpoint: "enabled",
        http_tokens: "required",
        http_put_response_hop_limit: 1,
        instance_metadata_tags: "disabled",
      },
      root_block_device: { encrypted: true, volume_type: "gp3", volume_size: 8 },
      ebs_optimized: true,
      maintenance_options: { auto_recovery: "default" },
    });
  });

  test("is private, has no key pair, and lets nobody in until told to", () => {
    const synthesized = synthInstance();
    expect(synthesized.only(NetworkInterface)).toMatchObject({
      subnet_id: "${aws_subnet.network_private_a.id}",
      source_dest_check: true,
      security_groups: ["${aws_security_group.search.id}"],
    });
    expect(synthesized.only(AwsInstance)).not.toHaveProperty("key_name");
    expect([...synthesized.all(KeyPair), ...synthesized.all(EipAssociation)]).toEqual([]);
    expect(rules(synthesized)).toEqual(["out search -> 0.0.0.0/0 tcp/443: installs updates and images, and talks to AWS"]);
  });

  test("is managed through Session Manager, with a role that only EC2 takes", () => {
    const synthesized = synthInstance();
    expect(synthesized.byName(IamRolePolicyAttachment)["search_role_amazon_ssm_managed_instance_core"]).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    });
    expect(String(synthesized.byName(IamRole)["search_role"]?.["assume_role_policy"])).toContain('"Service":"ec2.amazonaws.com"');
    expect(synthesized.only(IamInstanceProfile)).toMatchObject({ role: "shop-test-search-role" });
  });

  test("keeps its addresses on a network interface of its own, which a replaced instance takes over", () => {
    expect(synthInstance().only(AwsInstance)["primary_network_interface"]).toEqual({
      network_interface_id: "${aws_network_interface.search_network_interface.id}",
    });
  });

  test("is not replaced by another image or other user data, only on purpose", () => {
    expect(synthInstance().only(AwsInstance)).toMatchObject({
      user_data_replace_on_change: false,
      lifecycle: { ignore_changes: ["ami", "source_dest_check"] },
    });
  });

  test.each([
    ["t3.micro", "x86_64"],
    ["g4dn.xlarge", "x86_64"],
    ["t4g.small", "arm64"],
    ["m7gd.medium", "arm64"],
    ["a1.medium", "arm64"],
  ])("of type %s boots the image for %s", (instanceType, processor) => {
    const synthesized = synthInstance({ instanceType });
    const image = (synthesized.json["data"] as Record<string, object>)[DataAwsSsmParameter.tfResourceType];
    expect(image).toEqual({ search_image: { name: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${processor}` } });
    expect(synthesized.only(AwsInstance)["ami"]).toBe("${data.aws_ssm_parameter.search_image.insecure_value}");
  });

  test("tells its scripts who they are, before what the owner tells them", () => {
    const files = filesOf(scriptOf(synthInstance().only(AwsInstance)["user_data"]));
    expect(files["/etc/instance-settings"]).toBe(
      "REGION='eu-west-1'\nMACHINE='shop-test-search'\nMETRIC_NAMESPACE='shop-test/instances'\nCOLOR='green'\n",
    );
    expect(files["/usr/local/sbin/heartbeat"]).toContain("put-metric-data");
  });

  test("with a key, gets a key pair whose name changes with it, so that the key reaches the instance", () => {
    const synthesized = synthInstance({ sshPublicKey: "ssh-ed25519 AAAA" });
    expect(synthesized.only(KeyPair)).toMatchObject({
      key_name_prefix: "shop-test-search-",
      public_key: "ssh-ed25519 AAAA",
      lifecycle: { create_before_destroy: true },
    });
    expect(synthesized.only(AwsInstance)["key_name"]).toBe("${aws_key_pair.search_key.key_name}");
  });

  test("rings when it does not answer, and when it is silent", () => {
    const synthesized = synthesizeTestStack((stack) => void addInstance(stack, { alarms: addTopic(stack) }));
    expect(synthesized.only(CloudwatchMetricAlarm)).toMatchObject({
      namespace: "AWS/EC2",
      metric_name: "StatusCheckFailed",
      dimensions: { InstanceId: "${aws_instance.search.id}" },
      threshold: 1,
      treat_missing_data: "breaching",
    });
    expect(facts(synthesized, "alarm")).toMatchObject([{ runbook: "ec2.md#status-check" }]);
  });

  test("without alarms, says why there are none, and makes none for a heartbeat", () => {
    const synthesized = synthesizeTestStack((stack) => {
      addInstance(stack).expectHeartbeat("Found", { means: "nothing is found", runbook: "ec2.md#status-check" });
    });
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Search alarms", "instance shop-test-search has no alarms", UNMONITORED.unmonitoredBecause),
    );
  });

  test("states itself for operators, with the volume that it keeps data on", () => {
    expect(facts(synthInstance({ dataVolume: { name: "shop-test-search-data", sizeGib: 20 } }), "instance")).toEqual([
      {
        kind: "instance",
        id: "Search",
        name: "shop-test-search",
        why: "finds things",
        size: "t3.small, 20 GiB of data",
        stateful: true,
        fails: "nothing is found",
        instanceType: "t3.small",
        dataVolume: "shop-test-search-data",
      },
    ]);
    expect(facts(synthInstance(), "instance")).toMatchObject([{ stateful: false, size: "t3.small" }]);
  });

  test("refuses user data that EC2 would refuse", () => {
    const boot = { settings: {}, files: [], script: "#".repeat(16_384) };
    expect(() => synthInstance({ boot })).toThrow("shop-test/Search: user data must be at most 16384 bytes, which is what EC2 takes, got ");
  });
});
