import type { Message } from "kafkajs";
import { type BackupManifest, type PartitionManifest, readManifest } from "./backup-manifest.ts";
import type { CommandContext } from "./command-context.ts";
import { compareMessages } from "./compare-topic.ts";
import {
  commitGroupOffsets,
  type GroupOffsets,
  OffsetTranslation,
  requireStopped,
} from "./consumer-groups.ts";
import { counted } from "./counted.ts";
import type { RestoreOptions } from "./options.ts";
import { readPartitionEnds } from "./partition-ends.ts";
import { readPartitionFile, verifyPartitionFile } from "./partition-file.ts";
import { prepareTopic } from "./prepare-topic.ts";
import { sizeOfRecord, type TopicRecord } from "./topic-record.ts";
import { replaceTopicSettings } from "./topic-settings.ts";
import { RestoreInterruptedError } from "./topics-errors.ts";

/** The size limit of a batch, below the limit of a produce request. */
const batchBytes = 700_000;
/** The maximum overhead of a record. */
const overhead = 100;

/**
 * Writes a backup to a topic, creates the topic if it is missing, and compares it with the backup. Then it sets the offsets of
 * consumer groups, so that each continues after its last message.
 * @throws BackupError, TopicNotEmptyError, PartitionsDifferError, GroupRunningError before anything is written;
 *   RestoreInterruptedError
 */
export async function restoreTopic(
  context: CommandContext,
  folder: string,
  { as, append, groups: withGroups }: RestoreOptions,
): Promise<void> {
  const manifest = await readManifest(folder);
  const topic = as ?? manifest.topic;
  const { admin, cluster } = context.connection;
  const groups = withGroups ? manifest.groups : {};
  for (const partition of manifest.partitions) await verifyPartitionFile(folder, partition);
  await requireStopped(admin, Object.keys(groups));
  const before = await prepareTopic(admin, topic, { manifest, append });
  try {
    const restored: [partition: number, offsets: [group: string, offset: number][]][] = [];
    for (const partition of manifest.partitions) {
      const translation = new OffsetTranslation(groups, partition.partition);
      await writeMessages(context, { topic, folder, partition, translation });
      const { end } = before.find((other) => other.partition === partition.partition)!;
      restored.push([partition.partition, translation.from(end)]);
    }
    await verify(context, { topic, folder, manifest, before });
    if (!append) await replaceTopicSettings(admin, topic, manifest.config);
    await commitGroupOffsets(cluster, topic, byGroup(restored));
  } catch (cause) {
    throw new RestoreInterruptedError(topic, cause);
  }
  const messages = manifest.partitions.reduce((sum, partition) => sum + partition.messages, 0);
  context.print(
    `${topic}: ${counted(messages, "message")} restored from ${folder} and compared; offsets of ${counted(Object.keys(groups).length, "consumer group")} set`,
  );
}

interface PartitionWork {
  topic: string;
  folder: string;
  partition: PartitionManifest;
  translation: OffsetTranslation;
}

async function writeMessages(context: CommandContext, work: PartitionWork): Promise<void> {
  const { connection, signal } = context;
  const { topic, folder, partition, translation } = work;
  let batch: Message[] = [];
  let bytes = 0;
  const send = async () => {
    signal.throwIfAborted();
    await connection.producer.send(topic, batch, signal);
    batch = [];
    bytes = 0;
  };
  for await (const record of context.counted(topic, readPartitionFile(folder, partition))) {
    const size = sizeOfRecord(record) + overhead;
    if (bytes + size > batchBytes && batch.length > 0) await send();
    batch.push(toMessage(record, partition.partition));
    bytes += size;
    translation.pass(record.offset);
  }
  await send();
}

/** exact-records.ts sends the headers as this list of pairs. */
function toMessage({ key, value, headers, timestamp }: TopicRecord, partition: number): Message {
  return { key, value, timestamp, partition, headers: headers as unknown as NonNullable<Message["headers"]> };
}

async function verify(
  context: CommandContext,
  facts: {
    topic: string;
    folder: string;
    manifest: BackupManifest;
    before: Awaited<ReturnType<typeof prepareTopic>>;
  },
): Promise<void> {
  const after = await readPartitionEnds(context.connection.admin, facts.topic);
  const ends = after.map(({ partition, end }) => ({
    partition,
    start: facts.before.find((other) => other.partition === partition)?.end ?? 0,
    end,
  }));
  const differences = await compareMessages(context, { ...facts, ends });
  const ofPartitions = differences.filter((difference) => difference.startsWith("partition "));
  if (ofPartitions.length > 0)
    throw new Error(`the restored topic differs from the backup: ${ofPartitions.join("; ")}`);
}

function byGroup(
  restored: readonly [partition: number, offsets: [group: string, offset: number][]][],
): GroupOffsets {
  const groups: GroupOffsets = {};
  for (const [partition, offsets] of restored)
    for (const [group, offset] of offsets) groups[group] = { ...groups[group], [partition]: offset };
  return groups;
}
