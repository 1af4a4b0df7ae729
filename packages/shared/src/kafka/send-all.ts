import type { ICustomPartitioner, Message, ProducerBatch, RecordMetadata, TopicMessages } from "kafkajs";

/** A sender of messages: a producer, or its transaction. */
interface Sender {
  sendBatch(batch: ProducerBatch): Promise<RecordMetadata[]>;
}

/** The partition of each message in flight. */
const partitions = new WeakMap<Message, number>();

/**
 * The partitioner for sendAll. A message keeps its partition in all tries. kafkajs selects one in each try, and might write a
 * message without a key twice.
 */
export function stickyPartitioner(create: ICustomPartitioner): ICustomPartitioner {
  return () => {
    const choose = create();
    return (options) => {
      const partition = partitions.get(options.message) ?? choose(options);
      partitions.set(options.message, partition);
      return partition;
    };
  };
}

/**
 * Sends messages to all in-sync replicas, by a producer with the sticky partitioner, and verifies that Kafka has acknowledged each.
 * In its second try, kafkajs 2.2.4 sends nothing to a broker that answered in the first. If that broker leads more partitions by
 * then, kafkajs resolves without sending their messages. Returns the acknowledgements, one a partition.
 * @throws UnacknowledgedError, and kafkajs's errors.
 */
export async function sendAll(
  sender: Sender,
  topicMessages: readonly TopicMessages[],
): Promise<RecordMetadata[]> {
  const sent = topicMessages.flatMap(({ topic, messages }) =>
    messages.map((message) => ({ topic, message })),
  );
  for (const { message } of sent) partitions.delete(message);
  const answers = await sender.sendBatch({ acks: -1, topicMessages: [...topicMessages] });
  const acknowledged = new Set(answers.map(({ topicName, partition }) => `${topicName}/${partition}`));
  for (const { message, topic } of sent) {
    const topicPartition = `${topic}/${partitions.get(message)}`;
    if (!acknowledged.has(topicPartition)) throw new UnacknowledgedError(topicPartition);
  }
  return answers;
}

/** Kafka has not acknowledged messages of a partition. `kafkaError` converts it to PeerUnavailableError (503). */
class UnacknowledgedError extends Error {
  override readonly name = "UnacknowledgedError";
  readonly retriable = true;

  constructor(topicPartition: string) {
    super(`Kafka has not acknowledged messages for ${topicPartition}, whose leader changed`);
  }
}
