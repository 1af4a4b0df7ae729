#!/bin/sh
# Formats the volume the first time, then runs Kafka with the configuration file CONFIG_FILE.
#   SERVER_OPTS    options of the server's JVM only; KAFKA_OPTS also applies to Kafka's other programs in the pod
# With several servers:
#   POD_NAME       ends with the pod's ordinal; NODE_ID for the configuration is one more
#   MORE_CONFIG    configuration file whose settings replace those of CONFIG_FILE
#   CLUSTER_ID     id of the cluster that the volume is formatted for; default: a random one
#   USERS_DIR      folder with a file USER.password for each user (SCRAM-SHA-512) of a new cluster
#   IN_SYNC_FILE   earlier result of in-sync.sh, which is removed
set -eu
config=${CONFIG_FILE:-/etc/kafka/server.properties}
data=$(sed -n 's/^log\.dirs=//p' "$config")
if [ -n "${POD_NAME:-}" ]; then export NODE_ID=$((${POD_NAME##*-} + 1)); fi
if [ -n "${MORE_CONFIG:-}" ]; then
  cat "$config" "$MORE_CONFIG" >"${TMPDIR:-/tmp}/server.properties"
  config=${TMPDIR:-/tmp}/server.properties
fi
if [ -n "${IN_SYNC_FILE:-}" ]; then rm -f "$IN_SYNC_FILE"; fi
if [ ! -f "$data/meta.properties" ]; then
  set --
  if [ -n "${USERS_DIR:-}" ]; then
    for file in "$USERS_DIR"/*.password; do
      set -- "$@" --add-scram "SCRAM-SHA-512=[name=$(basename "$file" .password),password=$(cat "$file")]"
    done
  fi
  # Its output contains the stored credentials.
  kafka-storage.sh format --cluster-id "${CLUSTER_ID:-$(kafka-storage.sh random-uuid)}" --config "$config" "$@" >/dev/null
fi
found=$(sed -n 's/^cluster\.id=//p' "$data/meta.properties")
if [ "${CLUSTER_ID:-$found}" != "$found" ]; then
  echo "The volume belongs to the Kafka cluster $found, not to CLUSTER_ID=$CLUSTER_ID: move its topics to a new cluster (docs/how-to/run-three-kafka-servers.md)." >&2
  exit 1
fi
export KAFKA_OPTS="${KAFKA_OPTS:-} ${SERVER_OPTS:-}"
exec kafka-server-start.sh "$config"
