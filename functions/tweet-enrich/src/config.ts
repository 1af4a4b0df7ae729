import { type ConfigOf, configReader } from "@platform/shared/config/config-reader";
import { batchSettings, functionSettings } from "@platform/shared/config/function-settings";
import { duration, httpUrl } from "@platform/shared/config/settings";
import {
  elasticsearchProblems,
  elasticsearchSettings,
} from "@platform/shared/elasticsearch/elasticsearch-settings";
import { kafkaProblems, kafkaSettings, topicName } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";

const settings = {
  ...functionSettings,
  ...batchSettings,
  /** How long a call may take with all that it asks and writes; below the platform's exec_timeout. */
  ENRICH_TIMEOUT: duration("8s"),
  /** The function to ask for the sentiment, in place of our own engine. */
  SENTIMENT_URL: v.optional(httpUrl()),
  /** Where documents are indexed. */
  ...elasticsearchSettings,
  /** Without brokers nothing is written to Kafka. */
  ...kafkaSettings,
  /** The topic for the documents. */
  KAFKA_TOPIC: v.optional(topicName(), "twitter-enriched"),
  /** The topic for the documents that Elasticsearch refuses; unset: they are only answered as errors. */
  DEAD_LETTER_TOPIC: v.optional(topicName()),
};

/** What tweet-enrich reads. */
export const readConfig = configReader(settings, problemsOf);

export type Config = ConfigOf<typeof settings>;

function problemsOf(config: Config): string[] {
  const { KAFKA_BROKERS: brokers, KAFKA_TOPIC: topic, DEAD_LETTER_TOPIC: deadLetters } = config;
  return [
    ...kafkaProblems(config),
    ...(deadLetters !== undefined && brokers === undefined ? ["DEAD_LETTER_TOPIC needs KAFKA_BROKERS"] : []),
    ...(deadLetters === topic ? ["DEAD_LETTER_TOPIC must not be KAFKA_TOPIC"] : []),
    ...elasticsearchProblems(config),
  ];
}
