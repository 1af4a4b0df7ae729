#!/bin/sh
# Requests the boot nodes from the registrar (BOOTNODE_REGISTRAR_SVC, a host with an optional port) and writes them to
# $HOME/bootnodes. Tries 90 times, every 2 seconds, for at most 5 seconds each. Then it fails, and Kubernetes restarts it.
set -eu

try=1
while [ "$try" -le 90 ]; do
  if bootnodes=$(timeout 5 wget -q -O - "http://$BOOTNODE_REGISTRAR_SVC/") && [ -n "$bootnodes" ]; then
    echo "boot nodes: $bootnodes"
    printf '%s' "$bootnodes" >"$HOME/bootnodes"
    exit 0
  fi
  echo "no boot nodes from $BOOTNODE_REGISTRAR_SVC, try $try of 90"
  try=$((try + 1))
  sleep 2
done
echo "giving up: $BOOTNODE_REGISTRAR_SVC knows no boot node" >&2
exit 1
