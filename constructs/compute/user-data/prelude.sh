#!/bin/bash
# Runs as root at every boot: whatever follows must be harmless when it is done again.
set -euo pipefail

# Whether write_file has changed something since the last boot.
changed=no

# write_file MODE PATH: puts standard input there in one step; a reader sees the old text or the new one.
write_file() {
  local unfinished
  mkdir --parents "$(dirname "$2")"
  unfinished=$(mktemp "$2.XXXXXXXX")
  cat >"$unfinished"
  chmod "$1" "$unfinished"
  if cmp --quiet "$unfinished" "$2" && [[ $(stat --format=%a "$unfinished") == $(stat --format=%a "$2") ]]; then
    rm "$unfinished"
  else
    mv --force "$unfinished" "$2"
    changed=yes
  fi
}

# install_packages NAME...: installs what is not there yet, and waits up to five minutes for a network that comes up late.
install_packages() {
  local attempt
  if rpm --query --quiet "$@"; then return 0; fi
  for attempt in {1..20}; do
    if dnf install --assumeyes --quiet "$@"; then return 0; fi
    echo "attempt $attempt of 20 to install $* failed, the next one is in 15 seconds" >&2
    sleep 15
  done
  return 1
}

# run_units NAME...: starts them now and at every boot. A boot starts them with the files that were there: new ones restart them.
run_units() {
  systemctl daemon-reload
  systemctl enable --quiet "$@"
  if [[ $changed == yes ]]; then systemctl restart "$@"; else systemctl start "$@"; fi
}

