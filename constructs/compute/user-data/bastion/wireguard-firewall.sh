#!/bin/bash
# Sets what VPN peers may do: reach the network, with the bastion's own address; ping the bastion; log in to it with SSH.
# They do not reach one another or the internet. nft replaces the whole table in one step, open connections go on.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/instance-settings

nft --file - <<RULES
table inet wireguard
delete table inet wireguard
table inet wireguard {
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    iifname "wg0" oifname != "wg0" ip saddr $VPN_CIDR ip daddr $NETWORK_CIDR accept
  }
  chain input {
    type filter hook input priority filter; policy accept;
    iifname != "wg0" accept
    ct state established,related accept
    icmp type echo-request accept
    tcp dport 22 accept
    drop
  }
  chain postrouting {
    type nat hook postrouting priority srcnat;
    oifname != "wg0" ip saddr $VPN_CIDR ip daddr $NETWORK_CIDR masquerade
  }
}
RULES
