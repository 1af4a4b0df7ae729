import type { Kafka, Message, Producer, TopicMessages } from "kafkajs";
import { settlesWithin } from "../clients/settles-within.ts";
import { currentTracing, injectTraceContext, inSpan, type SpanDescription } from "../telemetry/tracing.ts";
import { sendAll, stickyPartitioner } from "./send-all.ts";

/** Writes messages durably: an acknowledged message survives the failure of a broker. */
export interface DurableProducer {
  /**
   * Resolves when every in-sync replica has the messages, at least once. Rejects when that is uncertain, or with the signal's
   * reason when it fires first. Messages that wait for a request at that time are not sent.
   */
  send(topic: string, messages: readonly Message[], signal?: AbortSignal): Promise<void>;
  /** Finishes the requests in progress, then disconnects. */
  close(): Promise<void>;
}

/** Options of a producer. */
export interface DurableProducerOptions {
  /** Returns a new Kafka client. */
  open: () => Promise<Kafka>;
  /** The time limit of a request in milliseconds, including the connection and kafkajs's retries. */
  timeLimit: number;
  /** Whether messages get the headers of the active trace; false if their headers must not change. */
  sendsTrace?: boolean;
}

/** A batch for a partition must stay below the broker's message.max.bytes, by default a megabyte. */
const maxBytes = 900_000;
/** The maximum size of a record besides its key, value and headers, in bytes. */
const overhead = 100;

interface Waiting {
  topic: string;
  message: Message;
  signal: AbortSignal | undefined;
  done: (error?: unknown) => void;
}

/**
 * Creates a producer with acks=all and idempotence. One request is in flight at a time; messages that arrive meanwhile form the next
 * one. After a failed request, the producer is discarded: kafkajs reuses its sequence numbers, so if the request did arrive, the
 * broker would treat the next one as a duplicate and silently drop it.
 */
export function createDurableProducer(options: DurableProducerOptions): DurableProducer {
  const { open, timeLimit, sendsTrace = false } = options;
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let producer: Promise<Producer> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = take(waiting);
      if (batch.length === 0) continue;
      try {
        const acknowledged = request(batch);
        if (!(await settlesWithin(timeLimit, acknowledged))) throw timeoutError(timeLimit);
        await acknowledged;
        for (const { done } of batch) done();
      } catch (error) {
        discard();
        for (const { done } of batch) done(error);
      }
    }
    working = undefined;
  }

  async function request(batch: readonly Waiting[]): Promise<void> {
    producer ??= open().then(openProducer);
    await sendAll(await producer, byTopic(batch));
  }

  function discard(): void {
    producer?.then((failed) => failed.disconnect()).catch(() => undefined);
    producer = undefined;
  }

  function enqueue(topic: string, messages: readonly Message[], signal?: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      let remaining = messages.length;
      let failure: { error: unknown } | undefined;
      const done = (error?: unknown) => {
        if (error !== undefined) failure ??= { error };
        remaining -= 1;
        if (remaining > 0) return;
        if (failure === undefined) resolve();
        else reject(failure.error);
      };
      for (const message of messages) waiting.push({ topic, message, signal, done });
      working ??= work();
    });
  }

  return {
    send(topic, messages, signal) {
      if (messages.length === 0) return Promise.resolve();
      return inSpan(
        () => sendSpan(topic, messages.length),
        () => {
          const sent = enqueue(topic, sendsTrace ? withTrace(messages) : messages, signal);
          return signal === undefined ? sent : unlessAborted(signal, sent);
        },
      );
    },
    async close() {
      await working;
      const last = producer;
      producer = undefined;
      await (await last)?.disconnect();
    },
  };
}

function sendSpan(topic: string, count: number): SpanDescription {
  return {
    name: `send ${topic}`,
    kind: "producer",
    attributes: {
      "messaging.system": "kafka",
      "messaging.operation.name": "send",
      "messaging.operation.type": "send",
      "messaging.destination.name": topic,
      "messaging.batch.message_count": count,
    },
  };
}

function withTrace(messages: readonly Message[]): readonly Message[] {
  if (currentTracing() === undefined) return messages;
  return messages.map((message) => ({ ...message, headers: injectTraceContext(message.headers ?? {}) }));
}

async function openProducer(kafka: Kafka): Promise<Producer> {
  const { Partitioners } = await import("kafkajs"); // already loaded by the client
  const producer = kafka.producer({
    createPartitioner: stickyPartitioner(Partitioners.DefaultPartitioner),
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  return producer;
}

function timeoutError(milliseconds: number): DOMException {
  return new DOMException(`not within ${milliseconds} ms`, "TimeoutError");
}

/** Rejects with the signal's reason when it fires first. */
function unlessAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Removes the messages of the next request from the queue, and drops aborted ones. */
function take(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { message, signal } of waiting) {
    bytes += signal?.aborted ? 0 : countBytes(message);
    if (bytes > maxBytes && count > 0) break;
    count += 1;
  }
  return waiting.splice(0, count).filter(({ signal }) => !signal?.aborted);
}

function byTopic(batch: readonly Waiting[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, message } of batch) {
    const messages = topics.get(topic);
    if (messages === undefined) topics.set(topic, [message]);
    else messages.push(message);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

function countBytes({ key, value, headers = {} }: Message): number {
  const parts = [key, value, ...Object.entries(headers).flat(2)];
  return parts.reduce((sum: number, part) => sum + (part == null ? 0 : Buffer.byteLength(part)), overhead);
}
