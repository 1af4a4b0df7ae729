#!/bin/sh
# Runs Geth with what every node of the network has; the arguments say what kind of node it is.
#   CONFIG_FILE NETWORK_ID POD_IP HOSTNAME ETHSTATS_SECRET ETHSTATS_SVC, and get-bootnodes.sh has run
#   METRICS_ADDR   the address for metrics on port 6060; unset: no metrics
set -eu

exec geth --config "$CONFIG_FILE" \
  --networkid "$NETWORK_ID" \
  --bootnodes "$(cat "$HOME/bootnodes")" \
  --nat "extip:$POD_IP" \
  --identity "$HOSTNAME" \
  --ethstats "$HOSTNAME:$ETHSTATS_SECRET@$ETHSTATS_SVC" \
  ${METRICS_ADDR:+--metrics --metrics.addr "$METRICS_ADDR" --metrics.port 6060} \
  "$@"
