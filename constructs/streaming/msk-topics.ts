import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { LambdaFunction } from "../compute/lambda-function";
import type { Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import type { Alarms } from "../observability/alarm-topic";
import { type KafkaTopic, kafkaForm } from "./kafka-topic";
import type { MskCluster } from "./msk-cluster";

export interface MskTopicsProps {
  readonly cluster: MskCluster;
  readonly network: Network;
  /** Topics that the cluster should have, each name once. */
  readonly topics: readonly KafkaTopic[];
  readonly alarms: Alarms;
}

/** A plan takes a second, a topic some hundreds of milliseconds; a cluster that restarts its brokers takes its time. Arbitrary. */
const TIMEOUT_SECONDS = 120;

/**
 * The topics of an MSK cluster. Terraform makes none of them: a function in the network does when `ops msk topics` calls it, since
 * private brokers are out of everybody else's reach. The list reaches it from the inventory, through the operator.
 *
 * The function sees every topic and may change those on the list that is deployed. So a new topic is made after the deployment
 * that brings it, and one that leaves the list is deleted before.
 */
export class MskTopics extends Construct implements Connectable {
  private readonly function: LambdaFunction;

  /** @throws {PropsError} for a topic with more replicas than the cluster has brokers, and for two of one name. */
  constructor(scope: Construct, id: string, { cluster, network, topics, alarms }: MskTopicsProps) {
    super(scope, id);
    const names = topics.map(({ name }) => name);
    for (const { name, replicas } of topics) {
      if (replicas > cluster.brokers)
        throw new PropsError(
          this,
          `topic ${name}`,
          `must not have more replicas than the cluster has brokers, which are ${cluster.brokers}`,
          replicas,
        );
      if (names.indexOf(name) !== names.lastIndexOf(name)) throw new PropsError(this, "topics", "must have each name once", name);
    }
    this.function = new LambdaFunction(this, "Function", {
      handler: "msk-topics",
      why: `plans and makes the topics of ${cluster.name}`,
      // It answers an operator, who sees what went wrong.
      invocation: { kind: "synchronous", errors: "logs" },
      memoryMib: 256,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: { KAFKA_BROKERS: cluster.bootstrapBrokers.internal },
      network,
      logs: { retentionDays: 30 },
      alarms,
    });
    cluster.grantManageTopics(this.function, { topics: names });
    SystemStack.of(this).inventory.add({
      kind: "kafkaTopics",
      id: pathInStack(this),
      cluster: cluster.name,
      function: this.function.name,
      timeoutSeconds: TIMEOUT_SECONDS,
      topics: topics.map(kafkaForm).sort((a, b) => (a.name < b.name ? -1 : 1)),
    });
  }

  get connections(): Connections {
    return this.function.connections;
  }
}
