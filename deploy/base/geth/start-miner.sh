#!/bin/sh
# A miner by proof of work, for the account in ACCOUNT_DIR/keystore/account.json; rewards need no password.
set -eu

address=$(sed 's/.*"address" *: *"\([0-9a-fA-F]*\)".*/\1/' "$ACCOUNT_DIR/keystore/account.json")
exec sh "$(dirname "$0")/start.sh" --mine --miner.threads 1 --miner.etherbase "0x$address" \
  --keystore "$ACCOUNT_DIR/keystore" "$@"
