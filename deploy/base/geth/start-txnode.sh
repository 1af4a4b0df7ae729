#!/bin/sh
# A transaction node: HTTP and WebSocket for everybody, no account, nothing but eth, net and web3.
#   HTTP_VHOSTS HTTP_CORSDOMAIN WS_ORIGINS: lists with commas, or *
set -eu

modules=eth,net,web3
exec sh "$(dirname "$0")/start.sh" \
  --http --http.addr 0.0.0.0 --http.port 8545 --http.api "$modules" \
  --http.vhosts "$HTTP_VHOSTS" --http.corsdomain "$HTTP_CORSDOMAIN" \
  --ws --ws.addr 0.0.0.0 --ws.port 8546 --ws.api "$modules" --ws.origins "$WS_ORIGINS" "$@"
