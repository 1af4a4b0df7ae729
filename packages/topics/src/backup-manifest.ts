import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { BackupError } from "./topics-errors.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const manifestSchema = v.object({
  version: v.literal(1),
  topic: v.string(),
  /** The start time of the backup. */
  time: v.string(),
  /** The settings of the topic that differ from the cluster's. */
  config: v.record(v.string(), v.string()),
  partitions: v.array(
    v.object({
      partition: count,
      /** The range of offsets that the topic had. */
      start: count,
      end: count,
      messages: count,
      /** The checksum of the uncompressed lines, as 64 hexadecimal digits. */
      sha256: v.string(),
    }),
  ),
  /** The next offset of each consumer group, by partition. */
  groups: v.record(v.string(), v.record(v.string(), count)),
});

/** The file topic.json of a backup: all data except the messages. */
export type BackupManifest = v.InferOutput<typeof manifestSchema>;
/** A partition of a backup. */
export type PartitionManifest = BackupManifest["partitions"][number];

const fileName = "topic.json";

export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  await writeFile(join(folder, fileName), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @throws BackupError */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, fileName);
  try {
    return v.parse(manifestSchema, JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new BackupError({
      path,
      reason: isMissing ? "no backup found" : "not a backup of a topic",
      cause,
    });
  }
}
