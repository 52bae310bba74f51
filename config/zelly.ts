import { type Fault, fault, schemaFaults } from "./config-error";
import { environmentsHaving, networkFaults, overlapFaults, samePlaceFaults, sharedStateFaults } from "./environment-faults";
import { VPN_CIDR, vpnOverlaps, type ZellyConfig, zellyEnvironment } from "./zelly-schema";
import peers from "./zelly-wireguard.json";

/** State of every environment is in one bucket, in production's region. */
const state = {
  bucket: "zelly-terraform-state",
  region: "ap-south-1",
  lockTable: "zelly-terraform-locks",
  organization: "example",
  project: "zelly",
};

/** Sizes that every environment shares: CPU in units of 1/1024 vCPU, memory in MiB. */
const large = { cpu: 1024, memoryMib: 2048 };
const medium = { cpu: 512, memoryMib: 1024 };
const small = { cpu: 256, memoryMib: 512 };
const scaled = (max: number) => ({ min: 1, max, cpuPercent: 70 });
const one = { min: 1, max: 1 };

export const zellyEnvironments = {
  production: {
    accountId: "111111111111",
    region: "ap-south-1",
    state: { ...state, key: "production/terraform.tfstate" },
    protection: "protected",
    network: {
      cidr: "10.0.0.0/16",
      zones: {
        a: { publicCidr: "10.0.0.0/20", privateCidr: "10.0.128.0/20" },
        b: { publicCidr: "10.0.16.0/20", privateCidr: "10.0.144.0/20" },
        c: { publicCidr: "10.0.32.0/20", privateCidr: "10.0.160.0/20" },
      },
      nat: { single: "a" },
      flowLogDays: 30,
    },
    services: {
      fastifyNova: { ...large, tasks: scaled(4) },
      customerPanel: { ...medium, tasks: scaled(2) },
      orionBackend: { ...medium, tasks: scaled(2) },
      eventsConsumer: { ...small, tasks: one },
      storefront: { ...large, tasks: scaled(4) },
      internalTools: { ...small, tasks: one },
    },
    aurora: { minAcu: 0.5, maxAcu: 8, access: "private", passwordVersion: 1 },
    redis: { nodeType: "cache.t4g.small" },
    clickhouse: { instanceType: "t3.medium", dataGib: 50, passwordVersion: 1 },
    bastion: { instanceType: "t3.micro" },
    registry: "create",
    monthlyBudgetUsd: 460,
    wireguard: { cidr: VPN_CIDR, ...peers.production },
  },
  staging: {
    accountId: "111111111111",
    region: "ap-southeast-1",
    state: { ...state, key: "staging/terraform.tfstate" },
    protection: { unprotectedBecause: "staging holds no data that is missed" },
    network: {
      cidr: "10.1.0.0/16",
      zones: {
        a: { publicCidr: "10.1.0.0/20", privateCidr: "10.1.128.0/20" },
        b: { publicCidr: "10.1.16.0/20", privateCidr: "10.1.144.0/20" },
        c: { publicCidr: "10.1.32.0/20", privateCidr: "10.1.160.0/20" },
      },
      nat: { single: "a" },
      flowLogDays: 7,
    },
    services: {
      fastifyNova: { ...large, tasks: scaled(2) },
      customerPanel: { ...medium, tasks: scaled(2) },
      orionBackend: { ...medium, tasks: scaled(2) },
      eventsConsumer: { ...small, tasks: one },
      storefront: { ...large, tasks: scaled(2) },
      internalTools: { ...small, tasks: one },
    },
    aurora: {
      minAcu: 0,
      maxAcu: 2,
      access: { publicTo: ["203.0.113.0/24"], because: "developers reach staging without the VPN" },
      passwordVersion: 1,
    },
    redis: { nodeType: "cache.t4g.micro" },
    clickhouse: { instanceType: "t3.small", dataGib: 20, passwordVersion: 1 },
    bastion: { instanceType: "t3.micro" },
    registry: { readFrom: "ap-south-1" },
    monthlyBudgetUsd: 320,
    wireguard: { cidr: VPN_CIDR, ...peers.staging },
  },
} satisfies Record<string, ZellyConfig>;

/** Every fault of Zelly's environments, by path. */
export function zellyFaults(values: Readonly<Record<string, ZellyConfig>>): Fault[] {
  const wrongShape = Object.entries(values).flatMap(([name, config]) => schemaFaults(["zelly", name], zellyEnvironment, config));
  const having = (...fields: (keyof ZellyConfig)[]) => environmentsHaving(values, zellyEnvironment.shape, fields);
  const networks = having("network");
  const own = Object.entries(networks).flatMap(([name, config]) => {
    const path = ["zelly", name];
    const vpn = vpnOverlaps(config)
      ? [fault([...path, "network", "cidr"], `must not overlap the VPN's ${VPN_CIDR}`, config.network.cidr)]
      : [];
    return [...networkFaults([...path, "network"], config.network), ...vpn];
  });
  return [
    ...wrongShape,
    ...own,
    ...overlapFaults("zelly", networks),
    ...samePlaceFaults("zelly", having("accountId", "region")),
    ...sharedStateFaults("zelly", having("state")),
    ...registryFaults(values),
  ];
}

/** Faults of environments that read repositories in a region where none makes any; none as long as it is not known who makes them. */
function registryFaults(values: Readonly<Record<string, ZellyConfig>>): Fault[] {
  const known = environmentsHaving(values, zellyEnvironment.shape, ["registry", "region"]);
  if (Object.keys(known).length < Object.keys(values).length) return [];
  const makers = Object.values(values)
    .filter(({ registry }) => registry === "create")
    .map(({ region }) => region);
  return Object.entries(values).flatMap(([name, { registry }]) => {
    if (typeof registry === "string" || makers.includes(registry.readFrom)) return [];
    const rule = `must be a region whose environment makes the repositories, such as ${makers.join(", ")}`;
    return [fault(["zelly", name, "registry", "readFrom"], rule, registry.readFrom)];
  });
}
