#!/bin/bash
# Gives ClickHouse its users as the secret has them now: hashes of the passwords, and what each user may do. ClickHouse
# takes a new file over by itself, within seconds. When the secret cannot be read, the last file stays.
set -euo pipefail
# In $(...) too: a password that is missing must not become the hash of nothing.
shopt -s inherit_errexit
umask 077
# shellcheck source=/dev/null
. /etc/instance-settings

readonly FILE=/etc/clickhouse/users.d/users.xml
# Group that the image runs ClickHouse as.
readonly GROUP=101
auth=$(aws secretsmanager get-secret-value --region "$REGION" --secret-id "$AUTH_SECRET" --query SecretString --output text)

# field KEY: one value of the secret. No command gets it as an argument: those are for every user to see.
field() {
  jq --raw-output --join-output --exit-status ".$1 | select(. != \"\")" <<<"$auth" || {
    echo "secret $AUTH_SECRET has no $1" >&2
    return 1
  }
}

# user ROLE PRIVILEGE: the element of one user.
user() {
  local name hash
  name=$(field "CLICKHOUSE_$1_USER")
  if [[ ! $name =~ ^[a-z][a-z0-9_]*$ ]]; then
    echo "secret $AUTH_SECRET has a user name that is no plain word" >&2
    return 1
  fi
  hash=$(field "CLICKHOUSE_$1_PASSWORD" | sha256sum)
  cat <<USER
    <$name>
      <password_sha256_hex>${hash%% *}</password_sha256_hex>
      <networks><ip>$NETWORK_CIDR</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants><query>GRANT $2 ON analytics.*</query></grants>
    </$name>
USER
}

writer=$(user WRITER INSERT)
reader=$(user READER SELECT)
printf '<clickhouse>\n  <users>\n%s\n%s\n  </users>\n</clickhouse>\n' "$writer" "$reader" >"$FILE.new"
if cmp --quiet "$FILE.new" "$FILE"; then
  rm "$FILE.new"
else
  chgrp "$GROUP" "$FILE.new"
  chmod 0640 "$FILE.new"
  mv --force "$FILE.new" "$FILE"
  echo "took over new users"
fi
