import { COGNITO, EXPORTS, faultsOf, MULTI_VPC } from "./atlas-values";

const ACCESS = 'must be { allowFrom: ["203.0.113.0/24"] } or { cognito: { … } }: an open Kafka UI shows every message to everybody';
const RDS_ACCESS = 'must be "private" or { publicTo: ["203.0.113.0/24"], because: "why" }';
const EXPORTS_FORM = 'must be "off" or { topics: […], keepDays: 30, readers: ["arn:aws:iam::…:role/…"] }';
const ONLY_IAM = "must be left out: clients come with IAM over TLS, and there is no other way in";
const CLASS = "must be a class from db.t3, db.m5 or db.r5 on, such as db.t4g.medium";
const WAY_OUT = 'must be "perZone" or { single: "a" }, because images and secrets come from outside the network';
const NO_WAY = 'must be "off" until msk.phase is { multiVpc: … }, the way by which Firehose reaches the brokers';
const BUCKET_POLICY = "must name a role that the bucket's policy lets read: copies that nobody reads are not made";
const WHOLE_INTERNET = "must be a block of /8 or smaller: the whole internet is nobody's address";
const HYPHENS = "must not have two hyphens in a row, nor one at its end, which RDS and ECR refuse";
const KEPT = "must not begin with aws, ssm or internal, which AWS keeps for itself";
const PUBLIC = { public: { to: ["203.0.113.0/24"], because: "partners send their events" } };

/** A host in the zone with as many characters, at least 15. */
function hostOf(length: number): string {
  const rest = length - ".example.com".length;
  return `${"a.".repeat(rest).slice(0, rest - 1)}a.example.com`;
}

/** Values to put in, and the one fault that follows from them, below `atlas`. */
const at = (changes: Readonly<Record<string, unknown>>, fault: string) => [fault, changes] as const;

describe("one wrong value", () => {
  test.each([
    // Brokers that strangers could reach
    at({ "prod.msk.phase": PUBLIC }, 'prod.msk.tier: must be "public" for brokers that are to be reached from outside, got "private"'),
    at({ "staging.msk.clientAuthentication": "none" }, `staging.msk.clientAuthentication: ${ONLY_IAM}, got "none"`),
    at({ "staging.msk.encryptionInTransit": "PLAINTEXT" }, `staging.msk.encryptionInTransit: ${ONLY_IAM}, got "PLAINTEXT"`),
    at({ "staging.msk.unauthenticated": true }, 'staging.msk: must not have "unauthenticated", got true'),
    at(
      { "staging.msk.phase": { public: { to: ["0.0.0.0/0"], because: "partners send their events" } } },
      `staging.msk.phase.public.to.0: ${WHOLE_INTERNET}, got "0.0.0.0/0"`,
    ),
    at(
      { "staging.msk.phase": { public: { to: ["203.0.113.0/24"], because: "so" } } },
      'staging.msk.phase.public.because: must be a sentence that says why, got "so"',
    ),
    at(
      { "staging.msk.phase": MULTI_VPC, "staging.exports": EXPORTS },
      'staging.msk.brokerType: must be larger for multi-VPC connectivity, which kafka.t3.small does not have, got "kafka.t3.small"',
    ),
    at(
      { "prod.msk.phase": MULTI_VPC },
      "prod.msk.phase.multiVpc.clients: must name an account while exports are off, or the way would be open for nobody, got []",
    ),
    // Topics and zones
    at({ "prod.msk.topics.0.replicas": 3 }, "prod.msk.topics.0.replicas: must not be over the 2 brokers that there are, got 3"),
    at({ "staging.msk.zones": ["a", "c"] }, 'staging.msk.zones.1: must be one of the network\'s zones a, b, got "c"'),
    // Hosts
    at(
      { "prod.dns.kafkaUiHost": "events.atlas.example.com" },
      'prod.dns.kafkaUiHost: must differ from eventsIngestionHost, or requests for one would go to the other, got "events.atlas.example.com"',
    ),
    at(
      { "prod.dns.dashboardBackendHost": "dashboard.example.org" },
      'prod.dns.dashboardBackendHost: must lie in the zone example.com, got "dashboard.example.org"',
    ),
    at(
      { "prod.dns.dashboardBackendHost": "dashboard.notexample.com" },
      'prod.dns.dashboardBackendHost: must lie in the zone example.com, got "dashboard.notexample.com"',
    ),
    at(
      { "prod.dns.kafkaUiHost": "https://kafka.example.com" },
      'prod.dns.kafkaUiHost: must be a host name such as api.example.com, got "https://kafka.example.com"',
    ),
    at(
      { "prod.dns.eventsIngestionHost": "kafka.atlas-staging.example.com" },
      'prod.dns.eventsIngestionHost: must differ from staging\'s kafkaUiHost, because whichever root is deployed last would take the name, got "kafka.atlas-staging.example.com"',
    ),
    at(
      { "prod.dns.eventsIngestionHost": hostOf(65) },
      `prod.dns.eventsIngestionHost: must have at most 64 characters, which is what a certificate's first name takes, got "${hostOf(65)}"`,
    ),
    at(
      { "prod.dns.kafkaUiHost": hostOf(129) },
      `prod.dns.kafkaUiHost: must have at most 128 characters, which is what a balancer's rule takes, got "${hostOf(129)}"`,
    ),
    // Exports
    at({ "prod.exports": EXPORTS }, `prod.exports: ${NO_WAY}, got ${JSON.stringify(EXPORTS)}`),
    at({ "prod.msk.phase": { multiVpc: "off" }, "prod.exports": EXPORTS }, `prod.exports: ${NO_WAY}, got ${JSON.stringify(EXPORTS)}`),
    at({ "prod.msk.phase": MULTI_VPC, "prod.exports": { ...EXPORTS, readers: [] } }, `prod.exports.readers: ${BUCKET_POLICY}, got []`),
    at(
      { "prod.msk.phase": MULTI_VPC, "prod.exports": { topics: EXPORTS.topics, keepDays: 30 } },
      `prod.exports: ${EXPORTS_FORM}, got {"topics":["events.raw"],"keepDays":30}`,
    ),
    at(
      { "prod.msk.phase": MULTI_VPC, "prod.exports": { ...EXPORTS, readers: ["arn:aws:iam::555555555555:user/me"] } },
      'prod.exports.readers.0: must be the ARN of a role, got "arn:aws:iam::555555555555:user/me"',
    ),
    at(
      { "prod.msk.phase": MULTI_VPC, "prod.exports": { ...EXPORTS, topics: ["events.lost"] } },
      'prod.exports.topics.0: must be one of msk.topics, got "events.lost"',
    ),
    at(
      { "prod.msk.phase": MULTI_VPC, "prod.exports": { ...EXPORTS, topics: ["events.raw", "events.raw"] } },
      'prod.exports.topics.1: must be named once, got "events.raw"',
    ),
    at({ "prod.msk.phase": MULTI_VPC, "prod.exports": { ...EXPORTS, topics: [] } }, "prod.exports.topics: must name a topic, got []"),
    at({ "prod.msk.phase": MULTI_VPC, "prod.exports": { ...EXPORTS, keepDays: 0 } }, "prod.exports.keepDays: must be 1 or more, got 0"),
    at({ "prod.exports": "on" }, `prod.exports: ${EXPORTS_FORM}, got "on"`),
    // Who may see Kafka UI
    at({ "prod.kafkaUiAccess": undefined }, `prod.kafkaUiAccess: ${ACCESS}, got nothing`),
    at({ "prod.kafkaUiAccess": {} }, `prod.kafkaUiAccess: ${ACCESS}, got {}`),
    at({ "prod.kafkaUiAccess": "everybody" }, `prod.kafkaUiAccess: ${ACCESS}, got "everybody"`),
    at({ "prod.kafkaUiAccess.allowFrom": [] }, "prod.kafkaUiAccess.allowFrom: must name an address block, got []"),
    at({ "prod.kafkaUiAccess.allowFrom": ["0.0.0.0/0"] }, `prod.kafkaUiAccess.allowFrom.0: ${WHOLE_INTERNET}, got "0.0.0.0/0"`),
    at(
      { "prod.kafkaUiAccess": { cognito: { ...COGNITO, userPoolArn: "us-east-1_AbCdEf123" } } },
      'prod.kafkaUiAccess.cognito.userPoolArn: must be the ARN of a Cognito user pool, got "us-east-1_AbCdEf123"',
    ),
    at(
      { "prod.kafkaUiAccess": { cognito: { ...COGNITO, clientId: "Kafka UI" } } },
      'prod.kafkaUiAccess.cognito.clientId: must be the id of one of the pool\'s clients, got "Kafka UI"',
    ),
    at(
      { "prod.kafkaUiAccess": { cognito: { ...COGNITO, domain: "https://atlas" } } },
      'prod.kafkaUiAccess.cognito.domain: must be the domain of the pool\'s sign-in pages, got "https://atlas"',
    ),
    at({ "prod.kafkaUiAccess": { cognito: { ...COGNITO, secret: "s" } } }, 'prod.kafkaUiAccess.cognito: must not have "secret", got "s"'),
    // RDS
    at({ "prod.rds.storageGib": 19 }, "prod.rds.storageGib: must be 20 to 65536, got 19"),
    at(
      { "prod.rds.maxStorageGib": 54 },
      "prod.rds.maxStorageGib: must be 55 or more with storageGib 50, because RDS asks for a tenth more, got 54",
    ),
    at({ "prod.rds.instanceClass": "db.t2.micro" }, `prod.rds.instanceClass: ${CLASS}, got "db.t2.micro"`),
    at({ "prod.rds.multiAz": false }, 'prod.rds.multiAz: must be true or { singleZoneBecause: "why" }, got false'),
    at({ "prod.rds.access": "public" }, `prod.rds.access: ${RDS_ACCESS}, got "public"`),
    at({ "staging.rds.access.publicTo": ["0.0.0.0/0"] }, `staging.rds.access.publicTo.0: ${WHOLE_INTERNET}, got "0.0.0.0/0"`),
    at({ "staging.rds.access.publicTo": [] }, "staging.rds.access.publicTo: must name an address block, got []"),
    at({ "staging.rds.access.because": undefined }, `staging.rds.access: ${RDS_ACCESS}, got {"publicTo":["203.0.113.0/24"]}`),
    // Names
    at({ "prod.names.environment": "Prod" }, 'prod.names.environment: must be 2 to 10 lower-case letters, got "Prod"'),
    at({ "prod.names.project": "poc_atlas" }, 'prod.names.project: must be lower-case letters, digits and hyphens, got "poc_atlas"'),
    at({ "prod.names.project": "poc-" }, `prod.names.project: ${HYPHENS}, got "poc-"`),
    at({ "prod.names.project": "poc--atlas" }, `prod.names.project: ${HYPHENS}, got "poc--atlas"`),
    at({ "prod.names.project": "awsome" }, `prod.names.project: ${KEPT}, got "awsome"`),
    at({ "prod.names.project": "internal" }, `prod.names.project: ${KEPT}, got "internal"`),
    at({ "prod.names.project": "internal-poc" }, `prod.names.project: ${KEPT}, got "internal-poc"`),
    at(
      { "prod.names": { project: "a".repeat(18), environment: "production" } },
      `prod.names.project: must be shorter, because the balancer's name, project-environment-alb, has 32 characters at most, got "${"a".repeat(18)}"`,
    ),
    at(
      { "prod.accountId": "444444444444", "prod.names.environment": "dev" },
      'prod.names.environment: must differ from staging\'s in one account, because names would meet, got "dev"',
    ),
    // Networks and states
    at(
      { "prod.network.zones.b.privateCidr": "10.99.0.0/20" },
      'prod.network.zones.b.privateCidr: must lie in the VPC\'s 10.41.0.0/16, got "10.99.0.0/20"',
    ),
    at(
      { "prod.network.zones.b.publicCidr": "10.41.0.0/20" },
      'prod.network.zones.b.publicCidr: must not overlap zones.a.publicCidr (10.41.0.0/20), got "10.41.0.0/20"',
    ),
    at({ "prod.network.nat": { single: "c" } }, 'prod.network.nat.single: must be one of the zones a, b, got "c"'),
    at({ "prod.network.nat": "none" }, `prod.network.nat: ${WAY_OUT}, got "none"`),
    at({ "prod.state.key": "prod.json" }, 'prod.state.key: must be an object key that ends in .tfstate, got "prod.json"'),
    at({ "prod.state.key": "staging/terraform.tfstate" }, 'prod.state.key: must differ from staging\'s, got "staging/terraform.tfstate"'),
    // What nobody knows: an e-mail among it, which is a person's and stands in no configuration
    at({ "prod.alertEmail": "me@example.com" }, 'prod: must not have "alertEmail", got "me@example.com"'),
    at({ "prod.services.kafkaUi.image": "kafka-ui:latest" }, 'prod.services.kafkaUi: must not have "image", got "kafka-ui:latest"'),
    at({ "prod.monthlyBudgetUsd": 0 }, "prod.monthlyBudgetUsd: must be 1 or more, got 0"),
    at({ "prod.monthlyBudgetUsd": 1e30 }, "prod.monthlyBudgetUsd: must be 1000000000 or less, got 1e+30"),
  ])("is refused by its path: %s", (fault, changes) => {
    expect(faultsOf(changes)).toEqual([`atlas.${fault}`]);
  });
});

describe("values that may be", () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["public brokers, in the public subnets that staging has from the beginning", { "staging.msk.phase": PUBLIC }],
    ["other accounts' networks", { "prod.msk.phase": { multiVpc: { clients: [{ account: "666666666666" }] } } }],
    ["exports, with AWS's own services alone on the way to the brokers", { "prod.msk.phase": MULTI_VPC, "prod.exports": EXPORTS }],
    ["Kafka UI behind Cognito", { "prod.kafkaUiAccess": { cognito: COGNITO } }],
    ["hosts as long as a certificate and a rule take", { "prod.dns.eventsIngestionHost": hostOf(64), "prod.dns.kafkaUiHost": hostOf(128) }],
    ["names as long as a balancer takes", { "prod.names": { project: "a".repeat(17), environment: "production" } }],
    ["the zone's own name as a host", { "prod.dns.eventsIngestionHost": "example.com" }],
    ["one NAT gateway", { "staging.network.nat": { single: "a" } }],
    ["the same names in two accounts", { "prod.names.environment": "dev" }],
    ["a tenth more storage, no more", { "prod.rds.maxStorageGib": 55 }],
  ])("%s", (_what, changes) => {
    expect(faultsOf(changes)).toEqual([]);
  });
});
