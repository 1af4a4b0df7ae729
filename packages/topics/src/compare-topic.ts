import { type BackupManifest, readManifest } from "./backup-manifest.ts";
import type { CommandContext } from "./command-context.ts";
import { type PartitionEnds, readPartitionEnds } from "./partition-ends.ts";
import { readPartitionFile } from "./partition-file.ts";
import { type PartitionRange, readPartition } from "./read-partition.ts";
import { haveSameContent } from "./record-line.ts";
import { readTopicSettings } from "./topic-settings.ts";

/**
 * Compares the messages and settings of a topic with a backup, and prints the differences. It ignores offsets.
 * @returns whether they are equal
 */
export async function compareTopic(context: CommandContext, folder: string, name?: string): Promise<boolean> {
  const manifest = await readManifest(folder);
  const topic = name ?? manifest.topic;
  const { admin } = context.connection;
  const settings = await readTopicSettings(admin, topic).catch(() => ({}));
  const differences = await compareMessages(context, {
    folder,
    manifest,
    topic,
    ends: await readPartitionEnds(admin, topic),
  });
  if (JSON.stringify(settings) !== JSON.stringify(manifest.config))
    differences.push("the settings of the topic differ");
  for (const difference of differences) context.print(`${topic}: ${difference}`);
  if (differences.length === 0) context.print(`${topic}: equal to ${folder}`);
  return differences.length === 0;
}

/** A topic and its backup. */
interface Comparison {
  folder: string;
  manifest: BackupManifest;
  topic: string;
  /** The range of messages in each partition of the topic. */
  ends: readonly PartitionEnds[];
}

/** The first difference of each partition, as a sentence. */
export async function compareMessages(context: CommandContext, comparison: Comparison): Promise<string[]> {
  const { folder, manifest, topic, ends } = comparison;
  await context.connection.cluster.addTargetTopic(topic);
  const differences: string[] = [];
  for (const backedUp of manifest.partitions) {
    const { partition } = backedUp;
    const range = ends.find((other) => other.partition === partition);
    const difference =
      range === undefined
        ? "is missing"
        : await comparePartition(context, { topic, ...range }, readPartitionFile(folder, backedUp));
    if (difference !== undefined) differences.push(`partition ${partition} ${difference}`);
  }
  if (ends.length > manifest.partitions.length)
    differences.push(`${ends.length} partitions, ${manifest.partitions.length} in the backup`);
  return differences;
}

async function comparePartition(
  { connection, signal }: CommandContext,
  range: PartitionRange,
  backup: ReturnType<typeof readPartitionFile>,
): Promise<string | undefined> {
  const current = readPartition(connection.cluster, range, signal);
  try {
    for (let count = 0; ; count += 1) {
      const [saved, present] = await Promise.all([backup.next(), current.next()]);
      if (saved.done && present.done) return undefined;
      if (saved.done) return `has more messages than the ${count} of the backup`;
      if (present.done) return `has ${count} messages, fewer than the backup`;
      if (!haveSameContent(saved.value, present.value))
        return `differs at offset ${present.value.offset} (${saved.value.offset} in the backup)`;
    }
  } finally {
    await Promise.all([backup.return(undefined), current.return(undefined)]);
  }
}
