import { lazily } from "@platform/shared/clients/lazily";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import type { KafkaConfig } from "@platform/shared/kafka/kafka-settings";
import type { Source } from "./source.ts";

/** Whether Kafka is there, and how many brokers. */
export function kafkaSource(config: KafkaConfig & { KAFKA_BROKERS: readonly string[] }): Source {
  const admin = lazily(async () => {
    const kafka = await createKafka({ clientId: "dashboard", config });
    const opened = kafka.admin({ retry: { retries: 0 } });
    await opened.connect();
    return opened;
  });
  const close = async () => {
    const opened = await admin.drop()?.catch(() => undefined);
    await opened?.disconnect();
  };
  return {
    about: {
      name: "Kafka",
      setting: "KAFKA_BROKERS",
      kind: "real",
      place: config.KAFKA_BROKERS.join(", "),
    },
    async read() {
      try {
        const { brokers } = await (await admin.get()).describeCluster();
        return { events: {}, note: brokers.length === 1 ? "1 broker" : `${brokers.length} brokers` };
      } catch (cause) {
        await close();
        throw kafkaError(config, cause);
      }
    },
    close,
  };
}
