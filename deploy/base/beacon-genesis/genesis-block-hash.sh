#!/bin/sh
# Writes the hash of the genesis block that Geth derives from GENESIS_FILE to BLOCK_HASH_FILE. The database in HOME is temporary.
set -eu

data=$(mktemp -d -p "$HOME")
geth init --datadir "$data" "$GENESIS_FILE"
geth --datadir "$data" --nodiscover --maxpeers 0 --port 0 --authrpc.port 0 --ipcdisable \
  --exec 'eth.getBlock(0).hash' console | tr -d '"' >"$BLOCK_HASH_FILE"
rm -r "$data"
grep -Eqx '0x[0-9a-f]{64}' "$BLOCK_HASH_FILE"
