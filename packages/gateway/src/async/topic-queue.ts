import { type StartedConsumer, startConsumer } from "@platform/delivery/consumer/consumer-supervisor";
import { createDeadLetters } from "@platform/delivery/dead-letters";
import type { Message } from "@platform/delivery/message";
import { createTopicWatch } from "@platform/delivery/topic-watch";
import { retry } from "@platform/shared/clients/retry";
import { describeError } from "@platform/shared/errors/describe-error";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { createDurableProducer } from "@platform/shared/kafka/durable-producer";
import type { KafkaConfig } from "@platform/shared/kafka/kafka-settings";
import type { Logger } from "@platform/shared/log/logger";
import { refreshPeriodically } from "@platform/shared/service/refresh-periodically";
import type { CallQueue, RunCall } from "./call-queue.ts";
import { CallRecordError, decodeCall, encodeCall } from "./call-record.ts";
import { CallTooLargeError, QueueUnavailableError } from "./queue-errors.ts";

/** Options of a topic queue. */
export interface TopicQueueOptions {
  config: KafkaConfig;
  /** The topic; also the name of the consumer group that all replicas share. */
  topic: string;
  log: Logger;
}

/** The timeout of the write before 202, in milliseconds. */
const acceptTimeout = 10_000;
/** A partition's calls run in batches of this size, one batch at a time. */
const batchSize = 8;
const batchBytes = 2_000_000;
const sessionTimeout = 10_000;
const lagInterval = 5_000;
const backoff = { firstMs: 500, longestMs: 5_000 };

/**
 * A queue in a topic of Kafka. It accepts a call when all in-sync replicas have it, and commits the offset after the call has
 * ended (at least once). An invalid message goes to the dead-letter topic.
 */
export function createTopicQueue(run: RunCall, { config, topic, log }: TopicQueueOptions): CallQueue {
  const client = { clientId: "gateway", config };
  const open = () => createKafka(client);
  const producer = createDurableProducer({ open, timeLimit: acceptTimeout, sendsTrace: true });
  const deadLetters = createDeadLetters(open);
  const watch = createTopicWatch(open);
  const stopped = new AbortController();
  let consumer: StartedConsumer | undefined;
  let length: number | undefined;

  async function deliverOne(message: Message, signal: AbortSignal): Promise<void> {
    try {
      await run(decodeCall(message.value.toString()));
    } catch (error) {
      if (!(error instanceof CallRecordError)) throw error;
      await writeDeadLetter(message, error, signal);
    }
  }

  async function writeDeadLetter(
    message: Message,
    error: CallRecordError,
    signal: AbortSignal,
  ): Promise<void> {
    const refusal = { status: error.status, code: error.code, reason: error.message };
    const { partition, offset } = message;
    await retry(() => deadLetters.write("gateway", [{ message, refusal }]), { backoff, signal });
    log.warn({ topic, partition, offset, ...refusal }, "dead_letter_written");
  }

  function consume(): StartedConsumer {
    return startConsumer({
      topics: [topic],
      groupId: topic,
      sessionTimeout,
      batchSize,
      batchBytes,
      startBatch: () => () => true,
      open: () => createKafka({ ...client, log }),
      async deliver(messages, signal) {
        const outcomes = await Promise.allSettled(messages.map((message) => deliverOne(message, signal)));
        const failed = outcomes.find((outcome) => outcome.status === "rejected");
        if (failed !== undefined) throw failed.reason;
      },
      log,
    });
  }

  async function refreshLength(): Promise<void> {
    const lags = await watch.lags(topic, [topic]);
    length = lags.reduce((sum, { lag }) => sum + lag, 0);
  }

  let lagWatch: AsyncDisposable | undefined;
  async function consumeWhenTopicExists(): Promise<void> {
    await retry(requireTopic, {
      backoff,
      signal: stopped.signal,
      onRetry: (error, { tries }) =>
        tries === 1 && log.warn({ topic, error: describeError(error) }, "async_queue_unavailable"),
    });
    if (stopped.signal.aborted) return;
    consumer = consume();
    lagWatch = refreshPeriodically(refreshLength, lagInterval, log);
  }

  async function requireTopic(): Promise<void> {
    if (!(await watch.names()).has(topic)) throw new Error(`Kafka has no topic ${topic}`);
  }

  let beginning: Promise<void> | undefined;
  return {
    async accept(call) {
      try {
        await producer.send(topic, [{ key: call.callId, value: encodeCall(call) }]);
      } catch (cause) {
        if ((cause as { type?: string }).type === "MESSAGE_TOO_LARGE") {
          throw new CallTooLargeError({ topic, cause });
        }
        log.error({ topic, error: describeError(cause) }, "async_queue_unavailable");
        throw new QueueUnavailableError({ location: `the topic ${topic} (KAFKA_BROKERS)`, cause });
      }
    },
    begin() {
      beginning ??= consumeWhenTopicExists().catch(() => undefined);
    },
    length: () => length,
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await beginning;
      await Promise.all([consumer?.[Symbol.asyncDispose](), lagWatch?.[Symbol.asyncDispose]()]);
      await Promise.allSettled([producer.close(), deadLetters.close(), watch.close()]);
    },
  };
}
