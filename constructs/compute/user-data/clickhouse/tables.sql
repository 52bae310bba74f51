-- Run at every start: each statement must be harmless when it is done again. A change to a table is a migration.
CREATE DATABASE IF NOT EXISTS analytics;

-- What happened in the shops. A queue delivers an event once or more: rows of one id become one row in the end.
CREATE TABLE IF NOT EXISTS analytics.store_events
(
    event_id    UUID,
    store_id    LowCardinality(String),
    event_type  LowCardinality(String),
    occurred_at DateTime64(3, 'UTC'),
    received_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC'),
    payload     String CODEC(ZSTD)
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (store_id, event_type, occurred_at, event_id);
