import type { Kafka, Message, Producer, TopicMessages } from "kafkajs";
import { endsWithin } from "../clients/ends-within.ts";
import { currentTracing, injectTraceContext, inSpan, type SpanDescription } from "../telemetry/tracing.ts";
import { sendAll, stickyPartitioner } from "./send-all.ts";

/** Writes messages so that what is acknowledged stays. */
export interface DurableProducer {
  /**
   * Resolves when every in-sync replica has the messages; rejects when that is not certain. At least once. Rejects with
   * the signal's reason when it fires first; what is not on its way by then is not sent.
   */
  send(topic: string, messages: readonly Message[], signal?: AbortSignal): Promise<void>;
  /** Lets what is being sent end, then disconnects. */
  close(): Promise<void>;
}

/** How a producer is made, and how long it may take. */
export interface DurableProducerOptions {
  /** Gives a client of Kafka, a new one each time. */
  open: () => Promise<Kafka>;
  /** How long a request may take in all, with the connection and what kafkajs tries again, in milliseconds. */
  timeLimit: number;
  /** Whether messages get the headers of the active trace; false if their headers must not change. */
  sendsTrace?: boolean;
}

/** A batch of records for one partition must stay below the broker's message.max.bytes, a megabyte. */
const mostBytes = 900_000;
/** What a record weighs beyond its key, value and headers, at most. */
const overhead = 100;

interface Waiting {
  topic: string;
  message: Message;
  signal: AbortSignal | undefined;
  done: (error?: unknown) => void;
}

/**
 * A producer with acks=all and idempotence. One request is in flight at a time and carries all that has come
 * meanwhile. A producer whose request has failed is thrown away: kafkajs takes its sequence numbers back then, and
 * if the request did arrive, the broker would take the next one for its repetition and drop it without a word.
 */
export function createDurableProducer(options: DurableProducerOptions): DurableProducer {
  const { open, timeLimit, sendsTrace = false } = options;
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let producer: Promise<Producer> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const taken = take(waiting);
      if (taken.length === 0) continue;
      try {
        const acknowledged = request(taken);
        if (!(await endsWithin(timeLimit, acknowledged))) throw late(timeLimit);
        await acknowledged;
        for (const { done } of taken) done();
      } catch (error) {
        discard();
        for (const { done } of taken) done(error);
      }
    }
    working = undefined;
  }

  async function request(taken: readonly Waiting[]): Promise<void> {
    producer ??= open().then(openProducer);
    await sendAll(await producer, byTopic(taken));
  }

  function discard(): void {
    producer?.then((failed) => failed.disconnect()).catch(() => undefined);
    producer = undefined;
  }

  function enqueue(topic: string, messages: readonly Message[], signal?: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      let left = messages.length;
      let failure: { error: unknown } | undefined;
      const done = (error?: unknown) => {
        if (error !== undefined) failure ??= { error };
        left -= 1;
        if (left > 0) return;
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
  const { Partitioners } = await import("kafkajs"); // the client has loaded it
  const producer = kafka.producer({
    createPartitioner: stickyPartitioner(Partitioners.DefaultPartitioner),
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  return producer;
}

function late(milliseconds: number): DOMException {
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

/** Takes as many messages off the front as go into one request, without those that nobody waits for any more. */
function take(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { message, signal } of waiting) {
    bytes += signal?.aborted ? 0 : sizeOf(message);
    if (bytes > mostBytes && count > 0) break;
    count += 1;
  }
  return waiting.splice(0, count).filter(({ signal }) => !signal?.aborted);
}

function byTopic(taken: readonly Waiting[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, message } of taken) {
    const messages = topics.get(topic);
    if (messages === undefined) topics.set(topic, [message]);
    else messages.push(message);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

function sizeOf({ key, value, headers = {} }: Message): number {
  const parts = [key, value, ...Object.entries(headers).flat(2)];
  return parts.reduce((sum: number, part) => sum + (part == null ? 0 : Buffer.byteLength(part)), overhead);
}
