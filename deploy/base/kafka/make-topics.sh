#!/bin/sh
# Creates missing topics and does not change existing ones. Retries every 2 seconds, at most 60 times in all.
#   BROKERS         host:port
#   TOPICS          names separated by blanks; each gets PARTITIONS partitions
#   CLIENT_CONFIG   properties of clients; optional
set -eu
set -- --bootstrap-server "$BROKERS"
if [ -n "${CLIENT_CONFIG:-}" ]; then set -- "$@" --command-config "$CLIENT_CONFIG"; fi
tries=60
# A topic needs as many brokers as it has replicas.
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
    # Unlimited retention. The headers make a dead letter larger than its message.
    *.dead-letter) settings="retention.ms=-1 max.message.bytes=2097152" ;;
    # Compacted: keeps the newest outcome of each dead letter.
    dead-letter-outcomes) settings="cleanup.policy=compact" ;;
    # Compacted in small segments: a feed reads all of it when it starts.
    feed-cursors) settings="cleanup.policy=compact segment.bytes=8388608 min.cleanable.dirty.ratio=0.1" ;;
    # Calls are kept for a week: an asynchronous call that was not made by then is lost.
    gateway-async) settings="retention.ms=604800000" ;;
    *) settings= ;;
  esac
  configs=
  for setting in $settings; do configs="$configs --config $setting"; done
  # shellcheck disable=SC2086 # each setting is its own argument
  make "$@" --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" $configs
done
