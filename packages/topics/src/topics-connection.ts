import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { createDurableProducer, type DurableProducer } from "@platform/shared/kafka/durable-producer";
import type { Admin } from "kafkajs";
import type { TopicsConfig } from "./config.ts";
import { installExactRecords } from "./exact-records.ts";
import { type Cluster, openCluster } from "./open-cluster.ts";

/** Connections to a Kafka: what the commands work with. */
export interface TopicsConnection extends AsyncDisposable {
  admin: Admin;
  cluster: Cluster;
  producer: DurableProducer;
}

/** How long a request may take in all, with what kafkajs tries again. */
const requestTimeoutMs = 60_000;

/** @param address where all brokers are reached, in place of the addresses that they advertise */
export async function connectTopics(
  config: TopicsConfig,
  address: { host: string; port: number } | undefined,
): Promise<TopicsConnection> {
  installExactRecords();
  const open = () =>
    createKafka({ clientId: "topics", config, ...(address === undefined ? {} : { address }) });
  const kafka = await open();
  const admin = kafka.admin();
  await admin.connect();
  const cluster = await openCluster(kafka);
  const producer = createDurableProducer({ open, timeLimit: requestTimeoutMs });
  return {
    admin,
    cluster,
    producer,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([producer.close(), cluster.disconnect(), admin.disconnect()]);
    },
  };
}
