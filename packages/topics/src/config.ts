import { configReader, type InferConfig } from "@platform/shared/config/config-reader";
import { setting } from "@platform/shared/config/setting";
import { folder } from "@platform/shared/config/settings";
import { brokers, kafkaProblems, kafkaSettings } from "@platform/shared/kafka/kafka-settings";

/** The settings of `npm run topics`. */
export const topicsSettings = {
  ...kafkaSettings,
  KAFKA_BROKERS: setting("Kafka brokers", brokers()),
  SECRETS_DIR: setting("folder with a file for each secret", folder(".secrets")),
};

/** The settings as `npm run topics` uses them. */
export type TopicsConfig = InferConfig<typeof topicsSettings>;

export const readTopicsConfig = configReader(topicsSettings, kafkaProblems);
