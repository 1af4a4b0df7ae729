#!/bin/sh
# Takes a snapshot of the indexes sentiment-* and the templates, and deletes its oldest snapshots.
#   ELASTICSEARCH_URL
#   ELASTICSEARCH_CA_FILE      certificate of the authority that signed Elasticsearch's
#   ELASTICSEARCH_LOGIN_FILE   file with user:password
#   REPOSITORY                 the settings of the repository `backups`, as JSON
#   KEEP                       the number of snapshots to keep; default 14
set -eu
repository=$ELASTICSEARCH_URL/_snapshot/backups
prefix=nightly-
json='Content-Type: application/json'

# Arguments of a process are public on its machine, so curl reads the login from standard input.
curl_config() {
  [ -z "${ELASTICSEARCH_CA_FILE:-}" ] || echo "cacert = \"$ELASTICSEARCH_CA_FILE\""
  [ -z "${ELASTICSEARCH_LOGIN_FILE:-}" ] || echo "user = \"$(cat "$ELASTICSEARCH_LOGIN_FILE")\""
}

# Prints the response body; fails unless the status is 2xx.
call() {
  curl_config | curl -fsS --config - --max-time "$1" -H "$json" -X "$2" "$3" ${4:+-d "$4"}
}

call 60 PUT "$repository" "$REPOSITORY" >/dev/null
name=$prefix$(date -u +%Y%m%d-%H%M%S)
answer=$(call 7000 PUT "$repository/$name?wait_for_completion=true" \
  '{"indices":"sentiment-*","include_global_state":true}')
case $answer in
  *'"state":"SUCCESS"'*) echo "took $name" ;;
  *)
    echo "the snapshot $name is incomplete: $answer" >&2
    exit 1
    ;;
esac
snapshots=$(call 60 GET "$ELASTICSEARCH_URL/_cat/snapshots/backups?h=id&s=end_epoch:desc,id:desc&format=txt")
echo "$snapshots" | sed -n "s/^\($prefix[0-9-]*\).*/\1/p" | tail -n "+$((${KEEP:-14} + 1))" |
  while read -r old; do
    call 600 DELETE "$repository/$old" >/dev/null
    echo "deleted $old"
  done
