import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { createDurableProducer, type DurableProducer } from "@platform/shared/kafka/durable-producer";
import { type Cluster, openCluster } from "@platform/shared/kafka/open-cluster";
import type { Admin } from "kafkajs";
import type { TopicsConfig } from "./config.ts";
import { installExactRecords } from "./exact-records.ts";

/** The Kafka connections of the commands. */
export interface TopicsConnection extends AsyncDisposable {
  admin: Admin;
  cluster: Cluster;
  producer: DurableProducer;
}

/** The time limit of a request, with kafkajs's retries. */
const requestTimeoutMs = 60_000;

/** @param address replaces the advertised addresses of all brokers */
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
