import { InvalidJsonError } from "@platform/shared/errors/request-errors";
import type { JsonObject } from "../posts/json.ts";
import { readJsonText } from "./json-text.ts";
import type { Wrapper } from "./wrapper.ts";

const marks = ["topic", "partition", "offset", "key", "headers", "metadata", "schema"];

/** Whether an object is a record of Kafka by the fields beside its value. */
export function isKafkaRecord(value: JsonObject): boolean {
  return marks.some((name) => name in value) || Object.keys(value).join() === "value";
}

/**
 * A record of Kafka as JSON. Its value is JSON, or a text as it is in the topic, which is JSON or the text of a tweet. A
 * value that is an object is opened without any other field.
 */
export const kafkaRecord: Wrapper = {
  form: "`{topic, offset, key, value}`, `{schema, payload}`, `{topic, payload}`",
  source:
    "records of Kafka: of REST proxies, NiFi, Kafka Connect, kcat; `value` is JSON, or a text with JSON",
  open(value) {
    const content = value.value ?? ("schema" in value || "topic" in value ? value.payload : undefined);
    if (typeof content !== "string") return typeof content === "object" ? (content ?? undefined) : undefined;
    const json = readJsonText(content);
    if (json !== undefined || !isKafkaRecord(value)) return json;
    if (content.trimStart().startsWith("{")) throw new InvalidJsonError();
    return content;
  },
};
