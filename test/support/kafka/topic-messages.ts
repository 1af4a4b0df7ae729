import { connect } from "node:net";
import { type ISocketFactory, type Kafka, type KafkaMessage, logLevel, Kafka as NewKafka } from "kafkajs";

/** A message and its place in the topic. */
export interface TopicMessage {
  partition: number;
  offset: number;
  key: string | undefined;
  value: string | undefined;
  headers: Record<string, string>;
}

/** A client of Kafka that logs nothing. With an address all brokers' names lead there. */
export function kafkaClient(brokers: string, address?: { host: string; port: number }): Kafka {
  const toAddress: ISocketFactory = ({ onConnect }) => connect(address!, onConnect);
  return new NewKafka({
    clientId: "test",
    brokers: brokers.split(","),
    logLevel: logLevel.NOTHING,
    ...(address === undefined ? {} : { socketFactory: toAddress }),
  });
}

/** All committed messages that a topic has now, in the order of each partition. */
export async function readTopic(brokers: string | Kafka, topic: string): Promise<TopicMessage[]> {
  const kafka = typeof brokers === "string" ? kafkaClient(brokers) : brokers;
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const left = new Map(
    ends.filter(({ high, low }) => high !== low).map(({ partition, high }) => [partition, Number(high)]),
  );
  const messages: TopicMessage[] = [];
  if (left.size === 0) return messages;
  const consumer = kafka.consumer({ groupId: `reader-${process.pid}-${Date.now()}`, maxWaitTimeInMs: 100 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      // A server that has just started says that it is not ready for groups yet; kafkajs tries again then.
      consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
      // Its last offset is also that of a transaction's marker, which is no message.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
        if (Number(lastOffset) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
        if (left.size === 0) resolve();
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
