import { type Admin, ConfigResourceTypes } from "kafkajs";

/** The settings that a topic overrides. */
export type TopicSettings = Readonly<Record<string, string>>;

/** Kafka's ConfigSource for settings of the topic itself. */
const ofTopic = 1;

/** Settings during a restore: no retention, no compaction, no limits of age or size, and timestamps of the producer. */
const restoring: TopicSettings = {
  "cleanup.policy": "delete",
  "retention.ms": "-1",
  "retention.bytes": "-1",
  "max.message.bytes": String(100 * 1024 * 1024),
  "message.timestamp.type": "CreateTime",
  "message.timestamp.before.max.ms": String(2n ** 63n - 1n),
  "message.timestamp.after.max.ms": String(2n ** 63n - 1n),
};

/** Reads the settings that a topic overrides. */
export async function readTopicSettings(admin: Admin, topic: string): Promise<TopicSettings> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
  });
  const entries = resources[0]!.configEntries.filter(({ configSource }) => configSource === ofTopic);
  return Object.fromEntries(
    entries
      .map(({ configName, configValue }) => [configName, configValue] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The settings for a topic that a restore creates. */
export const restoringSettings = (settings: TopicSettings): TopicSettings => ({ ...settings, ...restoring });

/** Replaces all settings of a topic. */
export async function replaceTopicSettings(admin: Admin, topic: string, settings: TopicSettings) {
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries: toConfigEntries(settings) }],
  });
}

/** Converts settings to the form of kafkajs. */
export function toConfigEntries(settings: TopicSettings): { name: string; value: string }[] {
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}
