import { Skipped } from "@platform/shared/function/batch";
import { isKafkaRecord } from "../wrappers/kafka-record.ts";
import type { Notice } from "./notice.ts";

/** A record of Kafka that has no value: in a compacted topic, its key was deleted. */
export const tombstone: Notice = {
  form: "Kafka: a record whose `value` or `payload` is null",
  reasons: ["tombstone"],
  read(value) {
    const isEmpty = value.value === null || (value.payload === null && value.value === undefined);
    return isEmpty && isKafkaRecord(value) ? new Skipped("tombstone") : undefined;
  },
};
