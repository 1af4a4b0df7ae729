#!/bin/sh
# Puts the component templates and then the index template that uses them. Puts the lifecycle policy if Elasticsearch has lifecycle
# management. Idempotent: each PUT replaces the existing version.
#   ELASTICSEARCH_URL
#   ELASTICSEARCH_CA_FILE      certificate of the authority that signed Elasticsearch's
#   ELASTICSEARCH_LOGIN_FILE   file with user:password
#   TRIES                      number of health checks of the cluster, one every 2 seconds; default 90
set -eu
files=$(dirname "$0")
newline='
'

# Arguments of a process are public on its machine, so curl reads the login from standard input.
curl_config() {
  [ -z "${ELASTICSEARCH_CA_FILE:-}" ] || echo "cacert = \"$ELASTICSEARCH_CA_FILE\""
  [ -z "${ELASTICSEARCH_LOGIN_FILE:-}" ] || echo "user = \"$(cat "$ELASTICSEARCH_LOGIN_FILE")\""
}

# Sets $body and $status to those of the response; $status is 000 without a response.
call() {
  path=$1
  shift
  answer=$(curl_config | curl -sS --config - --max-time 30 -w '\n%{http_code}' "$@" "$ELASTICSEARCH_URL/$path") || true
  status=${answer##*"$newline"}
  body=${answer%"$newline"*}
}

put() {
  call "$1" -X PUT -H 'Content-Type: application/json' --data-binary "@$files/$2"
  if [ "$status" != 200 ]; then
    echo "Elasticsearch refused $1 with $status: $body" >&2
    exit 1
  fi
  echo "put $1"
}

healthy() {
  call '_cluster/health?wait_for_status=yellow&timeout=1s'
  [ "$status" = 200 ]
}

tries=${TRIES:-90}
until healthy; do
  tries=$((tries - 1))
  if [ "$tries" -le 0 ]; then
    echo "giving up: Elasticsearch is not there, or not healthy (status $status)" >&2
    exit 1
  fi
  sleep 2
done

call _ilm/status
case $status in
  200)
    put _ilm/policy/sentiment sentiment-lifecycle-policy.json
    put _component_template/sentiment-lifecycle sentiment-lifecycle.json
    ;;
  400 | 404 | 405) echo "no lifecycle: this Elasticsearch has no lifecycle management" ;;
  *)
    echo "Elasticsearch does not say whether it has lifecycle management (status $status): $body" >&2
    exit 1
    ;;
esac
put _component_template/sentiment-shards sentiment-shards.json
put _index_template/sentiment sentiment-index-template.json
