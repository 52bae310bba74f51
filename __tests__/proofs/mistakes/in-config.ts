import type { ConfigMistake } from "../support/mistake";

/** What the values of the environments can get wrong. */
export const IN_CONFIG: readonly ConfigMistake[] = [
  {
    mistake: "two environments whose networks overlap",
    caughtBy: "config",
    says: "zelly.staging.network.cidr: must not overlap production's 10.0.0.0/16",
    change: ({ production, staging }) => {
      staging.network = production.network;
    },
  },
  {
    mistake: "a network that overlaps the VPN",
    caughtBy: "config",
    says: "zelly.staging.network.cidr: must not overlap the VPN's 10.10.0.0/24",
    change: ({ staging }) => {
      staging.network = JSON.parse(JSON.stringify(staging.network).replaceAll('"10.1.', '"10.10.'));
    },
  },
  {
    mistake: "a subnet outside its network",
    caughtBy: "config",
    says: "zelly.staging.network.zones.c.privateCidr: must lie in the VPC's 10.1.0.0/16",
    change: ({ staging }) => {
      staging.network.zones["c"] = { publicCidr: "10.1.32.0/20", privateCidr: "10.3.0.0/20" };
    },
  },
  {
    mistake: "two subnets that overlap",
    caughtBy: "config",
    says: "zelly.staging.network.zones.b.publicCidr: must not overlap zones.a.publicCidr (10.1.0.0/20)",
    change: ({ staging }) => {
      staging.network.zones["b"] = { publicCidr: "10.1.8.0/21", privateCidr: "10.1.144.0/20" };
    },
  },
  {
    mistake: "a security group that is open to the whole internet",
    caughtBy: "config",
    says: "must be a block of /8 or smaller: the whole internet is nobody's address",
    change: ({ staging }) => {
      staging.aurora.access = { publicTo: ["0.0.0.0/0"], because: "developers work from everywhere" };
    },
  },
  {
    mistake: "a task size that Fargate does not have",
    caughtBy: "config",
    says: "services.storefront.memoryMib: must make a size that Fargate has: 2048 to 8192 MiB in steps of 1024 with 1024 CPU units",
    change: ({ production }) => {
      production.services.storefront.memoryMib = 16_384;
    },
  },
  {
    mistake: "fewer tasks at most than at least",
    caughtBy: "config",
    says: "services.customerPanel.tasks.min: must not be over max",
    change: ({ production }) => {
      production.services.customerPanel.tasks.min = 3;
    },
  },
  {
    mistake: "a capacity between two steps",
    caughtBy: "config",
    says: "aurora.minAcu: must be a multiple of 0.5",
    change: ({ staging }) => {
      staging.aurora.minAcu = 0.3;
    },
  },
  {
    mistake: "two environments that keep their state in one place",
    caughtBy: "config",
    says: "zelly.staging.state.key: must differ from production's",
    change: ({ production, staging }) => {
      staging.state.key = production.state.key;
    },
  },
  {
    mistake: "a region that does not exist",
    caughtBy: "config",
    says: "zelly.production.state.region: must be an AWS region such as us-east-1",
    change: ({ production }) => {
      production.state.region = "ap-south-9";
    },
  },
  {
    mistake: "images of a region where nobody makes them",
    caughtBy: "config",
    says: "registry.readFrom: must be a region whose environment makes the repositories, such as ap-south-1",
    change: ({ staging }) => {
      staging.registry = { readFrom: "eu-west-1" };
    },
  },
  {
    mistake: "a retention that CloudWatch Logs does not have",
    caughtBy: "config",
    says: "network.flowLogDays: must be a retention that CloudWatch Logs takes, such as 30",
    change: ({ production }) => {
      production.network.flowLogDays = 31;
    },
  },
  {
    mistake: "two peers of the VPN with one address",
    caughtBy: "config",
    says: "wireguard.peers.peer2.address: must differ from peer1's",
    change: ({ staging }) => {
      staging.wireguard.peers["peer2"] = { publicKey: Buffer.alloc(32, 1).toString("base64"), address: "10.10.0.2" };
    },
  },
  {
    mistake: "a reason that is none",
    caughtBy: "config",
    says: "zelly.production.protection.unprotectedBecause: must be a sentence that says why",
    change: ({ production }) => {
      production.protection = { unprotectedBecause: "because" };
    },
  },
];
