#!/bin/sh
# Runs Geth with the options of all nodes; the arguments add those of one kind of node. Needs the file of get-bootnodes.sh.
#   CONFIG_FILE NETWORK_ID POD_IP HOSTNAME ETHSTATS_SECRET ETHSTATS_SVC
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
