import { schemaFaults } from "../../config/config-error";
import { type MskClusterConfig, mskCluster, mskZoneFaults } from "../../config/kafka-schema";

const ORDERS = { name: "orders", partitions: 3, replicas: 2, cleanupPolicy: "delete", retentionHours: 24 } as const;

const RIGHT: MskClusterConfig = {
  brokerType: "kafka.m7g.large",
  zones: ["a", "b"],
  tier: "private",
  brokersPerZone: 1,
  storageGib: 100,
  maxStorageGib: 500,
  phase: "create",
  topics: [ORDERS],
};

/** Faults of a cluster's configuration, with some of its values replaced. */
const faultsWith = (change: object): string[] => schemaFaults(["msk"], mskCluster, { ...RIGHT, ...change });
/** Faults of its one topic. An undefined value is taken out. */
const topicFaults = (change: object): string[] => faultsWith({ topics: [JSON.parse(JSON.stringify({ ...ORDERS, ...change }))] });

const REASON = "partners send us their events";
const TO = ["203.0.113.0/24"];

describe("an MSK cluster's configuration", () => {
  test.each<[string, object]>([
    ["is private", {}],
    ["is public, in public subnets", { tier: "public", phase: { public: { to: TO, because: REASON } } }],
    ["takes other networks", { phase: { multiVpc: { clients: [{ account: "222222222222" }] } } }],
    [
      "gives another account a group and topics",
      {
        phase: {
          multiVpc: {
            clients: [{ account: "222222222222", consume: { topics: ["orders"], group: "billing" }, produce: { topics: ["orders"] } }],
          },
        },
      },
    ],
    ["takes those of AWS's own services alone", { phase: { multiVpc: { clients: [] } } }],
    ["takes them no more", { phase: { multiVpc: "off" } }],
    ["has three zones", { zones: ["a", "b", "c"], topics: [{ ...ORDERS, replicas: 3 }] }],
    ["has no topics yet", { topics: [] }],
  ])("has no fault when it %s", (_what, change) => {
    expect(faultsWith(change)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["brokerType", { brokerType: "m7g.large" }, 'must be a standard broker of MSK such as kafka.m7g.large, got "m7g.large"'],
    [
      "brokerType",
      { brokerType: "express.m7g.large" },
      'must be a standard broker of MSK such as kafka.m7g.large, got "express.m7g.large"',
    ],
    ...["kafka.t3.large", "kafka.m7g.small", "kafka.m7g.3xlarge", "kafka.m7g.24xlarge", "kafka.zz9.large"].map(
      (brokerType): [string, object, string] => [
        "brokerType",
        { brokerType },
        `must be a standard broker of MSK such as kafka.m7g.large, got "${brokerType}"`,
      ],
    ),
    ["zones", { zones: ["a"] }, 'must be two or three, as MSK has it, got ["a"]'],
    ["zones", { zones: ["a", "b", "c", "d"] }, 'must be two or three, as MSK has it, got ["a","b","c","d"]'],
    ["zones", { zones: ["a", "a"] }, 'must not have one letter twice, got ["a","a"]'],
    ["zones.1", { zones: ["a", "z"] }, 'must be the letter of an availability zone, got "z"'],
    ["tier", { tier: "isolated" }, 'must be one of private, public, got "isolated"'],
    ["brokersPerZone", { brokersPerZone: 0 }, "must be 1 to 20, got 0"],
    ["brokersPerZone", { brokersPerZone: 21 }, "must be 1 to 20, got 21"],
    ["brokersPerZone", { brokersPerZone: 1.5 }, "must be a whole number, got 1.5"],
    ["storageGib", { storageGib: 0 }, "must be 1 to 16384, got 0"],
    ["maxStorageGib", { maxStorageGib: 16_385 }, "must be 1 to 16384, got 16385"],
    ["maxStorageGib", { maxStorageGib: 100 }, "must be over storageGib, as storage grows by itself, got 100"],
    ["phase", { phase: "public" }, 'must be "create", { public: { to: […], because: "why" } } or { multiVpc: … }, got "public"'],
    ["phase.public.to", { tier: "public", phase: { public: { to: [], because: REASON } } }, "must name an address block, got []"],
    [
      "phase.public.to.0",
      { tier: "public", phase: { public: { to: ["0.0.0.0/0"], because: REASON } } },
      'must be a block of /8 or smaller: the whole internet is nobody\'s address, got "0.0.0.0/0"',
    ],
    [
      "phase.public.because",
      { tier: "public", phase: { public: { to: TO, because: "so" } } },
      'must be a sentence that says why, got "so"',
    ],
    [
      "tier",
      { phase: { public: { to: TO, because: REASON } } },
      'must be "public" for brokers that are to be reached from outside, got "private"',
    ],
    [
      "phase.multiVpc.clients.0.account",
      { phase: { multiVpc: { clients: [{ account: "2222" }] } } },
      'must be an AWS account id, twelve digits, got "2222"',
    ],
    [
      "phase.multiVpc.clients.0.consume.topics",
      { phase: { multiVpc: { clients: [{ account: "222222222222", consume: { topics: [], group: "billing" } }] } } },
      "must name a topic, got []",
    ],
    [
      "brokerType",
      { brokerType: "kafka.t3.small", phase: { multiVpc: { clients: [{ account: "222222222222" }] } } },
      'must be larger for multi-VPC connectivity, which kafka.t3.small does not have, got "kafka.t3.small"',
    ],
  ])("%s: %j is one fault, found by its path", (path, change, rule) => {
    expect(faultsWith(change)).toEqual([`msk.${path}: ${rule}`]);
  });

  test.each(["clientAuthentication", "encryptionInTransit"])("takes IAM over TLS and nothing else, whatever %s says", (field) => {
    expect(faultsWith({ [field]: { unauthenticated: true } })).toEqual([
      `msk.${field}: must be left out: clients come with IAM over TLS, and there is no other way in, got {"unauthenticated":true}`,
    ]);
  });

  test.each(["authentication", "plaintext", "unauthenticated"])("has no setting %s", (key) => {
    expect(faultsWith({ [key]: "off" })).toEqual([`msk: must not have "${key}", got "off"`]);
  });

  test("names a zone that its network does not have", () => {
    const subnets = { publicCidr: "10.0.0.0/20", privateCidr: "10.0.16.0/20" };
    const network = { zones: { a: subnets, c: subnets } };
    expect(mskZoneFaults(["atlas", "prod", "msk"], RIGHT, network)).toEqual([
      'atlas.prod.msk.zones.1: must be one of the network\'s zones a, c, got "b"',
    ]);
    expect(mskZoneFaults(["msk"], { zones: ["a", "c"] }, network)).toEqual([]);
  });
});

describe("partitions of all topics", () => {
  const two = (partitions: number) => [
    { ...ORDERS, partitions: 1 },
    { ...ORDERS, name: "bills", partitions },
  ];

  test.each([
    ["kafka.t3.small", 300],
    ["kafka.m7g.large", 1000],
    ["kafka.m5.xlarge", 1000],
    ["kafka.m7g.2xlarge", 2000],
    ["kafka.m5.24xlarge", 4000],
  ])("on two brokers of %s may be %i on each, their replicas counted, and no more", (brokerType, each) => {
    expect(faultsWith({ brokerType, topics: two(each - 1) })).toEqual([]);
    expect(faultsWith({ brokerType, topics: two(each) })).toEqual([
      `msk.topics.1.partitions: must not bring all partitions, each replica counted, over the ${2 * each} that 2 brokers of ${brokerType} are made for, got ${each}`,
    ]);
  });

  test("are found too many at the one topic that brings them over", () => {
    expect(faultsWith({ topics: two(3_000_000_000).reverse() })).toHaveLength(1);
  });
});

describe("a topic's configuration", () => {
  test.each<[string, object]>([
    ["keeps messages for ever", { retentionHours: "forever" }],
    ["keeps the last message of each key", { cleanupPolicy: "compact", retentionHours: undefined }],
    ["does both", { cleanupPolicy: "compact,delete" }],
    ["names its minimum in step", { minInsyncReplicas: 1 }],
    [
      "has every setting that may be written",
      {
        settings: {
          "compression.type": "zstd",
          "delete.retention.ms": 0,
          "max.compaction.lag.ms": 1,
          "max.message.bytes": 1,
          "message.timestamp.type": "LogAppendTime",
          "min.cleanable.dirty.ratio": 0.5,
          "min.compaction.lag.ms": 0,
          "retention.bytes": 1,
          "segment.bytes": 1_048_576,
          "segment.ms": 1,
        },
      },
    ],
  ])("has no fault when it %s", (_what, change) => {
    expect(topicFaults(change)).toEqual([]);
  });

  const NAME = "must be 1 to 249 letters, digits, dots, underscores and hyphens, which is what Kafka takes";
  test.each<[string, object, string]>([
    [".name", { name: "two words" }, `${NAME}, got "two words"`],
    [".name", { name: "" }, `${NAME}, got ""`],
    [".name", { name: "a".repeat(250) }, `${NAME}, got "${"a".repeat(250)}"`],
    [".name", { name: "__consumer_offsets" }, 'must not be a name that Kafka keeps for itself, got "__consumer_offsets"'],
    [".name", { name: "." }, 'must not be a name that Kafka keeps for itself, got "."'],
    [".name", { name: ".." }, 'must not be a name that Kafka keeps for itself, got ".."'],
    [".partitions", { partitions: 0 }, "must be 1 or more, got 0"],
    [".partitions", { partitions: 1.5 }, "must be a whole number, got 1.5"],
    [".replicas", { replicas: 1 }, "must be 2 or more, got 1"],
    [".replicas", { replicas: 3 }, "must not be over the 2 brokers that there are, got 3"],
    [".minInsyncReplicas", { minInsyncReplicas: 0 }, "must be 1 or more, got 0"],
    [".minInsyncReplicas", { minInsyncReplicas: 2 }, "must be under replicas, so that producers can go on while a broker restarts, got 2"],
    [".minInsyncReplicas", { minInsyncReplicas: 3 }, "must be under replicas, so that producers can go on while a broker restarts, got 3"],
    [".cleanupPolicy", { cleanupPolicy: "none" }, 'must be "delete", "compact" or "compact,delete", got "none"'],
    [".retentionHours", { retentionHours: 0 }, "must be 1 or more, got 0"],
    [".retentionHours", { retentionHours: 876_001 }, 'must be 876000 or less, or "forever", got 876001'],
    [".retentionHours", { retentionHours: undefined }, 'must be a whole number of hours, 1 or more, or "forever", got nothing'],
    ["", { cleanupPolicy: "compact" }, 'must not have "retentionHours", got 24'],
    [".settings", { settings: { "unclean.leader.election.enable": true } }, 'must not have "unclean.leader.election.enable", got true'],
    [".settings", { settings: { "retention.ms": 1 } }, 'must not have "retention.ms", got 1'],
    [".settings.segment.bytes", { settings: { "segment.bytes": 1024 } }, "must be 1048576 or more, got 1024"],
    [".settings.segment.bytes", { settings: { "segment.bytes": 2 ** 31 } }, "must be 2147483647 or less, got 2147483648"],
    [".settings.max.message.bytes", { settings: { "max.message.bytes": 2 ** 31 } }, "must be 2147483647 or less, got 2147483648"],
    [
      ".settings.min.compaction.lag.ms",
      { settings: { "min.compaction.lag.ms": 2, "max.compaction.lag.ms": 1 } },
      "must not be over max.compaction.lag.ms, which Kafka refuses, got 2",
    ],
    [
      ".settings.compression.type",
      { settings: { "compression.type": "zip" } },
      'must be one of producer, uncompressed, gzip, snappy, lz4, zstd, got "zip"',
    ],
    [".settings.min.cleanable.dirty.ratio", { settings: { "min.cleanable.dirty.ratio": 2 } }, "must be 0 to 1, got 2"],
  ])("%s: %j is one fault, found by its path", (path, change, rule) => {
    expect(topicFaults(change)).toEqual([`msk.topics.0${path}: ${rule}`]);
  });

  test.each(["orders", "or.ders", "or_ders"])("differs from every other in more than dots and underscores: %s", (name) => {
    const topics = [ORDERS, { ...ORDERS, name: "or.ders" }, { ...ORDERS, name }];
    const other = name === "orders" ? 0 : 1;
    expect(faultsWith({ topics })).toEqual([
      `msk.topics.2.name: must differ from topics.${other}.name in more than dots and underscores, which Kafka takes for one, got "${name}"`,
    ]);
  });
});
