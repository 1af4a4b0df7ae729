#!/bin/sh
# Readiness probe of this node. The node must belong to a cluster with a master. After each start of the container, it also waits until
# the cluster's shards have recovered, so a rolling restart waits for copies before it stops the next node. Later, missing copies do not
# make a node unready, because clients need the remaining nodes.
#   ELASTICSEARCH_URL          default http://127.0.0.1:9200
#   ELASTICSEARCH_CA_FILE      certificate of the authority that signed Elasticsearch's
#   ELASTICSEARCH_LOGIN_FILE   file with user:password; the user may ask for the cluster's health
#   RECOVERY_MINUTES           maximum wait for the shards after a start, so that no rollout blocks forever; default 30
set -eu

# Arguments of a process are public on its machine, so curl reads the login from standard input.
curl_config() {
  [ -z "${ELASTICSEARCH_CA_FILE:-}" ] || echo "cacert = \"$ELASTICSEARCH_CA_FILE\""
  [ -z "${ELASTICSEARCH_LOGIN_FILE:-}" ] || echo "user = \"$(cat "$ELASTICSEARCH_LOGIN_FILE")\""
}

health=$(curl_config | curl -fsS --config - --max-time 4 "${ELASTICSEARCH_URL:-http://127.0.0.1:9200}/_cluster/health?master_timeout=3s")

# /tmp survives a restart of the container, so the file name contains the start time of the container's first process.
start=$(sed 's/.*) //' /proc/1/stat | cut -d ' ' -f 20)
marks=${TMPDIR:-/tmp}
[ ! -e "$marks/recovered-$start" ] || exit 0
[ -e "$marks/joined-$start" ] || : >"$marks/joined-$start"
recovered() {
  case $health in *'"status":"red"'*) return 1 ;; esac
  for number in initializing_shards delayed_unassigned_shards number_of_in_flight_fetch; do
    case $health in *"\"$number\":0"[,}]*) ;; *) return 1 ;; esac
  done
}
if ! recovered && [ -z "$(find "$marks/joined-$start" -mmin "+${RECOVERY_MINUTES:-30}")" ]; then
  echo "waiting for shards: $health" >&2
  exit 1
fi
: >"$marks/recovered-$start"
