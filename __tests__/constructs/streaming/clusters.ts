import { MskCluster, type MskClusterProps } from "../../../constructs/streaming/msk-cluster";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addNetwork, UNMONITORED } from "../parts";

/** The smallest cluster that there can be: two brokers, called `Events`. */
export function addCluster(stack: TestStack, { network = addNetwork(stack), ...props }: Partial<MskClusterProps> = {}): MskCluster {
  return new MskCluster(stack, "Events", {
    name: "shop-events",
    why: "every event goes through it",
    network,
    zones: ["a", "b"],
    tier: "private",
    brokersPerZone: 1,
    brokerType: "kafka.m7g.large",
    storageGib: 100,
    maxStorageGib: 500,
    phase: "create",
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}

export function synthCluster(props: Partial<MskClusterProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => addCluster(stack, props));
}
