#!/bin/sh
# A transaction node: HTTP and WebSocket for all clients, only the APIs eth, net and web3, and no account.
#   HTTP_VHOSTS HTTP_CORSDOMAIN WS_ORIGINS: lists separated by commas, or *
set -eu

modules=eth,net,web3
exec sh "$(dirname "$0")/start.sh" \
  --http --http.addr 0.0.0.0 --http.port 8545 --http.api "$modules" \
  --http.vhosts "$HTTP_VHOSTS" --http.corsdomain "$HTTP_CORSDOMAIN" \
  --ws --ws.addr 0.0.0.0 --ws.port 8546 --ws.api "$modules" --ws.origins "$WS_ORIGINS" "$@"
