import type {
  ApiFact,
  BucketFact,
  CacheFact,
  ClusterFact,
  DatabaseFact,
  DistributionFact,
  FileSystemFact,
  FunctionFact,
  InstanceFact,
  KafkaFact,
  LoadBalancerFact,
  NetworkFact,
  RegistryFact,
  ServiceFact,
  Stated,
  TableFact,
  UserPoolFact,
  VpnFact,
} from "./inventory-parts";

/**
 * What operations need to know of a root, as plain values. Written once, by the construct that knows it; validation, the
 * architecture tables and the operators' CLI all read it from here. Live resources are found by the names in it.
 *
 * A new fact is a new member of {@link Fact}. A changed meaning raises {@link INVENTORY_VERSION}.
 */
export const INVENTORY_VERSION = 1;

/** Topics that a Kafka cluster should have, and the function that makes them. */
export interface KafkaTopicsFact extends Stated {
  readonly kind: "kafkaTopics";
  /** Name of the cluster. */
  readonly cluster: string;
  /** Name of the function in the cluster's network. */
  readonly function: string;
  readonly timeoutSeconds: number;
  /** As Kafka's own requests have them, sorted by name. */
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: number;
    readonly replicas: number;
    readonly settings: Readonly<Record<string, string>>;
  }[];
}

export interface SecretFact extends Stated {
  readonly kind: "secret";
  readonly name: string;
  /** Keys that the secret's JSON must have. */
  readonly keys: readonly string[];
  /** Who sets the value: `terraform` without keeping it, or `operator`. */
  readonly setBy: "terraform" | "operator";
}

export interface CertificateFact extends Stated {
  readonly kind: "certificate";
  /** Where the domain comes from: a name, or the Terraform variable that holds it. */
  readonly domain: string;
  /** Names that it stands for, the first of them its own; none where they are known only from a Terraform variable. */
  readonly domains?: readonly string[];
  readonly region: string;
}

export interface LogGroupFact extends Stated {
  readonly kind: "logGroup";
  readonly name: string;
  readonly retentionDays: number;
}

export interface AlarmFact extends Stated {
  readonly kind: "alarm";
  readonly name: string;
  /** Where it stands: CloudFront reports in one region only. */
  readonly region: string;
  readonly means: string;
  readonly missingData: "breaching" | "notBreaching" | "ignore" | "missing";
  /** Page and heading below docs/runbooks. */
  readonly runbook: string;
}

export interface DashboardFact extends Stated {
  readonly kind: "dashboard";
  readonly name: string;
}

/** The one security group of a part, found by its Name tag. Its rules are the edges from and to its id. */
export interface SecurityGroupFact extends Stated {
  readonly kind: "securityGroup";
  readonly name: string;
}

/** A public name in a zone of Route 53. */
export interface PublicNameFact extends Stated {
  readonly kind: "publicName";
  /** Full name, without a final dot. */
  readonly name: string;
  /** Domain of the zone. */
  readonly zone: string;
  /** Name of the balancer or the distribution that it stands for. */
  readonly target: string;
}

/** `from` reaches `to` on a port, because of something. One network rule each. */
export interface EdgeFact extends Stated {
  readonly kind: "edge";
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly port: number;
  readonly because: string;
  /** Blocks of addresses, where one end is no part of the system; or the name of a list of AWS's that has them. */
  readonly addresses?: readonly string[] | { readonly prefixList: string };
}

/** A safeguard that is off, or a wildcard that is allowed, and the sentence that says why. */
export interface ExceptionFact extends Stated {
  readonly kind: "exception";
  readonly what: string;
  readonly because: string;
}

export type Fact =
  | AlarmFact
  | ApiFact
  | BucketFact
  | CacheFact
  | CertificateFact
  | ClusterFact
  | DashboardFact
  | DatabaseFact
  | DistributionFact
  | EdgeFact
  | ExceptionFact
  | FileSystemFact
  | FunctionFact
  | InstanceFact
  | KafkaFact
  | KafkaTopicsFact
  | LoadBalancerFact
  | LogGroupFact
  | NetworkFact
  | PublicNameFact
  | RegistryFact
  | SecretFact
  | SecurityGroupFact
  | ServiceFact
  | TableFact
  | UserPoolFact
  | VpnFact;

/** Facts that are rows of the architecture table. */
export type PartFact = Extract<Fact, { why: string }>;

/** What a root says of itself, as it is written beside the stacks. */
export interface InventoryDocument {
  readonly version: typeof INVENTORY_VERSION;
  readonly root: string;
  readonly system: string;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** Start of physical names, for example `zelly-staging`. */
  readonly namePrefix: string;
  /** Sorted by kind, then id. */
  readonly facts: readonly Fact[];
}
