#!/bin/sh
# A Clique signer, with the one account in ACCOUNT_DIR: keystore/account.json and its password in accountsecret.
set -eu

address=$(sed 's/.*"address" *: *"\([0-9a-fA-F]*\)".*/\1/' "$ACCOUNT_DIR/keystore/account.json")
exec sh "$(dirname "$0")/start.sh" --mine --miner.etherbase "0x$address" \
  --keystore "$ACCOUNT_DIR/keystore" --unlock "0x$address" --password "$ACCOUNT_DIR/accountsecret" "$@"
