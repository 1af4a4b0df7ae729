import { isTooLarge } from "@platform/delivery/is-too-large";
import type { Message } from "kafkajs";
import { readEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import { InvalidChangeError, MessageTooLargeError, PartitionNotFoundError } from "./topics-errors.ts";
import type { ProducedView, ProduceRequest } from "./view.ts";

const base64 = /^(?:[\w+/-]{4})*(?:[\w+/-]{2,3}={0,2})?$/;

/** Parses the message in the body of a request. @throws InvalidChangeError */
export function readProduceRequest(body: unknown): Message {
  const { headers = [], isBase64 = false, key, partition, value } = (body ?? {}) as Partial<ProduceRequest>;
  if (!isText(key) || !isText(value))
    throw new InvalidChangeError({ problem: '"key" and "value" must be text or null' });
  if (typeof isBase64 !== "boolean")
    throw new InvalidChangeError({ problem: '"isBase64" must be true or false' });
  if (isBase64 && [key, value].some((text) => text !== null && !base64.test(text)))
    throw new InvalidChangeError({ problem: '"key" and "value" must be base64' });
  if (partition !== undefined && !(Number.isInteger(partition) && partition >= 0))
    throw new InvalidChangeError({ problem: '"partition" must be a whole number' });
  const isHeaders = Array.isArray(headers) && headers.every(isHeader);
  if (!isHeaders) throw new InvalidChangeError({ problem: '"headers" must be a list of pairs of texts' });
  const bytes = (text: string | null) =>
    text === null ? null : Buffer.from(text, isBase64 ? "base64" : "utf8");
  return {
    key: bytes(key),
    value: bytes(value),
    headers: toHeaders(headers),
    ...(partition === undefined ? {} : { partition }),
  };
}

const isText = (value: unknown): value is string | null => value === null || typeof value === "string";

function isHeader(header: unknown): header is [string, string] {
  return Array.isArray(header) && header.length === 2 && header.every((part) => typeof part === "string");
}

function toHeaders(headers: readonly [string, string][]): Record<string, string | string[]> {
  const named = new Map<string, string[]>();
  for (const [name, value] of headers) named.set(name, [...(named.get(name) ?? []), value]);
  return Object.fromEntries(
    [...named].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}

/**
 * Writes one message once to all in-sync replicas, with its own idempotent producer.
 * @throws TopicNotFoundError, PartitionNotFoundError, MessageTooLargeError, and errors of kafkajs
 */
export async function produceMessage(
  connection: TopicsConnection,
  topic: string,
  message: Message,
): Promise<ProducedView> {
  const ends = await readEnds(connection, topic);
  const { partition } = message;
  if (partition !== undefined && !ends.some((other) => other.partition === partition))
    throw new PartitionNotFoundError({ topic, partition, count: ends.length });
  const { Partitioners } = await import("kafkajs");
  const producer = connection.kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  try {
    await producer.connect();
    const [stored] = await producer.send({ topic, acks: -1, messages: [message] });
    return { partition: stored!.partition, offset: Number(stored!.baseOffset) };
  } catch (cause) {
    throw isTooLarge(cause) ? new MessageTooLargeError({ topic, cause }) : cause;
  } finally {
    await producer.disconnect();
  }
}
