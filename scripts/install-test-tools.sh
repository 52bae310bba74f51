#!/bin/sh
# Installs the programs that some tests run, where it may: Debian packages, through apt-get, as root or with a sudo that asks
# nothing. Where it may not, it says which tests are skipped for want of what. REQUIRE_TEST_TOOLS=1 makes those tests fail.
set -eu

# Each line: a program, its package, and what the tests that run it are about.
tools="\
shellcheck shellcheck shell scripts
ip iproute2 servers and their network
nsenter util-linux servers and their network
sysctl procps servers and their network
losetup mount data volumes
mkfs.ext4 e2fsprogs data volumes
jq jq data volumes
wg wireguard-tools the VPN tunnel
wireguard-go wireguard-go the VPN tunnel
nft nftables the VPN tunnel
ping iputils-ping the VPN tunnel
python3-venv python3-venv operators' commands against an emulated AWS
javac default-jdk-headless Kafka topics
mvn maven Kafka topics"

# These take part in a machine's boot, so they are put only where everything is wanted: on a CI machine.
if [ "${REQUIRE_TEST_TOOLS:-}" = 1 ]; then
  tools="$tools
cloud-init cloud-init user data
systemd-analyze systemd units of servers"
fi

# Debian keeps some of them where only root's PATH looks.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

installed() {
  case $1 in
    # A module of Python's, and no program.
    python3-venv) python3 -c 'import ensurepip, venv' ;;
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

# Lines of $tools whose program is not there.
missing() {
  printf '%s\n' "$tools" | while read -r program package tests; do
    installed "$program" || printf '%s %s %s\n' "$program" "$package" "$tests"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_packages() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

wanted=$(missing)
[ -n "$wanted" ] || exit 0

if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
  packages=$(printf '%s\n' "$wanted" | cut -d ' ' -f 2 | sort -u)
  # Word splitting is meant: one argument for each package.
  # shellcheck disable=SC2086
  install_packages $packages || { as_root apt-get update -q && install_packages $packages; } || true
  wanted=$(missing)
  [ -n "$wanted" ] || exit 0
fi

programs=$(printf '%s\n' "$wanted" | cut -d ' ' -f 1 | paste -s -d ' ' -)
tests=$(printf '%s\n' "$wanted" | cut -d ' ' -f 3- | sort -u | paste -s -d ',' - | sed 's/,/, /g')
echo "not installed: $programs; install them for the tests of: $tests, which are otherwise skipped with that reason" >&2
