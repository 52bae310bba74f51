import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Redis } from "../../../constructs/data/redis";
import type { BastionProps } from "../../../constructs/network/bastion";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { filesOf, scriptOf } from "../../support/user-data";
import { addNetwork, addTopic, UNMONITORED } from "../parts";
import { facts, rules, statements } from "../readings";
import { addBastion, PUBLIC_KEYS } from "../servers";

const synthBastion = (props: Partial<BastionProps> = {}): Synthesized => synthesizeTestStack((stack) => void addBastion(stack, props));
const settingsOf = (synthesized: Synthesized): string =>
  filesOf(scriptOf(synthesized.only(Instance)["user_data"]))["/etc/instance-settings"] ?? "";

describe("Bastion", () => {
  test("lets in the tunnel from everywhere, and nothing else; no SSH", () => {
    expect(rules(synthBastion())).toEqual([
      "in bastion <- 0.0.0.0/0 udp/51820: tunnels of developers, from wherever they are",
      "out bastion -> 0.0.0.0/0 tcp/443: installs updates and images, and talks to AWS",
    ]);
  });

  test("takes peers wherever the bastion itself may go", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const network = addNetwork(stack);
      const bastion = addBastion(stack, { network });
      const redis = new Redis(stack, "Redis", {
        network,
        why: "caches",
        nodeType: "cache.t4g.micro",
        secretName: "shop/redis",
        whenFull: "noeviction",
        protection: "protected",
        alarms: UNMONITORED,
      });
      redis.connections.allowFrom(bastion, "operators on the VPN");
    });
    expect(rules(synthesized)).toContain("in redis <- bastion tcp/6379: operators on the VPN");
  });

  test("stands in the public subnet of its zone, routes, and has an address that outlives it", () => {
    const synthesized = synthBastion({ zone: "b" });
    expect(synthesized.only(NetworkInterface)).toMatchObject({
      subnet_id: "${aws_subnet.network_public_b.id}",
      source_dest_check: false,
      security_groups: ["${aws_security_group.bastion.id}"],
    });
    expect(synthesized.only(EipAssociation)).toMatchObject({
      allocation_id: "${aws_eip.bastion_address.allocation_id}",
      network_interface_id: "${aws_network_interface.bastion_network_interface.id}",
    });
    expect(synthesized.only(Instance)["depends_on"]).toEqual(["aws_eip_association.bastion_public_address"]);
    expect(synthesized.only(Eip)["lifecycle"]).toEqual({ prevent_destroy: true });
  });

  test("says why its address is not protected", () => {
    expect(synthBastion({ protection: { unprotectedBecause: "staging may change it" } }).only(Eip)).toMatchObject({
      lifecycle: { prevent_destroy: false },
      tags: { UnprotectedBecause: "staging may change it" },
    });
  });

  test("has a secret for its key without a value: nobody but operators sets it", () => {
    const synthesized = synthBastion();
    expect(synthesized.only(SecretsmanagerSecret)).toMatchObject({ name: "shop-vpn/server-key" });
    expect(synthesized.all(SecretsmanagerSecretVersion)).toEqual([]);
    expect(facts(synthesized, "secret")).toEqual([
      { kind: "secret", id: "shop-vpn/server-key", name: "shop-vpn/server-key", keys: [], setBy: "operator" },
    ]);
  });

  test("reads its own key and its own peers, and may do no more", () => {
    expect(statements(synthBastion().byName(IamRolePolicy)["bastion_role_policy"]?.["policy"])).toEqual([
      {
        Sid: "ReportMetrics",
        Effect: "Allow",
        Action: "cloudwatch:PutMetricData",
        Resource: "*",
        Condition: { StringEquals: { "cloudwatch:namespace": "shop-test/instances" } },
      },
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: "${aws_secretsmanager_secret.bastion_server_key.arn}",
      },
      { Sid: "ReadPeers", Effect: "Allow", Action: "ssm:GetParameter", Resource: "${aws_ssm_parameter.bastion_peers.arn}" },
    ]);
  });

  test("keeps its peers in a parameter, in the plain form, that grows to the advanced tier by itself", () => {
    expect(synthBastion().only(SsmParameter)).toMatchObject({
      name: "/shop/test/wireguard/peers",
      type: "String",
      tier: "Intelligent-Tiering",
      insecure_value: expect.stringContaining(`[Peer]\nPublicKey = ${PUBLIC_KEYS.alice}\nAllowedIPs = 10.10.0.2/32\n`),
    });
  });

  test("a change of peers touches the parameter and nothing of the instance", () => {
    const nobody = synthBastion({ peers: {} });
    const bob = synthBastion({ peers: { bob: { publicKey: PUBLIC_KEYS.bob, address: "10.10.0.3" } } });
    expect(nobody.only(Instance)).toEqual(bob.only(Instance));
    expect(nobody.only(SsmParameter)).not.toEqual(bob.only(SsmParameter));
  });

  test("a change of the server's key touches nothing but what clients get", () => {
    expect(synthBastion({ serverPublicKey: PUBLIC_KEYS.bob }).json).toEqual(synthBastion().json);
  });

  test("tells its scripts what they need, by name only", () => {
    expect(settingsOf(synthBastion())).toBe(`REGION='eu-west-1'
MACHINE='shop-test-bastion'
METRIC_NAMESPACE='shop-test/instances'
SERVER_KEY_SECRET='shop-vpn/server-key'
PEERS_PARAMETER='/shop/test/wireguard/peers'
VPN_CIDR='10.10.0.0/24'
NETWORK_CIDR='10.0.0.0/16'
SERVER_ADDRESS='10.10.0.1/24'
LISTEN_PORT='51820'
MTU='1420'
`);
  });

  test("gives each peer its own configuration, with the whole network behind the tunnel", () => {
    let configs: Record<string, string> = {};
    synthesizeTestStack((stack) => {
      const peers = {
        alice: { publicKey: PUBLIC_KEYS.alice, address: "10.10.0.2" },
        bob: { publicKey: PUBLIC_KEYS.bob, address: "10.10.0.3" },
      };
      configs = addBastion(stack, { peers }).clientConfigs();
    });
    expect(Object.keys(configs)).toEqual(["alice", "bob"]);
    expect(configs["bob"]).toContain("Address = 10.10.0.3/32\n");
    expect(configs["bob"]).toContain("AllowedIPs = 10.10.0.0/24, 10.0.0.0/16\n");
    expect(configs["bob"]).toContain("#DNS = 10.0.0.2\n");
  });

  test("rings when keys and peers are not taken over for a quarter of an hour, and when it says nothing", () => {
    const synthesized = synthesizeTestStack((stack) => void addBastion(stack, { network: addNetwork(stack), alarms: addTopic(stack) }));
    expect(synthesized.byName(CloudwatchMetricAlarm)["bastion_wireguard_synced"]).toMatchObject({
      namespace: "shop-test/instances",
      metric_name: "WireguardSynced",
      dimensions: { Machine: "shop-test-bastion" },
      statistic: "Sum",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      period: 300,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      treat_missing_data: "breaching",
    });
  });

  test("states the VPN for operators: what the parameter holds, and where the key is", () => {
    const [vpn] = facts(synthBastion(), "vpn");
    expect(vpn).toMatchObject({
      id: "Bastion",
      cidr: "10.10.0.0/24",
      peersParameter: "/shop/test/wireguard/peers",
      peersDocument: synthBastion().only(SsmParameter)["insecure_value"],
      serverKeySecret: "shop-vpn/server-key",
      serverPublicKey: PUBLIC_KEYS.server,
      size: "10.10.0.0/24",
      peers: [{ name: "alice", publicKey: PUBLIC_KEYS.alice, address: "10.10.0.2" }],
    });
  });

  test("without a server key has all but what clients get, and the same server", () => {
    let configs: Record<string, string> = {};
    const keyless = synthesizeTestStack((stack) => {
      configs = addBastion(stack, { serverPublicKey: undefined }).clientConfigs();
    });
    expect(configs).toEqual({});
    expect(keyless.json).toEqual(synthBastion().json);
    expect(facts(keyless, "vpn")).toEqual([expect.objectContaining({ id: "Bastion", serverPublicKey: undefined })]);
  });

  test("refuses a server key that clients could not use", () => {
    expect(() => synthBastion({ serverPublicKey: "c2hvcnQ=" })).toThrow(
      'shop-test/Bastion: serverPublicKey must be 32 bytes in base64, as `wg pubkey` writes them, got "c2hvcnQ="',
    );
  });

  test("refuses a zone that the network does not have", () => {
    expect(() => synthBastion({ zone: "f" })).toThrow('shop-test/Network: zones must have "f", where something is to stand, got ["a","b"]');
  });

  test("keeps the addresses that its state is stored under", () => {
    expect(synthBastion().addresses(Eip, Instance, SecretsmanagerSecret, SsmParameter)).toEqual([
      "aws_eip.bastion_address",
      "aws_instance.bastion",
      "aws_secretsmanager_secret.bastion_server_key",
      "aws_ssm_parameter.bastion_peers",
    ]);
  });
});
