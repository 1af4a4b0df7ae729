#!/bin/sh
# Readiness: fails unless this broker is in sync, that is, among the in-sync replicas of all its partitions. A rolling restart and a drain
# of nodes wait for it before they stop the next broker. The test starts a JVM, a second of CPU time, so a positive result holds for
# five minutes. start-kafka.sh removes the results of an earlier process.
#   IN_SYNC_FILE    time of the last positive result
#   CLIENT_CONFIG   properties of clients
#   BROKER          host:port of this broker
set -eu
id=$((${POD_NAME##*-} + 1))
now=$(date +%s)
last=0
if [ -f "$IN_SYNC_FILE" ]; then read -r last <"$IN_SYNC_FILE"; fi
if [ $((now - last)) -lt 300 ]; then exit 0; fi
export KAFKA_HEAP_OPTS=-Xmx64m KAFKA_OPTS="${KAFKA_OPTS:-} -XX:TieredStopAtLevel=1"
lacking=$(kafka-topics.sh --bootstrap-server "${BROKER:-localhost:9092}" --command-config "$CLIENT_CONFIG" --describe --under-replicated-partitions)
# Lines such as "Topic: twitter Partition: 0 Leader: 2 Replicas: 1,2,3 Isr: 2,3 Elr: LastKnownElr:", with tabs
echo "$lacking" | while read -r line; do
  replicas=${line#*Replicas: }
  in_sync=${line#*Isr: }
  case ",${replicas%%[!0-9,]*}," in *",$id,"*) ;; *) continue ;; esac
  case ",${in_sync%%[!0-9,]*}," in *",$id,"*) continue ;; esac
  echo "broker $id is not in sync: $line"
  exit 1
done
echo "$now" >"$IN_SYNC_FILE"
