import { type Admin, ConfigResourceTypes } from "kafkajs";

/** The settings of a topic that somebody set, with their values. */
export type TopicSettings = Readonly<Record<string, string>>;

/** ConfigSource of a setting of the topic itself. */
const ofTopic = 1;

/** While messages are restored, none is deleted, compacted or refused for its age or size, and each keeps its time. */
const restoring: TopicSettings = {
  "cleanup.policy": "delete",
  "retention.ms": "-1",
  "retention.bytes": "-1",
  "max.message.bytes": String(100 * 1024 * 1024),
  "message.timestamp.type": "CreateTime",
  "message.timestamp.before.max.ms": String(2n ** 63n - 1n),
  "message.timestamp.after.max.ms": String(2n ** 63n - 1n),
};

export async function readTopicSettings(admin: Admin, topic: string): Promise<TopicSettings> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
  });
  const entries = resources[0]!.configEntries.filter(({ configSource }) => configSource === ofTopic);
  return Object.fromEntries(
    entries
      .map(({ configName, configValue }) => [configName, configValue] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** The settings of a topic while it is restored, as they are created. */
export const restoringSettings = (settings: TopicSettings): TopicSettings => ({ ...settings, ...restoring });

/** Replaces all settings of a topic. */
export async function replaceTopicSettings(admin: Admin, topic: string, settings: TopicSettings) {
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries: entriesOf(settings) }],
  });
}

export function entriesOf(settings: TopicSettings): { name: string; value: string }[] {
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}
