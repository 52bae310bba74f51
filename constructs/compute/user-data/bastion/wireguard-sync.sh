#!/bin/bash
# Gives WireGuard the server's key and the peers that AWS holds now. Sessions of peers that stay go on undisturbed.
#
# What cannot be fetched, or makes no sense, leaves in place what was good last; a boot starts with that too. Key and
# peers are apart: a peer is revoked even while the secret cannot be read.
set -euo pipefail
umask 077
# shellcheck source=/dev/null
. /etc/instance-settings

readonly GOOD=/etc/wireguard
# 32 bytes in base64. The last digit has only the values that wg takes; it would show any other key in its error.
readonly KEY='[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]='
new=$(mktemp --directory --tmpdir=/run wireguard-sync.XXXXXXXX)
trap 'rm --recursive --force "$new"' EXIT

# every_line PATTERN FILE: true when the file has a line, and no line that is different.
every_line() { [[ -s $2 ]] && ! grep --quiet --extended-regexp --line-regexp --invert-match "$1" "$2"; }

fetch_key() {
  aws secretsmanager get-secret-value --region "$REGION" --secret-id "$SERVER_KEY_SECRET" \
    --query SecretString --output text >"$new/server.key" || return 1
  if every_line "$KEY" "$new/server.key" && [[ $(wc --lines <"$new/server.key") -eq 1 ]]; then return 0; fi
  echo "secret $SERVER_KEY_SECRET does not hold a WireGuard key" >&2
  return 1
}

fetch_peers() {
  aws ssm get-parameter --region "$REGION" --name "$PEERS_PARAMETER" \
    --query Parameter.Value --output text >"$new/peers.conf" || return 1
  # The list begins with a comment even when it has no peers: one that is just empty revokes nobody.
  if every_line "(#.*)?|\[Peer\]|PublicKey = $KEY|AllowedIPs = [0-9.]+/32" "$new/peers.conf" &&
    grep --quiet '^#' "$new/peers.conf"; then return 0; fi
  echo "parameter $PEERS_PARAMETER does not hold WireGuard peers" >&2
  return 1
}

# keep NAME: goes on with the last good file, if there is one.
keep() {
  rm --force "$new/$1"
  if [[ -s $GOOD/$1 ]]; then cp "$GOOD/$1" "$new/$1"; fi
  status=1
}

# apply FOLDER: wg reads key and peers from one file, which only root can read and which is in memory only.
apply() {
  {
    printf '[Interface]\nListenPort = %s\nPrivateKey = ' "$LISTEN_PORT"
    cat "$1/server.key" "$1/peers.conf"
  } >"$new/wg0.conf"
  wg syncconf wg0 "$new/wg0.conf"
}

mkdir --parents "$GOOD"
if ! ip link show dev wg0 >/dev/null 2>&1; then ip link add dev wg0 type wireguard; fi
ip address replace "$SERVER_ADDRESS" dev wg0
ip link set dev wg0 mtu "$MTU" up
if [[ $(wg show wg0 public-key) == "(none)" && -s $GOOD/server.key && -s $GOOD/peers.conf ]]; then apply "$GOOD"; fi

status=0
fetch_key || keep server.key
fetch_peers || keep peers.conf
if [[ ! -s $new/server.key || ! -s $new/peers.conf ]]; then
  echo "WireGuard has no key or no peers yet" >&2
  exit 1
fi

apply "$new"
for name in server.key peers.conf; do
  if ! cmp --quiet "$new/$name" "$GOOD/$name"; then
    cp "$new/$name" "$GOOD/$name.new"
    mv --force "$GOOD/$name.new" "$GOOD/$name"
    echo "took over a new $name"
  fi
done

if [[ $status -eq 0 ]]; then heartbeat WireguardSynced || echo "CloudWatch was not told" >&2; fi
exit "$status"
