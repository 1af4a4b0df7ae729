#!/bin/sh
# Runs a boot node (discovery v4) with the key of make-key.sh.
#   BOOTNODE_DIR BOOTNODE_ADDR (address and port to listen at) POD_IP
set -eu

exec devp2p discv4 listen --nodekey "$(cat "$BOOTNODE_DIR/node.key")" --addr "$BOOTNODE_ADDR" --extaddr "$POD_IP"
