import { deadLetterTopic } from "@platform/delivery/dead-letters";
import type { PartitionSizes } from "@platform/shared/kafka/log-dirs";
import type { Admin } from "kafkajs";
import { authorizationFailure } from "./authorization-failure.ts";
import { readGroupLags } from "./consumer-groups.ts";
import { type PartitionEnds, readAllEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import { TopicNotFoundError } from "./topics-errors.ts";
import type { PartitionView, TopicSetting, TopicSummary, TopicsView, TopicView } from "./view.ts";

const suffix = deadLetterTopic("");
const noSizes: PartitionSizes = new Map();

/** Describes all topics by name, with one request of each kind per broker. */
export async function listTopics(connection: TopicsConnection): Promise<TopicsView> {
  const { admin, cluster } = connection;
  const [names] = await Promise.all([admin.listTopics(), cluster.refreshMetadata()]);
  const topics = await describe(connection, names);
  return { topics: topics.map(({ summary }) => summary) };
}

/** @throws TopicNotFoundError */
export async function describeTopic(connection: TopicsConnection, name: string): Promise<TopicView> {
  await connection.cluster.refreshMetadata();
  if (connection.cluster.findTopicPartitionMetadata(name).length === 0)
    throw new TopicNotFoundError({ topic: name });
  const [[topic], groups] = await Promise.all([
    describe(connection, [name]),
    readGroupLags(connection, name),
  ]);
  return { ...topic!.summary, partitionList: topic!.partitions, settings: topic!.settings, groups };
}

interface DescribedTopic {
  summary: TopicSummary;
  partitions: PartitionView[];
  settings: TopicSetting[];
}

async function describe(connection: TopicsConnection, names: readonly string[]): Promise<DescribedTopic[]> {
  const { admin, cluster } = connection;
  const [ends, settings, sizes] = await Promise.all([
    readAllEnds(connection, names),
    readSettings(admin, names).catch((error: unknown) => {
      if (authorizationFailure(error) === undefined) throw error;
      return new Map<string, TopicSetting[]>(); // shown as unknown
    }),
    // A failure leaves the sizes unknown: the user may lack the right.
    import("@platform/shared/kafka/log-dirs")
      .then(({ readPartitionSizes }) => readPartitionSizes(cluster))
      .catch(() => noSizes),
  ]);
  return names
    .map((name) => {
      const partitions = describePartitions(connection, name, ends.get(name) ?? [], sizes);
      const own = settings.get(name) ?? [];
      return { summary: summarize(name, partitions, own), partitions, settings: own };
    })
    .sort((a, b) => (a.summary.name < b.summary.name ? -1 : 1));
}

function describePartitions(
  { cluster }: TopicsConnection,
  name: string,
  ends: readonly PartitionEnds[],
  sizes: PartitionSizes,
): PartitionView[] {
  return cluster
    .findTopicPartitionMetadata(name)
    .map(({ partitionId: partition, leader, replicas, isr: inSync }) => {
      const { start = 0, end = 0 } = ends.find((other) => other.partition === partition) ?? {};
      return {
        partition,
        leader,
        replicas,
        inSync,
        start,
        end,
        bytes: sizes.get(`${name}/${partition}`) ?? null,
      };
    })
    .sort((a, b) => a.partition - b.partition);
}

function summarize(
  name: string,
  partitions: readonly PartitionView[],
  settings: readonly TopicSetting[],
): TopicSummary {
  const valueNamed = (setting: string) => settings.find((other) => other.name === setting)?.value ?? null;
  const retention = valueNamed("retention.ms");
  return {
    name,
    isInternal: name.startsWith("__"),
    holdsDeadLetters: name.endsWith(suffix),
    partitions: partitions.length,
    replicas: Math.max(0, ...partitions.map(({ replicas }) => replicas.length)),
    outOfSync: partitions.filter(({ inSync, replicas }) => inSync.length < replicas.length).length,
    messages: partitions.reduce((sum, { start, end }) => sum + end - start, 0),
    bytes: partitions.every(({ bytes }) => bytes !== null)
      ? partitions.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
      : null,
    cleanupPolicy: valueNamed("cleanup.policy"),
    retentionMs: retention === null ? null : Number(retention),
  };
}

/** Kafka's ConfigResourceType of a topic. */
const topicResource = 2;
/** Kafka's ConfigSource of settings of the topic itself. */
const ofTopic = 1;

async function readSettings(
  admin: Admin,
  names: readonly string[],
): Promise<ReadonlyMap<string, TopicSetting[]>> {
  if (names.length === 0) return new Map();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: topicResource, name })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      configEntries
        .map(({ configName: name, configValue, configSource, isSensitive }) => ({
          name,
          value: isSensitive ? null : configValue,
          isOwn: configSource === ofTopic,
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}
