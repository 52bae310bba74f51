#!/bin/bash
# heartbeat NAME: tells CloudWatch that NAME went well just now. The alarm rings when it hears nothing.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/instance-settings

aws cloudwatch put-metric-data --region "$REGION" --namespace "$METRIC_NAMESPACE" \
  --metric-name "$1" --dimensions "Machine=$MACHINE" --value 1 --unit Count
