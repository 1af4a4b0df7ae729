import { configReader } from "@platform/shared/config/config-reader";
import { secretsDir } from "@platform/shared/config/function-settings";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting } from "@platform/shared/config/setting";
import { brokers, kafkaProblems, kafkaSettings, topicName } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";
import { feedChoice } from "./feed-choice.ts";
import { feedSettings } from "./feed-settings.ts";

const settings = {
  FEED: setting("feed to read", feedChoice()),
  KAFKA_TOPIC: setting("topic for the posts", v.optional(topicName(), "twitter")),
  ...kafkaSettings,
  KAFKA_BROKERS: setting("brokers of KAFKA_TOPIC and of feed-cursors", brokers()),
  ...feedSettings,
  SECRETS_DIR: secretsDir(),
  ...serviceSettings({ port: 8083 }),
};

/** Reads the settings of the service. */
export const readFeedsConfig = configReader(settings, kafkaProblems);

/** The parsed settings of the service. */
export type FeedsConfig = ReturnType<typeof readFeedsConfig>;
