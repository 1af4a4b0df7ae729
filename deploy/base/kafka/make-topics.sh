#!/bin/sh
# Makes the topics that are not there yet; what is there stays as it is. Tries until Kafka answers, then ends.
#   BROKERS   host:port
#   TOPICS    names with blanks; each gets PARTITIONS partitions
set -eu
tries=60
until kafka-topics.sh --bootstrap-server "$BROKERS" --list >/dev/null; do
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ]; then
    echo "Kafka at $BROKERS does not answer" >&2
    exit 1
  fi
  sleep 2
done
for topic in $TOPICS; do
  case $topic in
    # Kept until somebody has seen to them. A dead letter is larger than the message by its headers.
    *.dead-letter) set -- --config retention.ms=-1 --config max.message.bytes=2097152 ;;
    # Compacted: keeps the newest outcome of each dead letter.
    dead-letter-outcomes) set -- --config cleanup.policy=compact ;;
    # An asynchronous call that was not made within a week is lost; one that was made is kept no longer than that.
    gateway-async) set -- --config retention.ms=604800000 ;;
    *) set -- ;;
  esac
  kafka-topics.sh --bootstrap-server "$BROKERS" --create --if-not-exists --topic "$topic" --partitions "$PARTITIONS" "$@"
done
