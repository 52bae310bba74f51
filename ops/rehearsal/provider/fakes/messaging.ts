import { FAKE_TIME, type Fake, type Fakes, fixed, same } from "./fake-resource";

const generated =
  (prefix: string): Fake =>
  (r) =>
    r.generatedName(r.text("name_prefix") || prefix) + (r.value("fifo_topic") === true || r.value("fifo_queue") === true ? ".fifo" : "");

const nameIsId = (service: string, kind: string): Fakes => ({ id: same("name"), arn: (r) => r.arn(service, `${kind}${r.text("name")}`) });

export const MESSAGING_FAKES: Readonly<Record<string, Fakes>> = {
  aws_sns_topic: {
    id: same("arn"),
    name: generated("terraform-"),
    arn: (r) => r.arn("sns", r.text("name")),
    beginning_archive_time: fixed(""),
    fifo_throughput_scope: fixed(""),
    policy: (r) =>
      JSON.stringify({
        Version: "2008-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "SNS:Publish",
            Resource: r.text("arn"),
            Condition: { StringEquals: { "AWS:SourceOwner": r.place.account } },
          },
        ],
      }),
    signature_version: fixed(0),
    tracing_config: fixed(""),
  },
  aws_sns_topic_policy: { id: same("arn") },
  aws_sns_topic_subscription: {
    id: same("arn"),
    arn: (r) => `${r.text("topic_arn")}:${r.uuid()}`,
    confirmation_was_authenticated: fixed(false),
    filter_policy_scope: (r) => (r.text("filter_policy") === "" ? "" : "MessageAttributes"),
    // Somebody has to click: an address is pending for as long as the rehearsal lasts.
    pending_confirmation: (r) =>
      r.text("protocol").startsWith("email") || (r.text("protocol").startsWith("http") && r.value("endpoint_auto_confirms") !== true),
  },
  aws_sqs_queue: {
    id: same("url"),
    name: generated("terraform-"),
    arn: (r) => r.arn("sqs", r.text("name")),
    url: (r) => `https://${r.host("sqs")}/${r.place.account}/${r.text("name")}`,
    policy: fixed(""),
    redrive_policy: fixed(""),
    redrive_allow_policy: fixed(""),
    kms_data_key_reuse_period_seconds: fixed(300),
    deduplication_scope: fixed(""),
    fifo_throughput_limit: fixed(""),
    sqs_managed_sse_enabled: fixed(true),
  },
  aws_sqs_queue_policy: { id: same("queue_url") },
  aws_cloudwatch_log_group: {
    id: same("name"),
    name: generated("terraform-"),
    arn: (r) => r.arn("logs", `log-group:${r.text("name")}`),
    deletion_protection_enabled: fixed(false),
    log_group_class: fixed("STANDARD"),
  },
  aws_cloudwatch_log_metric_filter: { id: same("name") },
  aws_cloudwatch_log_resource_policy: { id: same("policy_name") },
  aws_cloudwatch_metric_alarm: {
    id: same("alarm_name"),
    arn: (r) => r.arn("cloudwatch", `alarm:${r.text("alarm_name")}`),
    evaluate_low_sample_count_percentiles: fixed(""),
  },
  aws_cloudwatch_composite_alarm: { id: same("alarm_name"), arn: (r) => r.arn("cloudwatch", `alarm:${r.text("alarm_name")}`) },
  aws_cloudwatch_dashboard: {
    id: same("dashboard_name"),
    dashboard_arn: (r) => r.globalArn("cloudwatch", `dashboard/${r.text("dashboard_name")}`),
  },
  aws_cloudwatch_event_rule: {
    id: (r) => (["", "default"].includes(r.text("event_bus_name")) ? r.text("name") : `${r.text("event_bus_name")}/${r.text("name")}`),
    name: generated("terraform-"),
    arn: (r) =>
      r.arn("events", `rule/${["", "default"].includes(r.text("event_bus_name")) ? "" : `${r.text("event_bus_name")}/`}${r.text("name")}`),
  },
  aws_cloudwatch_event_target: {
    target_id: (r) => r.generatedName("terraform-"),
    id: (r) =>
      `${["", "default"].includes(r.text("event_bus_name")) ? "" : `${r.text("event_bus_name")}-`}${r.text("rule")}-${r.text("target_id")}`,
  },
  aws_kinesis_firehose_delivery_stream: {
    id: same("arn"),
    arn: (r) => r.arn("firehose", `deliverystream/${r.text("name")}`),
    destination_id: fixed("destinationId-000000000001"),
    version_id: fixed("1"),
  },
  aws_budgets_budget: {
    id: (r) => `${r.text("account_id")}:${r.text("name")}`,
    name: generated("terraform-"),
    arn: (r) => r.globalArn("budgets", `budget/${r.text("name")}`),
    limit_amount: fixed(""),
    limit_unit: fixed(""),
    time_period_start: fixed("2000-01-01_00:00"),
  },
  aws_budgets_budget_action: {
    id: (r) => `${r.text("account_id")}:${r.text("action_id")}:${r.text("budget_name")}`,
    action_id: (r) => r.uuid(),
    arn: (r) => r.globalArn("budgets", `budget/${r.text("budget_name")}/action/${r.text("action_id")}`),
    status: fixed("STANDBY"),
  },
  aws_ce_anomaly_monitor: { id: same("arn"), arn: (r) => r.globalArn("ce", `anomalymonitor/${r.uuid()}`) },
  aws_ce_anomaly_subscription: { id: same("arn"), arn: (r) => r.globalArn("ce", `anomalysubscription/${r.uuid()}`) },
  aws_chatbot_slack_channel_configuration: {
    chat_configuration_arn: (r) => r.globalArn("chatbot", `chat-configuration/slack-channel/${r.text("configuration_name")}`),
    slack_channel_name: fixed("fake-channel"),
    slack_team_name: fixed("fake-team"),
  },
  aws_ssm_document: {
    id: same("name"),
    arn: (r) => r.arn("ssm", `document/${r.text("name")}`),
    created_date: fixed(FAKE_TIME),
    default_version: fixed("1"),
    document_version: fixed("1"),
    latest_version: (r) => String(Number(r.before("latest_version") ?? 0) + 1),
    description: fixed(""),
    hash: (r) => `fa4e${String(r.serial()).padStart(60, "0")}`,
    hash_type: fixed("Sha256"),
    parameter: fixed([]),
    platform_types: fixed(["Linux"]),
    schema_version: fixed("2.2"),
    status: fixed("Active"),
  },
  aws_ssm_association: {
    id: same("association_id"),
    association_id: (r) => r.uuid(),
    arn: (r) => r.arn("ssm", `association/${r.text("association_id")}`),
  },
  aws_ssm_maintenance_window: { id: (r) => r.hexId("mw") },
  aws_xray_group: { id: same("arn"), arn: (r) => r.arn("xray", `group/${r.text("group_name")}/${r.word(12)}`) },
  aws_xray_sampling_rule: { id: same("rule_name"), arn: (r) => r.arn("xray", `sampling-rule/${r.text("rule_name")}`) },
  aws_synthetics_canary: {
    id: same("name"),
    arn: (r) => r.arn("synthetics", `canary:${r.text("name")}`),
    engine_arn: (r) => r.arn("lambda", `function:cwsyn-${r.text("name")}-fake:1`),
    source_location_arn: (r) => r.arn("lambda", `layer:cwsyn-${r.text("name")}-fake:1`),
    status: fixed("READY"),
    timeline: fixed([]),
    "vpc_config.vpc_id": (r) => r.hexId("vpc"),
  },
  aws_fis_experiment_template: { id: (r) => r.letters("EXT", 20) },
  aws_backup_vault: {
    ...nameIsId("backup", "backup-vault:"),
    recovery_points: fixed(0),
    kms_key_arn: (r) => r.arn("kms", `key/${r.uuid()}`),
  },
  aws_backup_plan: { id: (r) => r.uuid(), arn: (r) => r.arn("backup", `backup-plan:${r.text("id")}`), version: (r) => r.letters("", 48) },
  aws_backup_selection: { id: (r) => r.uuid() },
  aws_backup_vault_policy: {
    id: same("backup_vault_name"),
    backup_vault_arn: (r) => r.arn("backup", `backup-vault:${r.text("backup_vault_name")}`),
  },
  aws_backup_restore_testing_plan: { arn: (r) => r.arn("backup", `restore-testing-plan:${r.text("name")}`) },
};
