import { configReader } from "@platform/shared/config/config-reader";
import { setting } from "@platform/shared/config/setting";
import { folder } from "@platform/shared/config/settings";
import { brokers, kafkaProblems, kafkaSettings } from "@platform/shared/kafka/kafka-settings";

/** The settings of `npm run dead-letters`. */
export const deadLettersSettings = {
  ...kafkaSettings,
  KAFKA_BROKERS: setting("Kafka brokers", brokers()),
  SECRETS_DIR: setting("folder with a file for each secret", folder(".secrets")),
};

export const readDeadLettersConfig = configReader(deadLettersSettings, kafkaProblems);
