import { MskCluster as MskClusterResource } from "@cdktf/provider-aws/lib/msk-cluster";
import { MskClusterPolicy } from "@cdktf/provider-aws/lib/msk-cluster-policy";
import { MskConfiguration } from "@cdktf/provider-aws/lib/msk-configuration";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import type { Connectable } from "../network/connections";
import type { Network } from "../network/network";
import type { Alarms } from "../observability/alarm-topic";
import { LogGroup } from "../observability/log-group";
import { policyDocument, type Statement, wildcards } from "../security/policy-document";
import type { Grantee } from "../security/role";
import { BrokerConnections, type BrokerPort } from "./broker-connections";
import { MskAccess, type TopicChoice } from "./msk-access";
import { MskAlarms } from "./msk-alarms";
import { checkPhase, connectivityInfo, isMultiVpc, MSK_PORT, type MskPhase, multiVpcClients, phaseName, publicAccess } from "./msk-phase";
import { MskStorageScaling } from "./msk-storage-scaling";
import { serverProperties } from "./server-properties";

export interface MskClusterProps {
  /** Name in AWS, 64 characters at most. Another name replaces the cluster. */
  readonly name: string;
  readonly why: string;
  readonly network: Network;
  /** Letters of the network's zones that the brokers stand in, two or three. Another choice replaces the cluster. */
  readonly zones: readonly string[];
  /** Subnets that the brokers stand in. Public access needs public ones. Another tier replaces the cluster. */
  readonly tier: "private" | "public";
  readonly brokersPerZone: number;
  /** Standard broker, for example `kafka.m7g.large`. It changes in place, one broker after the other. */
  readonly brokerType: string;
  /** GiB of one broker to begin with, 1 to 16384. From then on autoscaling alone changes it. */
  readonly storageGib: number;
  /** GiB of one broker that autoscaling may grow to, over `storageGib`. */
  readonly maxStorageGib: number;
  /** Which connections from outside the network it takes. */
  readonly phase: MskPhase;
  /** Days that the brokers' logs are kept. @default 30 */
  readonly logDays?: number;
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/** Brokers as `host:port`, separated by commas: three of them at most, who know the others. */
export interface BootstrapBrokers {
  /** For clients in the network. */
  readonly internal: string;
  /** For clients with a public address, in the public phase. */
  readonly public?: string;
  /** For clients in other networks, in the multi-VPC phase. */
  readonly vpcConnectivity?: string;
}

/**
 * The newest line that MSK's standard brokers have; Kafka 4 keeps its metadata itself (KRaft). MSK upgrades in place, and never
 * goes back: a lower version replaces the cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html
 */
const KAFKA_VERSION = "4.1.x.kraft";
/** A change goes through the brokers one after the other: the provider's own two hours end before many are done. Arbitrary. */
const UPDATE_TIMEOUT = "6h";

/**
 * A provisioned MSK cluster that takes IAM over TLS and nothing else: no plaintext, no passwords, no anonymous clients, also
 * not between brokers. It is encrypted at rest under AWS's own key, and its storage grows by itself.
 *
 * Topics come from configuration alone (see {@link MskTopics}); a client that names one that is not there gets an error.
 */
export class MskCluster extends Construct implements Connectable<BrokerPort> {
  readonly name: string;
  readonly arn: string;
  readonly connections: BrokerConnections;
  readonly bootstrapBrokers: BootstrapBrokers;
  readonly brokers: number;
  private readonly access: MskAccess;
  private readonly phase: MskPhase;
  /** Statements of the cluster's own policy. */
  private readonly admitted: Statement[] = [];
  private policy: MskClusterPolicy | undefined;

  /** @throws {PropsError} for zones, storage or a phase that MSK would refuse, and for clients by a pattern or named twice. */
  constructor(scope: Construct, id: string, props: MskClusterProps) {
    super(scope, id);
    checkPhase(this, props);
    const { name, network, zones, brokersPerZone, storageGib, maxStorageGib, logDays = 30, phase, alarms } = props;
    if (zones.length < 2 || zones.length > 3) throw new PropsError(this, "zones", "must be two or three", zones);
    if (maxStorageGib <= storageGib)
      throw new PropsError(this, "maxStorageGib", `must be over the ${storageGib} to begin with`, maxStorageGib);
    const { region, accountId } = SystemStack.of(this);
    this.name = name;
    this.phase = phase;
    this.brokers = zones.length * brokersPerZone;
    this.connections = new BrokerConnections(this, "Connections", {
      vpcId: network.vpcId,
      ports: { iam: MSK_PORT.iam, publicIam: MSK_PORT.publicIam },
    });
    const logs = new LogGroup(this, "LogGroup", { name: `/aws/msk/${name}`, retentionDays: logDays });
    const cluster = this.makeCluster(props, logs);
    this.arn = cluster.arn;
    this.access = new MskAccess({ region, accountId, clusterName: name, clusterUuid: cluster.clusterUuid, clusterArn: cluster.arn });
    this.bootstrapBrokers = {
      internal: cluster.bootstrapBrokersSaslIam,
      ...(publicAccess(phase) && { public: cluster.bootstrapBrokersPublicSaslIam }),
      ...(isMultiVpc(phase) && { vpcConnectivity: cluster.bootstrapBrokersVpcConnectivitySaslIam }),
    };
    new MskStorageScaling(this, "StorageScaling", { clusterArn: cluster.arn, maxGib: maxStorageGib });
    this.openTo(phase);
    new MskAlarms(this, "Alarms", { clusterName: name, brokers: this.brokers, alarms });
    this.stateFact(props);
  }

  /** Lets `grantee` write to topics, each message once. The network is opened apart, by `connections.allowFrom`. */
  grantProduce(grantee: Grantee, { topics }: { readonly topics: readonly TopicChoice[] }): void {
    this.grant(grantee, this.access.produce(topics));
  }

  /** Lets `grantee` read topics as a member of one consumer group. The network is opened apart, by `connections.allowFrom`. */
  grantConsume(grantee: Grantee, { topics, group }: { readonly topics: readonly TopicChoice[]; readonly group: string }): void {
    this.grant(grantee, this.access.consume(topics, group));
  }

  /** Lets `grantee` make, change and delete these topics, and see that others are there. It reads and writes no message. */
  grantManageTopics(grantee: Grantee, { topics }: { readonly topics: readonly TopicChoice[] }): void {
    this.grant(grantee, this.access.manage(topics));
  }

  /** Lets `grantee` look at everything, messages included, and change nothing. For operators' tools. */
  grantInspect(grantee: Grantee): void {
    this.grant(grantee, this.access.inspect());
  }

  /** Lets Firehose's role copy topics; {@link admitFirehose} lets Firehose itself in. */
  grantExport(grantee: Grantee, { topics }: { readonly topics: readonly string[] }): void {
    this.grant(grantee, this.access.export(topics));
  }

  /**
   * Lets Firehose connect from its own network.
   *
   * As AWS documents it, without a condition: one that Firehose does not fill in would shut it out. A connection alone reads
   * nothing, since IAM asks the role of each stream for every topic.
   *
   * @throws {PropsError} in any phase but multi-VPC's, which is the way that it comes; and when it is let in twice.
   * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#access-to-msk
   */
  admitFirehose(): void {
    if (!isMultiVpc(this.phase)) throw new PropsError(this, "phase", "must be { multiVpc: … } for exports by Firehose", this.phase);
    this.admit({
      sid: "FirehoseConnects",
      actions: ["kafka:CreateVpcConnection"],
      resources: [this.arn],
      principal: { Service: "firehose.amazonaws.com" },
    });
  }

  /** What says who may connect from other networks; those who do wait for it. */
  get policies(): readonly ITerraformDependable[] {
    return this.policy === undefined ? [] : [this.policy];
  }

  private grant(grantee: Grantee, statements: readonly Statement[]): void {
    for (const statement of statements) grantee.role.allow(statement);
  }

  private makeCluster(props: MskClusterProps, logs: LogGroup): MskClusterResource {
    const { name, network, zones, tier, brokerType, storageGib, phase, protection } = props;
    const configuration = new MskConfiguration(this, "Configuration", {
      name,
      description: `settings of the brokers of ${name}`,
      serverProperties: serverProperties(this.brokers),
    });
    return new MskClusterResource(this, "Default", {
      clusterName: name,
      kafkaVersion: KAFKA_VERSION,
      numberOfBrokerNodes: this.brokers,
      brokerNodeGroupInfo: {
        instanceType: brokerType,
        clientSubnets: zones.map((zone) => network.subnetIn(tier, zone).id),
        securityGroups: [this.connections.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: storageGib } },
        connectivityInfo: connectivityInfo(phase),
      },
      clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryptionInfo: { encryptionInTransit: { clientBroker: "TLS", inCluster: true } },
      configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
      enhancedMonitoring: "PER_BROKER",
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.nameOnceMade } } },
      tags: protectionTags(protection),
      timeouts: { update: UPDATE_TIMEOUT },
      dependsOn: tier === "public" ? [network.internetGateway] : undefined,
      lifecycle: {
        preventDestroy: protection === "protected",
        // Autoscaling has it; Terraform would ask for less, which MSK refuses.
        ignoreChanges: ["broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size"],
      },
    });
  }

  /** Lets in from outside whom the phase names. */
  private openTo(phase: MskPhase): void {
    const outside = publicAccess(phase);
    if (outside !== undefined) {
      this.connections.allowFromAddresses("Clients", outside.to, outside.because, "publicIam");
      const what = `Kafka cluster ${this.name} has public addresses`;
      SystemStack.of(this).inventory.add({ kind: "exception", id: `${pathInStack(this)} public`, what, because: outside.because });
    }
    for (const client of multiVpcClients(phase)) for (const statement of this.access.ofAccount(client)) this.admit(statement);
  }

  /** Adds a statement to the cluster's own policy, which reaches other accounts: it has no wildcard, whatever the reason. */
  private admit(statement: Statement): void {
    const { sid } = statement;
    const [wildcard] = wildcards(statement);
    if (wildcard !== undefined)
      throw new PropsError(this, `statement ${sid}`, "must have no wildcard, since other accounts come by it", wildcard);
    if (this.admitted.some((other) => other.sid === sid)) throw new PropsError(this, "sid", "must be given to one statement alone", sid);
    this.admitted.push(statement);
    this.policy ??= new MskClusterPolicy(this, "Policy", {
      clusterArn: this.arn,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.admitted) }),
    });
  }

  private stateFact({ why, brokerType, storageGib, maxStorageGib, phase }: MskClusterProps): void {
    SystemStack.of(this).inventory.add({
      kind: "kafka",
      phase: phaseName(phase),
      id: pathInStack(this),
      name: this.name,
      why,
      size: `${this.brokers} brokers of ${brokerType}, ${storageGib} to ${maxStorageGib} GiB each`,
      stateful: true,
      fails:
        "MSK replaces a broker that fails, with its storage; meanwhile the others serve its partitions, each of which has replicas there",
      ports: [
        { name: "iam", port: MSK_PORT.iam },
        ...(publicAccess(phase) ? [{ name: "publicIam", port: MSK_PORT.publicIam }] : []),
        ...(isMultiVpc(phase) ? [{ name: "multiVpcIam", port: MSK_PORT.multiVpcIam }] : []),
      ],
    });
  }
}
