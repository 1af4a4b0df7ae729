import { InvalidJsonError } from "@platform/shared/errors/request-errors";
import type { JsonObject } from "../posts/json.ts";
import { readJsonText } from "./json-text.ts";
import type { Wrapper } from "./wrapper.ts";

const marks = ["topic", "partition", "offset", "key", "headers", "metadata", "schema"];

/** Whether the fields of an object identify a Kafka record. */
export function isKafkaRecord(value: JsonObject): boolean {
  return marks.some((name) => name in value) || Object.keys(value).join() === "value";
}

/**
 * A Kafka record in JSON. Its value is JSON, or a string with JSON or with the text of a tweet. An object in `value` is
 * unwrapped even without other fields of a record.
 */
export const kafkaRecord: Wrapper = {
  form: "`{topic, offset, key, value}`, `{schema, payload}`, `{topic, payload}`",
  source:
    "Kafka records of REST proxies, NiFi, Kafka Connect and kcat; `value` is JSON, or a string with JSON",
  open(value) {
    const content = value.value ?? ("schema" in value || "topic" in value ? value.payload : undefined);
    if (typeof content !== "string") return typeof content === "object" ? (content ?? undefined) : undefined;
    const json = readJsonText(content);
    if (json !== undefined || !isKafkaRecord(value)) return json;
    if (content.trimStart().startsWith("{")) throw new InvalidJsonError();
    return content;
  },
};
