#!/bin/sh
# Generates the boot node's key in BOOTNODE_DIR once, atomically, and writes the id of its enode URL beside it. An existing key
# stays, including one from the `bootnode` of an older Geth, so the enode id does not change.
set -eu

cd "$BOOTNODE_DIR"
if [ ! -s node.key ]; then
  devp2p key generate node.key.new
  mv node.key.new node.key
fi
enode=$(devp2p key to-enode node.key)
id=${enode#enode://}
printf '%s\n' "${id%%@*}" >id
