import { ClickHouse, type ClickHouseProps } from "../../constructs/data/clickhouse";
import { Bastion, type BastionProps } from "../../constructs/network/bastion";
import type { TestStack } from "../support/synthesized";
import { addNetwork, UNMONITORED } from "./parts";

/** Public keys that nobody has the private half of. */
export const PUBLIC_KEYS = {
  server: "c2hvcC10ZXN0LXNlcnZlci1mYWtlLWtleS0tLS0tLS0=",
  alice: "c2hvcC10ZXN0LWFsaWNlLWZha2Uta2V5LS0tLS0tLS0=",
  bob: "c2hvcC10ZXN0LWJvYi1mYWtlLWtleS0tLS0tLS0tLS0=",
} as const;

/** A bastion with one peer, called `Bastion`, in a network of its own. */
export function addBastion(stack: TestStack, props: Partial<BastionProps> = {}): Bastion {
  return new Bastion(stack, "Bastion", {
    network: props.network ?? addNetwork(stack),
    zone: "a",
    instanceType: "t3.micro",
    sshPublicKey: "ssh-ed25519 AAAA",
    vpnCidr: "10.10.0.0/24",
    serverPublicKey: PUBLIC_KEYS.server,
    peers: { alice: { publicKey: PUBLIC_KEYS.alice, address: "10.10.0.2" } },
    serverKeySecret: "shop-vpn/server-key",
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}

/** A ClickHouse server called `Clickhouse`, in a network of its own. */
export function addClickHouse(stack: TestStack, props: Partial<ClickHouseProps> = {}): ClickHouse {
  return new ClickHouse(stack, "Clickhouse", {
    network: props.network ?? addNetwork(stack),
    zone: "a",
    why: "counts things",
    instanceType: "t3.small",
    dataGib: 20,
    secretName: "shop/clickhouse/auth",
    passwordVersion: 1,
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}
