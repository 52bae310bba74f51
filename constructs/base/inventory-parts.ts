/** Every fact: which construct states it. */
export interface Stated {
  /** Path of the construct below its stack, for example `FastifyNova`; the name, for what is known by its name alone. Unique in its kind. */
  readonly id: string;
}

/** A part of the system, with its row in the architecture table. */
export interface PartOfSystem extends Stated {
  /** Name in AWS, as an operator finds it in the console. */
  readonly name: string;
  /** Why the system has it, in a few words. */
  readonly why: string;
  /** What it is sized by, for example `1 vCPU, 2048 MiB, 1 to 4 tasks`. */
  readonly size: string;
  /** True when losing it loses data. */
  readonly stateful: boolean;
  /** How it fails, and what happens then. */
  readonly fails: string;
}

export interface ServiceFact extends PartOfSystem {
  readonly kind: "service";
  readonly cluster: string;
  readonly family: string;
  readonly cpu: number;
  readonly memoryMib: number;
  readonly tasks: { readonly min: number; readonly max: number; readonly cpuPercent?: number };
  readonly containers: readonly {
    readonly name: string;
    /** SSM parameter that holds the image, or the image itself where it is fixed. */
    readonly image: { readonly parameter: string } | { readonly fixed: string };
    readonly logGroup: string;
    /** Names of the secrets that reach the container as environment variables. */
    readonly secrets: readonly string[];
    /** Names of all its environment variables, secret ones too; sorted. */
    readonly variables: readonly string[];
  }[];
  /** How other services call it in the network; none when Service Connect does not offer it. */
  readonly discovery?: { readonly name: string; readonly ports: readonly number[] };
}

export interface LoadBalancerFact extends PartOfSystem {
  readonly kind: "loadBalancer";
  readonly type: "application" | "network";
  readonly listeners: readonly { readonly port: number; readonly protocol: string; readonly to: string }[];
  /** Seconds without a byte after which a connection is closed; none where AWS sets it. */
  readonly idleTimeoutSeconds?: number;
  /** Id of the certificate fact; none where it ends no TLS. */
  readonly certificate?: string;
}

export interface DatabaseFact extends PartOfSystem {
  readonly kind: "database";
  readonly engine: string;
  readonly port: number;
  readonly public: boolean;
  /** Secret with the master credentials. */
  readonly secret: string;
  /** Database that is there from the start; none where migrations make it. */
  readonly databaseName?: string;
  /** Secrets that hold its connection URL, each under one key. */
  readonly urls?: readonly { readonly secret: string; readonly key: string }[];
}

export interface CacheFact extends PartOfSystem {
  readonly kind: "cache";
  readonly engine: string;
  readonly port: number;
  /** Secret with host, port and token. */
  readonly secret: string;
}

export interface FileSystemFact extends PartOfSystem {
  readonly kind: "fileSystem";
  readonly accessPoints: readonly string[];
}

export interface InstanceFact extends PartOfSystem {
  readonly kind: "instance";
  readonly instanceType: string;
  /** Data volume, by its Name tag; none when the instance keeps nothing. */
  readonly dataVolume?: string;
}

export interface NetworkFact extends PartOfSystem {
  readonly kind: "network";
  readonly cidr: string;
  readonly subnets: readonly { readonly name: string; readonly cidr: string; readonly zone: string; readonly tier: "public" | "private" }[];
}

export interface ClusterFact extends PartOfSystem {
  readonly kind: "cluster";
}

export interface RegistryFact extends PartOfSystem {
  readonly kind: "registry";
  readonly region: string;
  /** True when this root creates the repository, false when it only reads it. */
  readonly created: boolean;
}

export interface VpnFact extends PartOfSystem {
  readonly kind: "vpn";
  /** Block of the VPN's own addresses. The server has the first one. */
  readonly cidr: string;
  /** SSM parameter that the server reads its peers from. */
  readonly peersParameter: string;
  /** What the parameter holds after an apply: the `[Peer]` sections of a WireGuard configuration. */
  readonly peersDocument: string;
  /** Secret with the server's private key. */
  readonly serverKeySecret: string;
  /** None as long as the server has no key. */
  readonly serverPublicKey?: string;
  readonly peers: readonly { readonly name: string; readonly publicKey: string; readonly address: string }[];
}

export interface BucketFact extends PartOfSystem {
  readonly kind: "bucket";
  readonly versioned: boolean;
}

export interface DistributionFact extends PartOfSystem {
  readonly kind: "distribution";
  /** Where visitors' requests go, by path pattern; the last is the default. Policies by their ids; none where nothing is stated. */
  readonly behaviours: readonly {
    readonly path: string;
    readonly to: string;
    readonly cachePolicyId?: string;
    readonly originRequestPolicyId?: string;
  }[];
  /** Names that it answers to, or the Terraform variable that holds them. */
  readonly hosts: readonly string[];
  /** What its public backend asks for; none where the backend is private. */
  readonly originSecret?: OriginSecretFact;
}

/** A secret header in two values, in two secrets. The backend takes both. */
export interface OriginSecretFact {
  readonly header: string;
  readonly sends: "blue" | "green";
  /** Names of the secrets. */
  readonly secrets: { readonly blue: string; readonly green: string };
}

export interface FunctionFact extends PartOfSystem {
  readonly kind: "function";
  readonly logGroup: string;
  readonly timeoutSeconds: number;
}

export interface TableFact extends PartOfSystem {
  readonly kind: "table";
}

export interface UserPoolFact extends PartOfSystem {
  readonly kind: "userPool";
  /** True when this root creates the pool, false when it uses one that is there. */
  readonly created: boolean;
}

export interface ApiFact extends PartOfSystem {
  readonly kind: "api";
  readonly stage: string;
  readonly routes: readonly { readonly method: string; readonly path: string; readonly to: string; readonly access: string }[];
}

/** Which connections from outside the network are asked for: none, one kind, or the end of one kind. */
export type KafkaPhase = "create" | "public" | "multiVpc" | "multiVpcOff";

export interface KafkaFact extends PartOfSystem {
  readonly kind: "kafka";
  readonly phase: KafkaPhase;
  /** Ports that clients connect to, by how they authenticate. */
  readonly ports: readonly { readonly name: string; readonly port: number }[];
}
