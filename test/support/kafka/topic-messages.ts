import { connect } from "node:net";
import { type ISocketFactory, type Kafka, type KafkaMessage, logLevel, Kafka as NewKafka } from "kafkajs";

/** A message and its position in the topic. */
export interface TopicMessage {
  partition: number;
  offset: number;
  key: string | undefined;
  value: string | undefined;
  headers: Record<string, string>;
}

/** Creates a client of Kafka without logs. With an address, all brokers' names resolve to it. */
export function kafkaClient(brokers: string, address?: { host: string; port: number }): Kafka {
  const toAddress: ISocketFactory = ({ onConnect }) => connect(address!, onConnect);
  return new NewKafka({
    clientId: "test",
    brokers: brokers.split(","),
    logLevel: logLevel.NOTHING,
    ...(address === undefined ? {} : { socketFactory: toAddress }),
  });
}

/** Returns all committed messages that a topic has now, in the order of each partition. */
export async function readTopic(brokers: string | Kafka, topic: string): Promise<TopicMessage[]> {
  const kafka = typeof brokers === "string" ? kafkaClient(brokers) : brokers;
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const remaining = new Map(
    ends.filter(({ high, low }) => high !== low).map(({ partition, high }) => [partition, Number(high)]),
  );
  const messages: TopicMessage[] = [];
  if (remaining.size === 0) return messages;
  const consumer = kafka.consumer({ groupId: `reader-${process.pid}-${Date.now()}`, maxWaitTimeInMs: 100 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      // A server that has just started may not be ready for groups yet; kafkajs then retries.
      consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
      // The end of the topic may be a transaction's marker, which is not a message.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
        if (Number(lastOffset) + 1 >= (remaining.get(partition) ?? 0)) remaining.delete(partition);
        if (remaining.size === 0) resolve();
      });
      consumer
        .run({
          autoCommit: false,
          eachMessage: async ({ partition, message }) => {
            messages.push(toTopicMessage(partition, message));
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return messages;
}

function toTopicMessage(partition: number, { offset, key, value, headers = {} }: KafkaMessage): TopicMessage {
  return {
    partition,
    offset: Number(offset),
    key: key?.toString(),
    value: value?.toString(),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
  };
}
