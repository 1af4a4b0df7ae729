#!/bin/sh
# Makes the boot node's key in BOOTNODE_DIR once, whole or not at all, and writes the id of its enode URL beside it.
# A key that is there stays, also one that the `bootnode` of older Geths made: its enode id does not change.
set -eu

cd "$BOOTNODE_DIR"
if [ ! -s node.key ]; then
  devp2p key generate node.key.new
  mv node.key.new node.key
fi
enode=$(devp2p key to-enode node.key)
id=${enode#enode://}
printf '%s\n' "${id%%@*}" >id
