#!/bin/sh
# Asks the registrar (BOOTNODE_REGISTRAR_SVC, a host with or without a port) for the boot nodes and keeps them in
# $HOME/bootnodes: every 2 seconds, at most 5 seconds each, 90 tries. Then it fails, and Kubernetes starts it again.
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
