#!/bin/bash
# Mounts the data volume and lets its file system fill it. An empty volume gets a file system; one that holds anything is
# never formatted.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/instance-settings

readonly MOUNT=/var/lib/clickhouse
# User and group that the image runs ClickHouse as.
readonly OWNER=101:101

# The device of the volume. Its name changes from boot to boot; its serial number is the volume's id, without the hyphen.
find_device() {
  lsblk --nodeps --noheadings --paths --output NAME,SERIAL | awk -v serial="${DATA_VOLUME/-/}" '$2 == serial { print $1 }'
}

# Terraform attaches the volume after it has started the instance: ten minutes are given.
for _ in {1..120}; do
  device=$(find_device)
  if [[ -n $device ]]; then break; fi
  sleep 5
done
if [[ -z $device ]]; then
  echo "volume $DATA_VOLUME is not attached" >&2
  exit 1
fi

if found=$(blkid --probe --match-tag TYPE --output value "$device"); then
  if [[ $found != ext4 ]]; then
    echo "volume $DATA_VOLUME holds ${found:-something} and not ext4; it is left alone" >&2
    exit 1
  fi
elif [[ $? -eq 2 ]]; then
  echo "volume $DATA_VOLUME is empty; it gets a file system"
  mkfs.ext4 -q "$device"
else
  echo "volume $DATA_VOLUME cannot be read; it is left alone" >&2
  exit 1
fi

entry="UUID=$(blkid --probe --match-tag UUID --output value "$device") $MOUNT ext4 defaults,noatime,nofail 0 2"
if ! grep --quiet --line-regexp --fixed-strings "$entry" /etc/fstab; then
  sed --in-place "\# $MOUNT #d" /etc/fstab
  echo "$entry" >>/etc/fstab
  systemctl daemon-reload
fi
mkdir --parents "$MOUNT"
if mountpoint --quiet "$MOUNT"; then
  resize2fs "$device"
else
  # Status 1: it had faults and has none now. Unmounted, a file system grows only when it has just been checked.
  e2fsck -f -p "$device" || [[ $? -eq 1 ]]
  resize2fs "$device"
  mount "$MOUNT"
fi
chown "$OWNER" "$MOUNT"
