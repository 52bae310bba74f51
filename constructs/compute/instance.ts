import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import type { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Instance as AwsInstance } from "@cdktf/provider-aws/lib/instance";
import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections, type Port as ListeningPort } from "../network/connections";
import type { Network, ZoneSubnet } from "../network/network";
import { Alarm } from "../observability/alarm";
import { type Alarms, type AlarmTopic, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import { type Grantee, Role } from "../security/role";
import heartbeat from "./user-data/heartbeat.sh";
import { renderUserData, type UserDataProps } from "./user-data/user-data";

export interface InstanceProps<Port extends string> {
  readonly network: Network;
  /** Name tag, and what the machine calls itself in metrics. */
  readonly name: string;
  readonly why: string;
  /** How it fails, and what happens then. */
  readonly fails: string;
  /** Another subnet replaces the instance and changes its private address. */
  readonly subnet: ZoneSubnet;
  /** What listens there, by name. */
  readonly ports: Readonly<Record<Port, ListeningPort>>;
  /** EC2 instance type, for example `t3.micro`. Its processor chooses the image. A change stops and starts the instance. */
  readonly instanceType: string;
  /** Encrypted root volume, in GiB: 8 at least, which is what Amazon Linux takes. It holds nothing that is missed. */
  readonly rootGib: number;
  /** What runs at every boot, and the files and settings it needs. REGION, MACHINE and METRIC_NAMESPACE are set already. */
  readonly boot: UserDataProps;
  /** @default - no public address */
  readonly publicAddress?: Eip;
  /** Passes on packets that are meant for others. @default false */
  readonly routes?: boolean;
  /** An authorized_keys line. Another one replaces the instance. @default - no key; Session Manager only */
  readonly sshPublicKey?: string;
  /** The volume that keeps the data. @default - none, it keeps nothing */
  readonly dataVolume?: { readonly name: string; readonly sizeGib: number };
  readonly alarms: Alarms;
}

/**
 * One EC2 instance on Amazon Linux 2023: metadata over IMDSv2 only and out of containers' reach, encrypted disk, Session
 * Manager in place of open ports.
 *
 * It is made to be replaced. Addresses belong to its network interface and stay, data belongs on a volume of its own, and
 * everything else is in its user data. A new script or instance type is an apply, which stops and starts the instance. A
 * newer Amazon Linux is taken on purpose, with `-replace`.
 */
export class Instance<Port extends string = string> extends Construct implements Connectable<Port>, Grantee {
  readonly connections: Connections<Port>;
  readonly role: Role;
  readonly id: string;
  readonly privateIp: string;
  private readonly name: string;
  private readonly topic: AlarmTopic | undefined;

  /** @throws {PropsError} when the user data is too long; see {@link renderUserData}. */
  constructor(scope: Construct, id: string, props: InstanceProps<Port>) {
    super(scope, id);
    const { network, name, subnet, ports, instanceType, rootGib, publicAddress, routes = false, sshPublicKey, alarms } = props;
    this.name = name;
    this.topic = alarmTopic(this, alarms, `instance ${name}`);
    this.role = this.makeRole();
    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports });
    this.connections.allowToInternet(443, "installs updates and images, and talks to AWS");

    const networkInterface = new NetworkInterface(this, "NetworkInterface", {
      description: name,
      subnetId: subnet.id,
      securityGroups: [this.connections.securityGroupId],
      sourceDestCheck: !routes,
      tags: { Name: name },
    });
    this.privateIp = networkInterface.privateIp;
    const instance = new AwsInstance(this, "Default", {
      ami: this.imageId(instanceType),
      instanceType,
      iamInstanceProfile: new IamInstanceProfile(this, "Profile", { name: this.role.name, role: this.role.name }).name,
      primaryNetworkInterface: { networkInterfaceId: networkInterface.id },
      keyName: sshPublicKey === undefined ? undefined : this.keyName(sshPublicKey),
      userData: this.userData(props.boot),
      userDataReplaceOnChange: false,
      ebsOptimized: true,
      rootBlockDevice: { encrypted: true, volumeType: "gp3", volumeSize: rootGib, tags: { Name: `${name}-root` } },
      // A packet to a container passes one more hop, and is dropped: containers get no credentials of the instance.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1, instanceMetadataTags: "disabled" },
      // EC2 moves the instance to healthy hardware by itself; its addresses and volumes go with it.
      maintenanceOptions: { autoRecovery: "default" },
      tags: { Name: name },
      // On its first boot it needs the way out that its public address gives it.
      dependsOn: publicAddress === undefined ? undefined : [this.associate(publicAddress, networkInterface)],
      // AWS releases an image every few weeks, and each would replace the instance. The check is the network interface's.
      lifecycle: { ignoreChanges: ["ami", "source_dest_check"] },
    });
    this.id = instance.id;
    this.monitorStatus();
    this.stateFacts(props);
  }

  /** A figure that the machine itself reports, under its own name. */
  metric(name: string, statistic: string, dimensions: Readonly<Record<string, string>> = {}): Metric {
    return { namespace: metricNamespace(this), name, dimensions: { Machine: this.name, ...dimensions }, statistic };
  }

  /**
   * An alarm that rings when the machine has not said for a quarter of an hour that something went well. A script says it
   * with `heartbeat NAME`.
   */
  expectHeartbeat(name: string, { means, runbook }: { readonly means: string; readonly runbook: `${string}.md#${string}` }): void {
    if (this.topic === undefined) return;
    new Alarm(this, name, {
      topic: this.topic,
      metric: this.metric(name, "Sum"),
      comparison: "LessThanThreshold",
      threshold: 1,
      periodSeconds: 300,
      periods: { of: 3, bad: 3 },
      missingData: "breaching",
      means,
      runbook,
    });
  }

  private makeRole(): Role {
    const role = new Role(this, "Role", { service: "ec2.amazonaws.com" });
    role.attachManaged("AmazonSSMManagedInstanceCore");
    role.allow({
      sid: "ReportMetrics",
      actions: ["cloudwatch:PutMetricData"],
      resources: ["*"],
      condition: { StringEquals: { "cloudwatch:namespace": metricNamespace(this) } },
      wildcardBecause: "metrics have no ARN; the condition allows one namespace",
    });
    return role;
  }

  private userData({ settings, files, script }: UserDataProps): string {
    const own = { REGION: SystemStack.of(this).region, MACHINE: this.name, METRIC_NAMESPACE: metricNamespace(this) };
    return renderUserData(this, {
      settings: { ...own, ...settings },
      files: [{ path: "/usr/local/sbin/heartbeat", mode: "0755", content: heartbeat }, ...files],
      script,
    });
  }

  /** @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html#launch-via-aws-cli */
  private imageId(instanceType: string): string {
    const name = `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture(instanceType)}`;
    return new DataAwsSsmParameter(this, "Image", { name }).insecureValue;
  }

  /** A name that changes with the key, because an instance takes its key at the first boot only. */
  private keyName(publicKey: string): string {
    return new KeyPair(this, "Key", { keyNamePrefix: `${this.name}-`, publicKey, lifecycle: { createBeforeDestroy: true } }).keyName;
  }

  private associate(address: Eip, { id }: NetworkInterface): EipAssociation {
    return new EipAssociation(this, "PublicAddress", { allocationId: address.allocationId, networkInterfaceId: id });
  }

  private monitorStatus(): void {
    if (this.topic === undefined) return;
    new Alarm(this, "StatusCheckFailed", {
      topic: this.topic,
      metric: { namespace: "AWS/EC2", name: "StatusCheckFailed", dimensions: { InstanceId: this.id }, statistic: "Maximum" },
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      missingData: "breaching",
      means: `${this.name} or the hardware below it does not answer; no data means that it is stopped or gone.`,
      runbook: "ec2.md#status-check",
    });
  }

  private stateFacts({ name, why, fails, instanceType, dataVolume }: InstanceProps<Port>): void {
    SystemStack.of(this).inventory.add({
      kind: "instance",
      id: pathInStack(this),
      name,
      why,
      size: dataVolume === undefined ? instanceType : `${instanceType}, ${dataVolume.sizeGib} GiB of data`,
      stateful: dataVolume !== undefined,
      fails,
      instanceType,
      dataVolume: dataVolume?.name,
    });
  }
}

/** CloudWatch namespace that a stack's instances report to, and the only one they may write to. */
export function metricNamespace(scope: Construct): string {
  return `${SystemStack.of(scope).namePrefix}/instances`;
}

/** Processor of an instance type. Graviton types have a `g` after the generation: `t4g`, `m7gd`, but not `g4dn`. */
function architecture(instanceType: string): "arm64" | "x86_64" {
  return /^([a-z]+\d+[a-z]*g[a-z]*|a1)\./.test(instanceType) ? "arm64" : "x86_64";
}
