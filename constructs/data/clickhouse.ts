import { Construct } from "constructs";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import type { Protection } from "../base/protection";
import { Instance, metricNamespace } from "../compute/instance";
import access from "../compute/user-data/clickhouse/access.xml";
import service from "../compute/user-data/clickhouse/clickhouse.service";
import server from "../compute/user-data/clickhouse/clickhouse-server.sh";
import syncService from "../compute/user-data/clickhouse/clickhouse-sync.service";
import syncTimer from "../compute/user-data/clickhouse/clickhouse-sync.timer";
import tables from "../compute/user-data/clickhouse/clickhouse-tables.sh";
import users from "../compute/user-data/clickhouse/clickhouse-users.sh";
import volume from "../compute/user-data/clickhouse/clickhouse-volume.sh";
import serverConfig from "../compute/user-data/clickhouse/server.xml";
import setup from "../compute/user-data/clickhouse/setup.sh";
import tablesSql from "../compute/user-data/clickhouse/tables.sql";
import type { InstanceFile } from "../compute/user-data/user-data";
import type { Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import type { Alarms } from "../observability/alarm-topic";
import type { Secret } from "../security/secret";
import { agentConfig, ClickHouseAlarms } from "./clickhouse-alarms";
import { ClickHouseAuth } from "./clickhouse-auth";
import { DataVolume } from "./data-volume";

export interface ClickHouseProps {
  readonly network: Network;
  /** Letter of the zone that it stands in. Another one replaces the data volume. */
  readonly zone: string;
  readonly why: string;
  /** EC2 instance type with 2 GiB of memory or more, for example `t3.small`. */
  readonly instanceType: string;
  /** Size of the data volume, in GiB. It can grow, never shrink; the file system follows at the next boot. */
  readonly dataGib: number;
  /** Secret that gets the names and passwords of the writer and the reader. */
  readonly secretName: string;
  /** Raise it by one and the next apply sets other passwords. The server has them within a minute, its clients when they start. */
  readonly passwordVersion: number;
  /** Protects the data volume and the secret. The instance itself keeps nothing. */
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/** The 24.3 line, which has long-term support. Raised on purpose: a newer ClickHouse does not go back. */
const IMAGE = "clickhouse/clickhouse-server:24.3";
/** GiB: the system, two releases of the image, and the journal. */
const ROOT_GIB = 16;

/**
 * ClickHouse 24.3 in a container on a private instance, with its data on a volume of its own: changing the image, the
 * scripts or the instance never touches the data. It is reached by whom `connections.allowFrom` names.
 *
 * There are two users: one writes events, one reads them. The server knows hashes of their passwords only. What travels
 * is not encrypted, but stays inside the network.
 */
export class ClickHouse extends Construct implements Connectable<"http" | "native"> {
  readonly connections: Connections<"http" | "native">;
  /** CLICKHOUSE_WRITER_USER and _PASSWORD, CLICKHOUSE_READER_USER and _PASSWORD. */
  readonly secret: Secret<
    "CLICKHOUSE_WRITER_USER" | "CLICKHOUSE_WRITER_PASSWORD" | "CLICKHOUSE_READER_USER" | "CLICKHOUSE_READER_PASSWORD"
  >;
  /** Private address. It stays when the instance is replaced. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: ClickHouseProps) {
    super(scope, id);
    const { network, zone, why, instanceType, dataGib, secretName, passwordVersion, protection, alarms } = props;
    const name = physicalName(this, NAME_LIMIT.role);
    const subnet = network.subnetIn("private", zone);
    this.secret = new ClickHouseAuth(this, "Auth", { secretName, why: `users of ${name}`, version: passwordVersion, protection }).secret;
    const data = new DataVolume(this, "Data", {
      name: `${name}-data`,
      zone: subnet.zone,
      sizeGib: dataGib,
      protection,
      alarms,
      runbook: "clickhouse.md#snapshots",
    });
    const instance = new Instance(this, "Default", {
      network,
      name,
      why,
      fails:
        "EC2 restarts it elsewhere in minutes, or -replace does, with the same volume and address; a lost volume comes back from a daily snapshot",
      subnet,
      ports: { http: 8123, native: 9000 },
      instanceType,
      rootGib: ROOT_GIB,
      boot: {
        settings: { DATA_VOLUME: data.id, AUTH_SECRET: secretName, CLICKHOUSE_IMAGE: IMAGE, NETWORK_CIDR: network.cidr },
        files: [...FILES, { path: "/etc/cloudwatch-agent.json", content: agentConfig(name, metricNamespace(this)) }],
        script: setup,
      },
      dataVolume: data,
      alarms,
    });
    this.connections = instance.connections;
    data.attachTo(instance);
    this.secret.grantRead(instance);
    this.host = instance.privateIp;
    new ClickHouseAlarms(this, "Alarms", { name, instance, alarms });
  }
}

/** Scripts, units and configuration, where systemd, the container and the scripts themselves look for them. */
const FILES: readonly InstanceFile[] = [
  ...Object.entries({ volume, users, server, tables }).map(
    ([name, content]): InstanceFile => ({ path: `/usr/local/sbin/clickhouse-${name}`, mode: "0755", content }),
  ),
  { path: "/etc/systemd/system/clickhouse.service", content: service },
  { path: "/etc/systemd/system/clickhouse-sync.service", content: syncService },
  { path: "/etc/systemd/system/clickhouse-sync.timer", content: syncTimer },
  { path: "/etc/clickhouse/server.xml", content: serverConfig },
  { path: "/etc/clickhouse/users.d/access.xml", content: access },
  { path: "/etc/clickhouse/tables.sql", content: tablesSql },
];
