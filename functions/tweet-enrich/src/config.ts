import { configReader, type InferConfig } from "@platform/shared/config/config-reader";
import { batchSettings, functionSettings } from "@platform/shared/config/function-settings";
import { setting } from "@platform/shared/config/setting";
import { duration, flag, httpUrl } from "@platform/shared/config/settings";
import {
  elasticsearchProblems,
  elasticsearchSettings,
} from "@platform/shared/elasticsearch/elasticsearch-settings";
import { kafkaProblems, kafkaSettings, topicName } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";

const settings = {
  ...functionSettings,
  ...batchSettings,
  ENRICH_TIMEOUT: setting(
    "time limit for a call, with all its requests and writes; keep it below exec_timeout",
    duration("8s"),
  ),
  SENTIMENT_URL: setting("URL of the function that scores the texts", v.optional(httpUrl()), {
    unset: "the built-in engine",
  }),
  ...elasticsearchSettings,
  ELASTICSEARCH_URL: setting(
    "Elasticsearch in which documents are indexed",
    elasticsearchSettings.ELASTICSEARCH_URL,
    {
      unset: "documents are not indexed",
    },
  ),
  ...kafkaSettings,
  KAFKA_BROKERS: setting(
    "brokers of the topics KAFKA_TOPIC and DEAD_LETTER_TOPIC",
    kafkaSettings.KAFKA_BROKERS,
    {
      unset: "nothing is written to Kafka",
    },
  ),
  KAFKA_TOPIC: setting("topic for the documents", v.optional(topicName(), "twitter-enriched")),
  DEAD_LETTER_TOPIC: setting(
    "topic for documents that Elasticsearch refuses; needs KAFKA_BROKERS",
    v.optional(topicName()),
    { unset: "refused documents are only reported as errors" },
  ),
  APPLY_DELETIONS: setting(
    "remove the document of a post when a notice of its deletion arrives; every caller can then delete documents",
    flag(),
  ),
};

/** The settings of tweet-enrich. */
export const readConfig = configReader(settings, findProblems);

export type Config = InferConfig<typeof settings>;

function findProblems(config: Config): string[] {
  const { KAFKA_BROKERS: brokers, KAFKA_TOPIC: topic, DEAD_LETTER_TOPIC: deadLetters } = config;
  return [
    ...kafkaProblems(config),
    ...(deadLetters !== undefined && brokers === undefined ? ["DEAD_LETTER_TOPIC needs KAFKA_BROKERS"] : []),
    ...(deadLetters === topic ? ["DEAD_LETTER_TOPIC must not be KAFKA_TOPIC"] : []),
    ...elasticsearchProblems(config),
  ];
}
