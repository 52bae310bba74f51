import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { MskCluster } from "@cdktf/provider-aws/lib/msk-cluster";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { packHandlers } from "../support/packed-handlers";
import type { Body, Synthesized } from "../support/synthesized";
import { BOTH, PROD, STAGING } from "./atlas-roots";

beforeAll(packHandlers);

/** What keeps each thing that holds something from being deleted by mistake. */
function guards(root: Synthesized): unknown {
  const byName = (type: { readonly tfResourceType: string }, guard: (resource: Body) => unknown) =>
    Object.fromEntries(Object.entries(root.byName(type)).map(([name, resource]) => [name, guard(resource)]));
  return {
    ...byName(Lb, ({ enable_deletion_protection }) => ({ enable_deletion_protection })),
    ...byName(MskCluster, ({ lifecycle }) => ({ prevent_destroy: (lifecycle as Body)["prevent_destroy"] })),
    ...byName(DbInstance, ({ deletion_protection, lifecycle }) => ({
      deletion_protection,
      prevent_destroy: (lifecycle as Body)["prevent_destroy"],
    })),
    ...byName(EcrRepository, ({ force_delete }) => ({ force_delete })),
    ...byName(SecretsmanagerSecret, ({ recovery_window_in_days }) => ({ recovery_window_in_days })),
  };
}

const guarded = (isProd: boolean) => ({
  alb: { enable_deletion_protection: isProd },
  msk: { prevent_destroy: isProd },
  rds: { deletion_protection: isProd, prevent_destroy: isProd },
  images_dashboard_backend_repository: { force_delete: !isProd },
  images_events_ingestion_repository: { force_delete: !isProd },
  dashboard_backend_secret: { recovery_window_in_days: isProd ? 30 : 0 },
  events_ingestion_secret: { recovery_window_in_days: isProd ? 30 : 0 },
  kafka_ui_secret: { recovery_window_in_days: isProd ? 30 : 0 },
  rds_password_secret: { recovery_window_in_days: isProd ? 30 : 0 },
  rds_secret: { recovery_window_in_days: isProd ? 30 : 0 },
});

test("prod keeps everything that holds something from being deleted", () => {
  expect(guards(PROD())).toEqual(guarded(true));
});

test("staging may be taken down whole, and says why on each thing", () => {
  expect(guards(STAGING())).toEqual(guarded(false));
  const because = "staging holds no data that is missed";
  for (const type of [Lb, MskCluster, DbInstance, EcrRepository, SecretsmanagerSecret])
    for (const resource of STAGING().all(type)) expect(resource["tags"]).toMatchObject({ UnprotectedBecause: because });
});

describe.each(BOTH)("in %s", (environment, prefix, root) => {
  test("every log is kept for a month, and staging's flow logs for a week", () => {
    const days = Object.entries(root().byName(CloudwatchLogGroup)).map(([name, { retention_in_days }]) => [name, retention_in_days]);
    const groups = ["dashboard_backend", "events_ingestion", "kafka_ui", "msk", "topics_function"].map((name) => `${name}_log_group`);
    expect(Object.fromEntries(days)).toEqual({
      ...Object.fromEntries([...groups, "rds_postgresql_log", "rds_upgrade_log"].map((name) => [name, 30])),
      network_flow_logs_log_group: environment === "prod" ? 30 : 7,
    });
  });

  test("secrets are called after the service that reads them", () => {
    const names = Object.values(root().byName(SecretsmanagerSecret)).map(({ name }) => name);
    const paths = [
      "dashboard-backend",
      "dashboard-backend/database",
      "dashboard-backend/database-password",
      "events-ingestion",
      "kafka-ui",
    ];
    expect(names.sort()).toEqual(paths.map((path) => `${prefix}/${path}`));
  });
});
