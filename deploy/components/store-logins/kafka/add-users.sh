#!/bin/sh
# Adds the users with a password in USERS_DIR that Kafka does not have yet. With arguments, sets the current passwords of these users.
# start-kafka.sh adds the users of a new cluster.
#   BROKERS         host:port; without it, the broker of the pod
#   CLIENT_CONFIG   properties of clients
#   USERS_DIR       folder with a file USER.password for each user
set -eu
configs() { kafka-configs.sh --bootstrap-server "${BROKERS:-localhost:9092}" --command-config "$CLIENT_CONFIG" "$@"; }
export KAFKA_HEAP_OPTS=-Xmx128m KAFKA_OPTS="${KAFKA_OPTS:-} -XX:TieredStopAtLevel=1"
if [ $# -eq 0 ]; then
  known=$(configs --describe --entity-type users)
  for file in "$USERS_DIR"/*.password; do
    user=$(basename "$file" .password)
    case $known in *"'$user'"*) ;; *) set -- "$@" "$user" ;; esac
  done
fi
settings=$(mktemp) # arguments are visible to other processes
trap 'rm -f "$settings"' EXIT
for user in "$@"; do
  echo "SCRAM-SHA-512=password=$(cat "$USERS_DIR/$user.password")" >"$settings"
  configs --alter --entity-type users --entity-name "$user" --add-config-file "$settings"
done
