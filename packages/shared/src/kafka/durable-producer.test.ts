import { setTimeout as pause } from "node:timers/promises";
import type { ICustomPartitioner, Kafka, ProducerBatch, ProducerConfig } from "kafkajs";
import { createDurableProducer } from "./durable-producer.ts";

/** A fake of kafkajs's producer: each request waits until the test settles it. */
function fakeProducers() {
  const requests: { batch: ProducerBatch; resolve: () => void; reject: (error: Error) => void }[] = [];
  const disconnected: number[] = [];
  let opened = 0;
  const open = async () => {
    const number = ++opened;
    let partition: ReturnType<ICustomPartitioner>;
    const acknowledge = ({ topicMessages = [] }: ProducerBatch) =>
      topicMessages.flatMap(({ topic, messages }) =>
        messages.map((message) => ({
          topicName: topic,
          partition: partition({ topic, message, partitionMetadata: onePartition }),
          errorCode: 0,
        })),
      );
    const producer = {
      connect: async () => undefined,
      sendBatch: (batch: ProducerBatch) =>
        new Promise((resolve, reject) =>
          requests.push({
            batch,
            resolve: () => resolve(acknowledge(batch)),
            reject: (error) => reject(error),
          }),
        ),
      disconnect: async () => void disconnected.push(number),
    };
    return {
      producer({ createPartitioner }: ProducerConfig) {
        partition = createPartitioner!();
        return producer;
      },
    } as unknown as Kafka;
  };
  return { open, requests, disconnected, opened: () => opened };
}

const onePartition = [{ partitionErrorCode: 0, partitionId: 0, leader: 1, replicas: [1], isr: [1] }];
const keys = ({ topicMessages = [] }: ProducerBatch) =>
  topicMessages.map(({ topic, messages }) => [topic, messages.map(({ key }) => key)]);
const createMessage = (key: string, value = "x") => ({ key, value });
const settle = () => pause(5);

describe("a durable producer", () => {
  it("has one request in flight; messages that arrive meanwhile form the next one", async () => {
    const { open, requests } = fakeProducers();
    const producer = createDurableProducer({ open, timeLimit: 1_000 });
    const first = producer.send("a", [createMessage("1")]);
    const others = [
      producer.send("a", [createMessage("2"), createMessage("3")]),
      producer.send("b", [createMessage("4")]),
    ];
    await settle();
    expect(requests.map(({ batch }) => keys(batch))).toEqual([[["a", ["1"]]]]);
    expect(requests[0]!.batch.acks).toBe(-1);
    requests[0]!.resolve();
    await first;
    await settle();
    expect(keys(requests[1]!.batch)).toEqual([
      ["a", ["2", "3"]],
      ["b", ["4"]],
    ]);
    requests[1]!.resolve();
    await Promise.all(others);
  });

  it("splits messages that are too large for one request, and resolves after the last part", async () => {
    const { open, requests } = fakeProducers();
    const producer = createDurableProducer({ open, timeLimit: 1_000 });
    let done = false;
    const big = "x".repeat(500_000);
    const sending = producer.send("a", [createMessage("1", big), createMessage("2", big)]).then(() => {
      done = true;
    });
    await settle();
    requests[0]!.resolve();
    await settle();
    expect([requests.length, done]).toEqual([2, false]);
    requests[1]!.resolve();
    await sending;
  });

  it("discards the producer after a failed request", async () => {
    const { open, requests, disconnected, opened } = fakeProducers();
    const producer = createDurableProducer({ open, timeLimit: 1_000 });
    const first = producer.send("a", [createMessage("1")]);
    await settle();
    requests[0]!.reject(new Error("broken"));
    await expect(first).rejects.toThrow("broken");
    const second = producer.send("a", [createMessage("2")]);
    await settle();
    expect([opened(), disconnected]).toEqual([2, [1]]);
    requests[1]!.resolve();
    await second;
  });

  it("abandons a request above the time limit, and discards its producer", async () => {
    const { open, requests, opened } = fakeProducers();
    const producer = createDurableProducer({ open, timeLimit: 20 });
    await expect(producer.send("a", [createMessage("1")])).rejects.toMatchObject({ name: "TimeoutError" });
    const second = producer.send("a", [createMessage("2")]);
    await settle();
    requests[1]!.resolve();
    await second;
    expect(opened()).toBe(2);
  });

  it("connects again after a failed connection", async () => {
    const { open, requests } = fakeProducers();
    let tries = 0;
    const producer = createDurableProducer({
      timeLimit: 1_000,
      open: () => (++tries === 1 ? Promise.reject(new Error("no broker")) : open()),
    });
    await expect(producer.send("a", [createMessage("1")])).rejects.toThrow("no broker");
    const second = producer.send("a", [createMessage("1")]);
    await settle();
    requests[0]!.resolve();
    await second;
  });

  it("finishes the request in flight before it disconnects", async () => {
    const { open, requests, disconnected } = fakeProducers();
    const producer = createDurableProducer({ open, timeLimit: 1_000 });
    const sending = producer.send("a", [createMessage("1")]);
    await settle();
    const closing = producer.close();
    await settle();
    expect(disconnected).toEqual([]);
    requests[0]!.resolve();
    await Promise.all([sending, closing]);
    expect(disconnected).toEqual([1]);
  });
});
