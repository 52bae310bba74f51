#!/bin/bash
# Runs ClickHouse in its container until it ends. Nothing secret is in its environment or its arguments.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/instance-settings

# Left to the kernel, Docker and the agents, in KiB. Arbitrary: a quarter of the smallest machine in use, which has 2 GiB.
readonly RESERVED=$((512 * 1024))
total=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
memory=$((total - RESERVED))k

exec docker run --rm --name clickhouse --user 101:101 \
  --publish 8123:8123 --publish 9000:9000 \
  --memory "$memory" --memory-swap "$memory" --ulimit nofile=262144:262144 \
  --log-driver journald --log-opt tag=clickhouse \
  --volume /var/lib/clickhouse:/var/lib/clickhouse \
  --volume /etc/clickhouse/server.xml:/etc/clickhouse-server/config.d/server.xml:ro \
  --volume /etc/clickhouse/users.d:/etc/clickhouse-server/users.d:ro \
  "$CLICKHOUSE_IMAGE"
