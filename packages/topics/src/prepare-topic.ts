import { retry } from "@platform/shared/clients/retry";
import type { Admin } from "kafkajs";
import type { BackupManifest } from "./backup-manifest.ts";
import { type PartitionEnds, readPartitionEnds } from "./partition-ends.ts";
import { replaceTopicSettings, restoringSettings, toConfigEntries } from "./topic-settings.ts";
import { PartitionsDifferError, TopicNotEmptyError } from "./topics-errors.ts";

const maxAttempts = 20;

/**
 * Creates the topic of a backup, or checks an existing one.
 * @returns its partitions before the restore
 * @throws TopicNotEmptyError, PartitionsDifferError
 */
export async function prepareTopic(
  admin: Admin,
  topic: string,
  { manifest, append }: { manifest: BackupManifest; append: boolean },
): Promise<PartitionEnds[]> {
  const backedUp = manifest.partitions.length;
  const settings = restoringSettings(manifest.config);
  if (!(await admin.listTopics()).includes(topic)) {
    await admin.createTopics({
      topics: [{ topic, numPartitions: backedUp, configEntries: toConfigEntries(settings) }],
      waitForLeaders: false,
    });
    const signal = new AbortController().signal;
    return await retry(() => endsWithLeaders(admin, topic), {
      signal,
      shouldRetry: (_, tries) => tries < maxAttempts,
    });
  }
  const ends = await readPartitionEnds(admin, topic);
  if (append ? ends.length < backedUp : ends.length !== backedUp)
    throw new PartitionsDifferError({ topic, current: ends.length, backedUp });
  if (append) return ends;
  const count = ends.reduce((sum, { start, end }) => sum + end - start, 0);
  if (count > 0) throw new TopicNotEmptyError({ topic, count });
  await replaceTopicSettings(admin, topic, settings);
  return ends;
}

async function endsWithLeaders(admin: Admin, topic: string): Promise<PartitionEnds[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  if (!topics[0]!.partitions.every(({ leader }) => leader >= 0))
    throw new Error("a partition has no leader yet");
  return await readPartitionEnds(admin, topic);
}
