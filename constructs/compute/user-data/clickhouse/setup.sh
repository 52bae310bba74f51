#!/bin/bash
# Makes this machine the ClickHouse server. A reboot needs none of this: systemd mounts the volume and starts the server.

install_packages docker jq e2fsprogs amazon-cloudwatch-agent
clickhouse-volume
run_units docker.service clickhouse.service clickhouse-sync.timer
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/etc/cloudwatch-agent.json
