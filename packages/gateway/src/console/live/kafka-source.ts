import { lazily } from "@platform/shared/clients/lazily";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import type { KafkaConfig } from "@platform/shared/kafka/kafka-settings";
import { TopicFlows } from "../overview/topic-flows.ts";
import type { Source } from "./source.ts";

/** Reads Kafka's brokers, and the topics of functions. */
export function kafkaSource(config: KafkaConfig & { KAFKA_BROKERS: readonly string[] }): Source {
  const flows = new TopicFlows();
  const admin = lazily(async () => {
    const kafka = await createKafka({ clientId: "console", config });
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
    async read(functions = []) {
      try {
        const opened = await admin.get();
        const { brokers } = await opened.describeCluster();
        const topics = await flows.read(opened, functions);
        const note = brokers.length === 1 ? "1 broker" : `${brokers.length} brokers`;
        return { events: { topics }, note };
      } catch (cause) {
        await close();
        throw kafkaError(config, cause);
      }
    },
    close,
  };
}
