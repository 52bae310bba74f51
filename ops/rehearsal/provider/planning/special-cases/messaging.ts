import { asText, blocksOf, isMap } from "../../protocol/value";
import type { ConfigView } from "../config-view";
import { isUnset } from "../plan-draft";
import type { SpecialCases } from "../special-case";

/** Periods below a minute that a metric of high resolution may have, in seconds. */
const SHORT_PERIODS = { alarm: [10, 20, 30], query: [1, 5, 10, 20, 30] } as const;

function checkPeriod(config: ConfigView, short: readonly number[]): void {
  const period = config.value("period");
  if (typeof period !== "number" || short.includes(period) || (period > 0 && period % 60 === 0)) return;
  config.fault("period", `must be ${short.join(", ")} or a multiple of 60 seconds, got ${period}`);
}

function checkAlarm(config: ConfigView): void {
  checkPeriod(config, SHORT_PERIODS.alarm);
  if (config.isSet("metric_name")) {
    const set = ["statistic", "extended_statistic"].filter((name) => config.isSet(name));
    const isOpen = ["statistic", "extended_statistic"].some((name) => !config.isSet(name) && !config.isUnset(name));
    if (set.length !== 1 && !isOpen)
      config.fault(
        "statistic",
        `exactly one of statistic and extended_statistic must be set with metric_name, got ${set.join(" and ") || "none"}`,
      );
  }
  config.each(
    "metric_query",
    (query) => {
      checkPeriod(query, SHORT_PERIODS.query);
      if (query.isSet("expression") && query.isSet("metric"))
        query.fault("expression", "may not be set together with metric; leave one of them out");
      query.each("metric", (metric) => checkPeriod(metric, SHORT_PERIODS.query));
    },
    "set",
  );
}

function checkTopic(config: ConfigView): void {
  const isFifo = config.value("fifo_topic") === true;
  const name = config.text("name");
  const pattern = isFifo ? /^[0-9A-Za-z_-]{1,251}\.fifo$/ : /^[0-9A-Za-z_-]{1,256}$/;
  if (name !== undefined && !pattern.test(name))
    config.fault("name", `must match ${pattern.source} for a ${isFifo ? "FIFO" : "standard"} topic, got "${name}"`);
  if (isFifo || !config.isUnset("fifo_topic")) return;
  for (const only of ["archive_policy", "fifo_throughput_scope"])
    if (config.isSet(only)) config.fault(only, "needs fifo_topic = true; set that too");
  if (config.value("content_based_deduplication") === true)
    config.fault("content_based_deduplication", "needs fifo_topic = true; set that too");
}

function checkQueue(config: ConfigView): void {
  const isFifo = config.value("fifo_queue") === true;
  const name = config.text("name");
  const pattern = isFifo ? /^[0-9A-Za-z_-]{1,75}\.fifo$/ : /^[0-9A-Za-z_-]{1,80}$/;
  if (name !== undefined && !pattern.test(name))
    config.fault("name", `must match ${pattern.source} for a ${isFifo ? "FIFO" : "standard"} queue, got "${name}"`);
  if (!isFifo && config.value("content_based_deduplication") === true)
    config.fault("content_based_deduplication", "needs fifo_queue = true; set that too");
}

/** Block of each destination of a delivery stream. */
const DESTINATIONS: Readonly<Record<string, string>> = {
  extended_s3: "extended_s3_configuration",
  elasticsearch: "elasticsearch_configuration",
  opensearch: "opensearch_configuration",
  opensearchserverless: "opensearchserverless_configuration",
  redshift: "redshift_configuration",
  splunk: "splunk_configuration",
  http_endpoint: "http_endpoint_configuration",
  snowflake: "snowflake_configuration",
  iceberg: "iceberg_configuration",
};

export const MESSAGING: SpecialCases = {
  aws_cloudwatch_metric_alarm: { check: checkAlarm },
  aws_sns_topic: { check: checkTopic },
  aws_sns_topic_subscription: {
    check: (config) => {
      if (config.isSet("filter_policy_scope") && config.isUnset("filter_policy"))
        config.fault("filter_policy_scope", "needs filter_policy, which is not set; set it too");
    },
    plan: (draft) => {
      if (isUnset(draft.value("filter_policy"))) draft.set("filter_policy_scope", null);
      else if (isUnset(draft.config["filter_policy_scope"]) && !draft.isCreate && !isUnset(draft.before("filter_policy")))
        draft.set("filter_policy_scope", "MessageAttributes");
    },
  },
  aws_sqs_queue: { check: checkQueue },
  aws_kinesis_firehose_delivery_stream: {
    check: (config) => {
      const block = DESTINATIONS[config.text("destination")?.toLowerCase() ?? ""];
      if (block !== undefined && config.isUnset(block))
        config.fault(block, `must be set for destination "${config.text("destination")}"; add the block`);
    },
  },
  aws_ssm_document: {
    plan: (draft) => {
      if (draft.isChanged("content")) draft.recompute("default_version", "document_version", "hash", "latest_version", "parameter");
    },
    check: (config) => {
      const permissions = config.value("permissions");
      if (!isMap(permissions)) return;
      for (const key of ["type", "account_ids"])
        if (asText(permissions[key]) === undefined) config.fault("permissions", `needs the key ${key}; add it`);
    },
  },
  aws_synthetics_canary: {
    check: (config) => {
      const memory = blocksOf(config.value("run_config"))[0]?.["memory_in_mb"];
      if (typeof memory === "number" && memory % 64 !== 0)
        config.fault("run_config", `memory_in_mb must be a multiple of 64, got ${memory}`);
    },
  },
};
