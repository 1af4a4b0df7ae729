import type { TopicsConnection } from "./topics-client.ts";
import { TopicNotFoundError } from "./topics-errors.ts";

/** The offsets of a partition's first message and of the next message to be written. */
export interface PartitionEnds {
  partition: number;
  start: number;
  end: number;
}

/**
 * Reads the offsets of a topic's partitions, in order.
 * @throws TopicNotFoundError
 */
export async function readEnds(connection: TopicsConnection, topic: string): Promise<PartitionEnds[]> {
  await connection.cluster.refreshMetadata();
  const ends = await readAllEnds(connection, [topic]);
  const topicEnds = ends.get(topic);
  if (topicEnds === undefined) throw new TopicNotFoundError({ topic });
  return topicEnds;
}

/** Reads the offsets of several topics' partitions, without missing topics. It uses the current metadata without a refresh. */
export async function readAllEnds(
  { cluster }: TopicsConnection,
  topics: readonly string[],
): Promise<Map<string, PartitionEnds[]>> {
  const requests = topics.map((topic) => ({
    topic,
    partitions: cluster
      .findTopicPartitionMetadata(topic)
      .filter(({ leader }) => leader >= 0)
      .map(({ partitionId: partition }) => ({ partition })),
  }));
  const existing = requests.filter(({ partitions }) => partitions.length > 0);
  const [starts, ends] = await Promise.all([
    cluster.fetchTopicsOffset(existing.map((request) => ({ ...request, fromBeginning: true }))),
    cluster.fetchTopicsOffset(existing.map((request) => ({ ...request, fromBeginning: false }))),
  ]);
  const startOffsets = new Map(
    starts.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)] as const),
    ),
  );
  return new Map(
    ends.map(({ topic, partitions }) => [
      topic,
      partitions
        .map(({ partition, offset: end }) => {
          return { partition, start: startOffsets.get(`${topic}/${partition}`) ?? 0, end: Number(end) };
        })
        .sort((a, b) => a.partition - b.partition),
    ]),
  );
}

/** Finds the first offset at or after a time, by partition; the partition's end if no message is that late. */
export async function findOffsetsByTime(
  { cluster }: TopicsConnection,
  topic: string,
  time: number,
  ends: readonly PartitionEnds[],
): Promise<Map<number, number>> {
  const partitions = ends.map(({ partition }) => ({ partition }));
  const [offsets] = await cluster.fetchTopicsOffset([{ topic, partitions, fromTimestamp: time }]);
  return new Map(
    ends.map(({ partition, end }) => {
      const offset = offsets?.partitions.find((other) => other.partition === partition)?.offset;
      return [partition, offset === undefined || Number(offset) < 0 ? end : Number(offset)];
    }),
  );
}
