import { Skipped } from "@platform/shared/function/batch";
import { isKafkaRecord } from "../wrappers/kafka-record.ts";
import type { Notice } from "./notice.ts";

/** A Kafka record without a value, which deletes its key in a compacted topic. */
export const tombstone: Notice = {
  form: "Kafka: a record with a null `value` or `payload`",
  reasons: ["tombstone"],
  read(value) {
    const isEmpty = value.value === null || (value.payload === null && value.value === undefined);
    return isEmpty && isKafkaRecord(value) ? new Skipped("tombstone") : undefined;
  },
};
