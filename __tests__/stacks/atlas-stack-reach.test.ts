import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { MskCluster } from "@cdktf/provider-aws/lib/msk-cluster";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { rules } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import { BOTH, PROD, PROD_EXPORTING, STAGING, STAGING_PUBLIC } from "./atlas-roots";

beforeAll(packHandlers);

const OUT = "pulls images, reads secrets, writes logs, calls other companies";
const OFFICE = "in rds <- ${each.value} tcp/5432: developers reach staging from the office";

/** Everything that may reach something, but for those whom an environment's values let in from outside. */
function always(prefix: string): string[] {
  return [
    "in alb <- 0.0.0.0/0 tcp/443: visitors",
    "in alb <- 0.0.0.0/0 tcp/80: visitors",
    ...["dashboard_backend", "events_ingestion", "kafka_ui"].flatMap((service) => [
      `in ${service} <- alb tcp/8080: requests through ${prefix}-alb`,
      `out alb -> ${service} tcp/8080: requests through ${prefix}-alb`,
      `out ${service} -> 0.0.0.0/0 tcp/443: ${OUT}`,
    ]),
    ...Object.entries({
      dashboard_backend: "follows events",
      events_ingestion: "puts events on their topics",
      kafka_ui: "shows topics and groups",
      topics_function: "makes and alters topics",
    }).flatMap(([peer, why]) => [`in msk <- ${peer} tcp/9098: ${why}`, `out ${peer} -> msk tcp/9098: ${why}`]),
    "in rds <- dashboard_backend tcp/5432: keeps dashboards",
    "out dashboard_backend -> rds tcp/5432: keeps dashboards",
  ].sort();
}

/** Rules of a root that come to others than {@link always}. */
function besides(root: typeof PROD, prefix: string): string[] {
  return rules(root()).filter((rule) => !always(prefix).includes(rule));
}

describe.each(BOTH)("Atlas in %s", (environment, prefix, root) => {
  test("lets each reach exactly what it needs, by the rules that Terraform reads", () => {
    expect(rules(root())).toEqual([...always(prefix), ...(environment === "staging" ? [OFFICE] : [])].sort());
    expect(Object.keys(root().byName(SecurityGroup)).sort()).toEqual([
      "alb",
      "dashboard_backend",
      "events_ingestion",
      "kafka_ui",
      "msk",
      "rds",
      "topics_function",
    ]);
  });

  test("states the same edges in its inventory", () => {
    const words = (edge: string): string => edge.replace(/^(.*) -> (.*) tcp\/(\d+): .*$/, "$1 $2 $3");
    expect(root().edges().map(words)).toEqual(
      [
        "Alb DashboardBackend 8080",
        "Alb EventsIngestion 8080",
        "Alb KafkaUi 8080",
        ...(environment === "staging" ? ["AllowedAddresses (203.0.113.0/24) Rds 5432"] : []),
        "DashboardBackend Internet (0.0.0.0/0) 443",
        "DashboardBackend Msk 9098",
        "DashboardBackend Rds 5432",
        "EventsIngestion Internet (0.0.0.0/0) 443",
        "EventsIngestion Msk 9098",
        "Internet (0.0.0.0/0) Alb 443",
        "Internet (0.0.0.0/0) Alb 80",
        "KafkaUi Internet (0.0.0.0/0) 443",
        "KafkaUi Msk 9098",
        "Topics/Function Msk 9098",
      ].sort(),
    );
  });

  test("gives no task and no subnet a public address", () => {
    for (const service of root().all(EcsService))
      expect(service).toMatchObject({
        network_configuration: {
          assign_public_ip: false,
          subnets: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
        },
      });
    for (const subnet of root().all(Subnet)) expect(subnet["map_public_ip_on_launch"]).not.toBe(true);
  });

  test("gives no broker a public address while the cluster is made", () => {
    expect(root().only(MskCluster)).toMatchObject({
      broker_node_group_info: { connectivity_info: { public_access: { type: "DISABLED" } } },
      client_authentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryption_info: { encryption_in_transit: { client_broker: "TLS", in_cluster: true } },
    });
  });
});

test("staging's developers come to its database from the office alone, and prod's database has no public address", () => {
  expect(STAGING().only(DbInstance)).toMatchObject({ publicly_accessible: true });
  expect(STAGING().byName(VpcSecurityGroupIngressRule)["rds_from_allowed_addresses_postgres"]).toMatchObject({
    for_each: '${toset(["203.0.113.0/24"])}',
    cidr_ipv4: "${each.value}",
  });
  expect(PROD().only(DbInstance)).toMatchObject({ publicly_accessible: false });
});

test("staging's brokers stand where public access needs them from the beginning, prod's in private subnets", () => {
  const subnets = (tier: string) => ["a", "b"].map((zone) => `\${aws_subnet.network_${tier}_${zone}.id}`);
  expect(STAGING().only(MskCluster)).toMatchObject({ broker_node_group_info: { client_subnets: subnets("public") } });
  expect(PROD().only(MskCluster)).toMatchObject({ broker_node_group_info: { client_subnets: subnets("private") } });
});

describe("a later phase of Kafka's connections", () => {
  test("opens the public port to the named addresses, and nothing else", () => {
    expect(besides(STAGING_PUBLIC, "poc-atlas-dev")).toEqual(["in msk <- ${each.value} tcp/9198: partners send their events", OFFICE]);
    expect(STAGING_PUBLIC().byName(VpcSecurityGroupIngressRule)["msk_from_clients_public_iam"]).toMatchObject({
      for_each: '${toset(["203.0.113.0/24"])}',
    });
  });

  test("lets Firehose come by AWS's own network, which no security group of ours has a rule of", () => {
    expect(besides(PROD_EXPORTING, "poc-atlas-prod")).toEqual([]);
    expect(PROD_EXPORTING().edges()).toContain("Exports -> Msk tcp/14001: Firehose copies events.raw");
  });
});
