import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import type { App } from "cdktf";
import type { Construct } from "constructs";
import { SystemStack } from "../../../constructs/base/system-stack";
import { EcsCluster } from "../../../constructs/compute/ecs-cluster";
import { FargateService, type FargateServiceProps } from "../../../constructs/compute/fargate-service";
import { AuroraMysql } from "../../../constructs/data/aurora-mysql";
import { DataVolume } from "../../../constructs/data/data-volume";
import { NetworkLoadBalancer } from "../../../constructs/edge/network-load-balancer";
import { Bastion } from "../../../constructs/network/bastion";
import { Network } from "../../../constructs/network/network";
import { LogGroup } from "../../../constructs/observability/log-group";
import { Role } from "../../../constructs/security/role";
import { UNMONITORED, UNPROTECTED, ZONES } from "../../constructs/parts";
import type { CodeMistake, Shop } from "../support/mistake";

function service(scope: Construct, { network }: Shop, props: Partial<FargateServiceProps<"http">>): FargateService<"http"> {
  return new FargateService(scope, "Api", {
    cluster: new EcsCluster(scope, "Cluster", { name: "shop" }),
    network,
    name: "api",
    why: "sells things",
    cpu: 256,
    memoryMib: 512,
    tasks: { min: 1, max: 1 },
    containers: [{ name: "app", image: "registry.example.com/app:1", ports: { http: 8080 } }],
    logs: { name: "/shop/api", retentionDays: 30 },
    alarms: UNMONITORED,
    ...props,
  });
}

const data = {
  name: "data",
  zone: "eu-west-1a",
  sizeGib: 20,
  protection: UNPROTECTED,
  alarms: UNMONITORED,
  runbook: "ec2.md#disk",
} as const;

/** Another root of the same app. */
class OtherRoot extends SystemStack {
  readonly bucket: S3Bucket;

  constructor(app: App, { stack }: Shop) {
    const { region, accountId } = stack;
    const state = { bucket: "s", key: "o.tfstate", region, lockTable: "locks", organization: "example", project: "other" };
    super(app, "other-test", { system: "other", environment: "test", accountId, region, backend: "s3", state });
    this.bucket = new S3Bucket(this, "Uploads", {});
  }
}

/** What constructs refuse, and what stops synthesis or the comparison with the address lock. */
export const IN_CONSTRUCTS: readonly CodeMistake[] = [
  {
    mistake: "a secret in a container's environment",
    caughtBy: "construct",
    says: 'container app: environment must hold no secret; use secrets for these variables, got ["JWT_SECRET"]',
    code: (scope, shop) =>
      void service(scope, shop, {
        containers: [{ name: "app", image: "registry.example.com/app:1", environment: { JWT_SECRET: "0f3a9c1b7d5e2846" } }],
      }),
  },
  {
    mistake: "two containers of one name",
    caughtBy: "construct",
    says: "containers must have different names",
    code: (scope, shop) =>
      void service(scope, shop, { containers: ["one", "two"].map((tag) => ({ name: "app", image: `registry.example.com/app:${tag}` })) }),
  },
  {
    mistake: "a task that may take longer to stop than Fargate waits",
    caughtBy: "construct",
    says: "container app: stopTimeoutSeconds must be 2 to 120, which is what Fargate waits, got 300",
    code: (scope, shop) =>
      void service(scope, shop, { containers: [{ name: "app", image: "registry.example.com/app:1", stopTimeoutSeconds: 300 }] }),
  },
  {
    mistake: "permissions on everything without a reason",
    caughtBy: "construct",
    says: "statement Read must give wildcardBecause for a wildcard",
    code: (scope) => new Role(scope, "Role", { service: "ec2.amazonaws.com" }).allow({ sid: "Read", actions: ["s3:*"], resources: ["*"] }),
  },
  {
    mistake: "a NAT gateway in a zone without subnets",
    caughtBy: "construct",
    says: 'zones must have "d", where something is to stand, got ["a","b"]',
    code: (scope) => {
      const { a, b } = ZONES;
      new Network(scope, "Second", { cidr: "10.0.0.0/16", zones: { a, b }, nat: { single: "d" }, flowLogDays: 7 });
    },
  },
  {
    mistake: "more backups than Aurora keeps",
    caughtBy: "construct",
    says: "backupDays must be 1 to 35, got 90",
    code: (scope, { network }) =>
      void new AuroraMysql(scope, "Orders", {
        network,
        why: "orders",
        minAcu: 0,
        maxAcu: 2,
        access: "private",
        secretName: "shop/orders",
        passwordVersion: 1,
        backupDays: 90,
        protection: "protected",
        alarms: UNMONITORED,
      }),
  },
  {
    mistake: "a balancer's name that is longer than AWS takes",
    caughtBy: "construct",
    says: "name must have at most 32 characters",
    code: (scope, shop) =>
      void new NetworkLoadBalancer(scope, "Balancer", {
        network: shop.network,
        name: "network-balancer-of-the-storefront",
        why: "visitors",
        service: service(scope, shop, {}),
        passthrough: ["http"],
        protection: UNPROTECTED,
        alarms: UNMONITORED,
      }),
  },
  {
    mistake: "a private key's file where a public key belongs",
    caughtBy: "construct",
    says: "serverPublicKey must be 32 bytes in base64, as `wg pubkey` writes them",
    code: (scope, { network }) =>
      void new Bastion(scope, "Bastion", {
        network,
        zone: "a",
        instanceType: "t3.micro",
        sshPublicKey: "ssh-ed25519 AAAA",
        vpnCidr: "10.10.0.0/24",
        serverPublicKey: "/etc/wireguard/private.key",
        peers: {},
        serverKeySecret: "vpn/server-key",
        protection: UNPROTECTED,
        alarms: UNMONITORED,
      }),
  },
  {
    mistake: "two constructs of one id",
    caughtBy: "synthesis",
    says: "There is already a Construct with name 'Mail'",
    code: (scope) => {
      for (const name of ["mail", "letters"]) new SnsTopic(scope, "Mail", { name });
    },
  },
  {
    mistake: "two constructs that come to one address",
    caughtBy: "synthesis",
    says: "give one of the two another id",
    code: (scope) => {
      new SnsTopic(scope, "OrderMail", { name: "mail" });
      new SnsTopic(scope, "Order-Mail", { name: "letters" });
    },
  },
  {
    mistake: "one name for two log groups",
    caughtBy: "synthesis",
    says: 'shop-test//shop/api: states the inventory fact "logGroup" twice',
    code: (scope) => {
      for (const id of ["Api", "Worker"]) new LogGroup(scope, id, { name: "/shop/api", retentionDays: 30 });
    },
  },
  {
    mistake: "a service that is let in twice",
    caughtBy: "synthesis",
    says: "There is already a Construct with name 'From",
    code: (scope, shop) => {
      const api = service(scope, shop, {});
      for (const because of ["asks", "asks again"]) api.connections.allowFrom(api, because);
    },
  },
  {
    mistake: "a reference to a resource of another root",
    caughtBy: "synthesis",
    says: "must not refer to a resource of other-test; read it by its name instead",
    code: (scope, shop) => {
      const other = new OtherRoot(scope.node.root as App, shop);
      new SnsTopic(scope, "Uploads", { name: other.bucket.bucket });
    },
  },
  {
    mistake: "another id for what holds data, without a word of the old one",
    caughtBy: "address lock",
    says: "is gone without a moved block, and with it the blocks; call movedFrom(construct,",
    lock: "forgotten",
    before: (scope) => void new DataVolume(scope, "Data", data),
    code: (scope) => void new DataVolume(scope, "Disk", data),
  },
  {
    mistake: "something that holds data, and is not in the lock",
    caughtBy: "address lock",
    says: 'is not in addresses.lock.json; run "ops addresses --write" to lock it',
    lock: "forgotten",
    code: (scope) => void new DataVolume(scope, "Archive", data),
  },
];
