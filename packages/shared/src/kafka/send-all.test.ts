import type { PartitionerArgs, ProducerBatch, RecordMetadata } from "kafkajs";
import { sendAll, stickyPartitioner } from "./send-all.ts";

/** A sender like kafkajs: it selects partitions in each of two tries, and answers for some of them. */
function createFakeSender(answered: (partition: number) => boolean) {
  const tries: number[][] = [[], []];
  let next = 0;
  const partitioner = stickyPartitioner(
    () =>
      ({ message }) =>
        message.partition ?? next++,
  )();
  return {
    tries,
    async sendBatch({ topicMessages = [] }: ProducerBatch): Promise<RecordMetadata[]> {
      for (const chosen of tries)
        for (const { messages, topic } of topicMessages)
          for (const message of messages)
            chosen.push(partitioner({ topic, message, partitionMetadata: [] } as PartitionerArgs));
      const partitions = [...new Set(tries.flat())].filter(answered);
      return partitions.map((partition) => ({ topicName: "t", partition, errorCode: 0 }));
    },
  };
}

describe("sendAll", () => {
  const messages = [{ value: "a" }, { value: "b", partition: 7 }, { value: "c" }];
  const batch = [{ topic: "t", messages }];

  it("keeps the partition of a message in all attempts", async () => {
    const sender = createFakeSender(() => true);
    await sendAll(sender, batch);
    expect(sender.tries).toEqual([
      [0, 7, 1],
      [0, 7, 1],
    ]);
  });

  it("rejects when a partition is not acknowledged", async () => {
    const sender = createFakeSender((partition) => partition !== 7);
    await expect(sendAll(sender, batch)).rejects.toMatchObject({
      retriable: true,
      message: "Kafka has not acknowledged messages for t/7, whose leader changed",
    });
  });

  it("selects a new partition when a message is sent again", async () => {
    const sender = createFakeSender(() => true);
    await sendAll(sender, batch);
    await sendAll(sender, batch);
    expect(sender.tries[1]).toEqual([0, 7, 1, 2, 7, 3]);
  });
});
