import { randomUUID } from "node:crypto";
import { type Admin, type Message, Partitioners, type Producer } from "kafkajs";
import { type FakeGateway, startFakeGateway } from "../gateway/fake-gateway.ts";
import { createDisposables } from "../process/disposables.ts";
import { type ServiceOptions, type StartedService, startService } from "../process/service.ts";
import { createTopic } from "./create-topic.ts";
import { type KafkaOptions, type StartedKafka, startKafka } from "./kafka.ts";
import { kafkaClient } from "./topic-messages.ts";

/** The environment of the connector's tests: one Kafka, and for each test topics, a gateway and connectors. */
export interface ConnectorStage extends AsyncDisposable {
  kafka: StartedKafka;
  admin: Admin;
  /** The timestamp of the first message. It is recent, because Kafka deletes old messages. */
  firstTimestamp: number;
  /** Creates a topic with a unique name. */
  newTopic(partitions?: number): Promise<string>;
  newName(): string;
  /** Sends values to a partition, in order, with timestamps that increase by a millisecond. */
  send(topic: string, values: readonly Message["value"][], partition?: number): Promise<void>;
  newGateway(): Promise<FakeGateway>;
  /** Starts a connector in front of a gateway. */
  newConnector(gateway: { url: string }, options?: ServiceOptions): Promise<StartedService>;
  /** Returns the committed offsets of a function's group, by partition; -1 without a commit. */
  committed(functionName: string, topic: string): Promise<number[]>;
  /** Disposes of everything that the test has started. */
  clear(): Promise<void>;
}

/** @param kafkaOptions options of the Kafka */
export async function startConnectorStage(kafkaOptions?: KafkaOptions): Promise<ConnectorStage> {
  const kafka = await startKafka(kafkaOptions);
  const client = kafkaClient(kafka.brokers);
  const admin = client.admin();
  const producer: Producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  const firstTimestamp = Date.now();
  // An external Kafka has the topics and groups of earlier tests.
  const prefix = randomUUID().slice(0, 8);
  let names = 0;
  const { use, dispose: clear } = createDisposables();
  const newName = () => `name-${prefix}-${++names}`;
  await Promise.all([admin.connect(), producer.connect()]);
  return {
    kafka,
    admin,
    firstTimestamp,
    newName,
    async newTopic(numPartitions = 1) {
      const topic = newName();
      await createTopic(admin, topic, numPartitions);
      return topic;
    },
    async send(topic, values, partition = 0) {
      const messages = values.map((value, index) => ({
        value,
        partition,
        timestamp: String(firstTimestamp + index),
      }));
      await producer.send({ topic, messages });
    },
    newGateway: async () => use(await startFakeGateway()),
    newConnector: async ({ url }, { env = {}, ...options } = {}) =>
      use(
        await startService("kafka-connector", {
          ...options,
          env: {
            KAFKA_BROKERS: kafka.brokers,
            GATEWAY_URL: url,
            SESSION_TIMEOUT: "6s",
            REFRESH: "200ms",
            RETRY_MAX_PAUSE: "200ms",
            ...env,
          },
        }),
      ),
    async committed(functionName, topic) {
      const groupId = `kafka-connector-${functionName}`;
      const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
      return offsets!.partitions
        .sort((a, b) => a.partition - b.partition)
        .map(({ offset }) => Number(offset));
    },
    clear,
    async [Symbol.asyncDispose]() {
      await clear();
      await Promise.allSettled([admin.disconnect(), producer.disconnect()]);
      await kafka[Symbol.asyncDispose]();
    },
  };
}
