import { randomUUID } from "node:crypto";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type PartitionManifest, writeManifest } from "./backup-manifest.ts";
import type { CommandContext } from "./command-context.ts";
import { readGroupOffsets } from "./consumer-groups.ts";
import { counted } from "./counted.ts";
import { readPartitionEnds } from "./partition-ends.ts";
import { writePartition } from "./partition-file.ts";
import { readPartition } from "./read-partition.ts";
import { readTopicSettings } from "./topic-settings.ts";
import { BackupExistsError } from "./topics-errors.ts";

/**
 * Copies a topic to FOLDER/TOPIC. The offsets of consumer groups are read before the messages, so no group is ahead of the
 * copy. An interrupted backup leaves no files.
 * @throws BackupExistsError, TopicMissingError, UnreadablePartitionError
 */
export async function backUpTopic(context: CommandContext, topic: string, folder: string): Promise<void> {
  const { admin, cluster } = context.connection;
  const target = join(folder, topic);
  if (await exists(target)) throw new BackupExistsError(target);
  const time = new Date().toISOString();
  const ends = await readPartitionEnds(admin, topic);
  const config = await readTopicSettings(admin, topic);
  const groups = await readGroupOffsets(admin, topic);
  const latest = await readPartitionEnds(admin, topic);
  await cluster.addTargetTopic(topic);
  const draft = join(folder, `.${topic}.${randomUUID()}`);
  await mkdir(draft, { recursive: true });
  try {
    const partitions: PartitionManifest[] = [];
    for (const { partition, start } of ends) {
      const { end } = latest.find((other) => other.partition === partition)!;
      const records = readPartition(cluster, { topic, partition, start, end }, context.signal);
      const written = await writePartition(draft, partition, context.counted(topic, records));
      partitions.push({ partition, start, end, ...written });
    }
    context.signal.throwIfAborted();
    await writeManifest(draft, { version: 1, topic, time, config, partitions, groups });
    await rename(draft, target);
    const messageCount = partitions.reduce((sum, { messages }) => sum + messages, 0);
    context.print(
      `${topic}: ${counted(messageCount, "message")} of ${counted(partitions.length, "partition")} and offsets of ${counted(Object.keys(groups).length, "consumer group")} backed up to ${target}`,
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
