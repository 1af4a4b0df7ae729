#!/bin/sh
# Formats the volume the first time, then runs Kafka with the configuration file CONFIG_FILE.
set -eu
config=${CONFIG_FILE:-/etc/kafka/server.properties}
data=$(sed -n 's/^log\.dirs=//p' "$config")
if [ ! -f "$data/meta.properties" ]; then
  kafka-storage.sh format --cluster-id "$(kafka-storage.sh random-uuid)" --config "$config"
fi
exec kafka-server-start.sh "$config"
