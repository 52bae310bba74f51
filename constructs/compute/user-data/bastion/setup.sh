#!/bin/bash
# Makes this machine the WireGuard server. A reboot needs none of this: systemd starts all of it again.

install_packages wireguard-tools nftables
sysctl --quiet --load=/etc/sysctl.d/90-forward.conf
run_units wireguard-firewall.service wireguard-sync.timer
# Not waited for: until there is a server key, it fails.
systemctl start --no-block wireguard-sync.service
