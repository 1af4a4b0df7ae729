import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { PartitionManifest } from "./backup-manifest.ts";
import { parseLine, toLine } from "./record-line.ts";
import type { TopicRecord } from "./topic-record.ts";
import { BackupError } from "./topics-errors.ts";

const toPath = (folder: string, partition: number) => join(folder, `${partition}.ndjson.gz`);

/** Writes records to the file of a partition, one on each line. It waits for the disk, so memory is bounded. */
export async function writePartition(folder: string, partition: number, records: AsyncIterable<TopicRecord>) {
  const hash = createHash("sha256");
  let messages = 0;
  async function* lines() {
    for await (const record of records) {
      const line = `${toLine(record)}\n`;
      hash.update(line);
      messages += 1;
      yield line;
    }
  }
  const file = createWriteStream(toPath(folder, partition), { flags: "wx" });
  await pipeline(lines, createGzip({ level: 4 }), file);
  return { messages, sha256: hash.digest("hex") };
}

/**
 * Reads the records of a partition's file.
 * @throws BackupError after the last record if the file's checksum or count is wrong
 */
export async function* readPartitionFile(
  folder: string,
  { partition, messages, sha256 }: PartitionManifest,
): AsyncGenerator<TopicRecord> {
  const path = toPath(folder, partition);
  const hash = createHash("sha256");
  let count = 0;
  try {
    for await (const line of readLines(path)) {
      hash.update(`${line}\n`);
      count += 1;
      yield parseLine(line);
    }
  } catch (cause) {
    throw new BackupError({ path, reason: "missing or damaged", cause });
  }
  if (count !== messages) throw new BackupError({ path, reason: `has ${count} of ${messages} messages` });
  if (hash.digest("hex") !== sha256) throw new BackupError({ path, reason: "wrong checksum" });
}

/** @throws BackupError if the file of a partition is missing or damaged */
export async function verifyPartitionFile(folder: string, manifest: PartitionManifest): Promise<void> {
  for await (const _ of readPartitionFile(folder, manifest));
}

async function* readLines(path: string): AsyncGenerator<string> {
  const source = createReadStream(path);
  const text = createGunzip();
  source.on("error", (error) => text.destroy(error));
  source.pipe(text).setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of text) {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
    if (rest !== "") throw new Error("the last line is incomplete");
  } finally {
    source.destroy();
  }
}
