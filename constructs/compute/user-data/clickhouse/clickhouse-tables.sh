#!/bin/bash
# Waits until ClickHouse answers, and makes the database and the tables that are not there yet.
set -euo pipefail

for _ in {1..60}; do
  if curl --silent --fail --output /dev/null http://127.0.0.1:8123/ping; then
    exec docker exec --interactive clickhouse clickhouse-client --multiquery </etc/clickhouse/tables.sql
  fi
  sleep 5
done
echo "ClickHouse has not answered for five minutes" >&2
exit 1
