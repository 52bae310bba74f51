import { valuesWith } from "../config/atlas-values";
import { allAddresses } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import type { Synthesized } from "../support/synthesized";
import {
  type EnvironmentName,
  EXPORT_ADDRESSES,
  PROD,
  PROD_EXPORTING,
  PROD_SIGNED_IN,
  STAGING,
  STAGING_PUBLIC,
  synthesizeAtlas,
} from "./atlas-roots";

beforeAll(packHandlers);

/** What Terraform reads of a root, without the environment's name, which stands in its tags and its budget's. */
function nameless({ json }: Synthesized, environment: EnvironmentName): unknown {
  return JSON.parse(
    JSON.stringify(json)
      .replaceAll(`atlas-${environment}`, "atlas-ENVIRONMENT")
      .replaceAll(`"Environment":"${environment}"`, '"Environment":"ENVIRONMENT"'),
  );
}

/** Addresses that one root has and another has not. */
const only = (a: Synthesized, b: Synthesized) => allAddresses(a).filter((address) => !allAddresses(b).includes(address));

describe("staging differs from prod in its configuration only", () => {
  test.each(["prod", "staging"] as const)("made with %s's values, both roots are the same but for their names", (values) => {
    const config = valuesWith({ "staging.dns.kafkaUiHost": "kafka.example.com", "prod.dns.kafkaUiHost": "kafka.example.com" })[values];
    // Names in AWS and hosts are values too: what is left is the root's own.
    const neutral = { ...config, dns: { ...config.dns, eventsIngestionHost: "events.example.com", dashboardBackendHost: "d.example.com" } };
    const at = (environment: EnvironmentName) =>
      nameless(synthesizeAtlas(environment, { ...neutral, names: { project: "poc", environment: "trial" } }), environment);
    expect(at("staging")).toEqual(at("prod"));
  });

  test("and the comparison sees what is not a name", () => {
    const { staging } = valuesWith();
    const changed = synthesizeAtlas("staging", { ...staging, rds: { ...staging.rds, passwordVersion: 2 } });
    expect(nameless(changed, "staging")).not.toEqual(nameless(STAGING(), "staging"));
  });

  test("and that is in what is made: scaling in prod, the office's way to staging's database", () => {
    expect(only(STAGING(), PROD())).toEqual(["aws_vpc_security_group_ingress_rule.rds_from_allowed_addresses_postgres"]);
    expect(only(PROD(), STAGING())).toEqual([
      "aws_appautoscaling_policy.dashboard_backend_scaling_cpu",
      "aws_appautoscaling_policy.events_ingestion_scaling_cpu",
      "aws_appautoscaling_target.dashboard_backend_scaling",
      "aws_appautoscaling_target.events_ingestion_scaling",
    ]);
  });
});

describe("what a value adds and takes away", () => {
  test("public brokers: a rule for those who may come", () => {
    expect(only(STAGING_PUBLIC(), STAGING())).toEqual(["aws_vpc_security_group_ingress_rule.msk_from_clients_public_iam"]);
    expect(only(STAGING(), STAGING_PUBLIC())).toEqual([]);
  });

  test("Cognito in place of a list: no rule that refuses, and the balancer's way to Cognito", () => {
    expect(only(PROD_SIGNED_IN(), PROD())).toEqual(["aws_vpc_security_group_egress_rule.alb_to_internet443"]);
    expect(only(PROD(), PROD_SIGNED_IN())).toEqual(["aws_lb_listener_rule.alb_kafka_ui_refused"]);
  });

  test("exports: a bucket, a stream, a role, records, an alarm, and the cluster's policy", () => {
    expect(only(PROD_EXPORTING(), PROD())).toEqual([...EXPORT_ADDRESSES, "aws_msk_cluster_policy.msk_policy"].sort());
    expect(only(PROD(), PROD_EXPORTING())).toEqual([]);
  });
});
