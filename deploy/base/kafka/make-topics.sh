#!/bin/sh
# Makes the topics that are not there yet; what is there stays as it is. Tries until Kafka answers, then ends.
#   BROKERS         host:port
#   TOPICS          names with blanks; each gets PARTITIONS partitions
#   CLIENT_CONFIG   properties of clients; optional
set -eu
set -- --bootstrap-server "$BROKERS"
if [ -n "${CLIENT_CONFIG:-}" ]; then set -- "$@" --command-config "$CLIENT_CONFIG"; fi
tries=60
# As many brokers have to be there as a topic has replicas.
make() {
  until answer=$(kafka-topics.sh "$@"); do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
      echo "Kafka at $BROKERS does not make the topic $topic: $answer" >&2
      exit 1
    fi
    sleep 2
  done
}
for topic in $TOPICS; do
  case $topic in
    # Kept until somebody has seen to them. A dead letter is larger than the message by its headers.
    *.dead-letter) settings="retention.ms=-1 max.message.bytes=2097152" ;;
    # Compacted: keeps the newest outcome of each dead letter.
    dead-letter-outcomes) settings="cleanup.policy=compact" ;;
    # Compacted in small segments: a feed reads all of it when it starts.
    feed-cursors) settings="cleanup.policy=compact segment.bytes=8388608 min.cleanable.dirty.ratio=0.1" ;;
    # An asynchronous call that was not made within a week is lost; one that was made is kept no longer than that.
    gateway-async) settings="retention.ms=604800000" ;;
    *) settings= ;;
  esac
  configs=
  for setting in $settings; do configs="$configs --config $setting"; done
  # shellcheck disable=SC2086 # each setting is an argument
  make "$@" --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" $configs
done
