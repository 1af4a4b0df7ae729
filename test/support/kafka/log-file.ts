import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32c } from "@platformatic/wasm-utils/bundled";
import type { StartedKafka } from "./kafka.ts";

/** The bytes of a record batch in the log of a partition, to modify in place. */
export interface LogBatch {
  bytes: Buffer;
  /** Sets the id of the compression codec. */
  setCodec(id: number): void;
  /** Recomputes the checksum. */
  sign(): void;
}

/** Modifies a record batch in Kafka's log, and returns a function that restores it. Kafka reads the log again for each fetch. */
export async function modifyLog(
  kafka: StartedKafka,
  { topic, partition = 0, batch: number }: { topic: string; partition?: number; batch: number },
  change: (batch: LogBatch) => void,
): Promise<() => Promise<void>> {
  const file = join(kafka.dataFolder!, `${topic}-${partition}`, `${"0".repeat(20)}.log`);
  const log = await readFile(file);
  let start = 0;
  for (let passed = 0; passed < number; passed++) start += batchLength(log, start);
  const before = log.subarray(start, start + batchLength(log, start));
  const bytes = Buffer.from(before);
  change({
    bytes,
    setCodec: (id) => bytes.writeInt16BE((bytes.readInt16BE(21) & ~7) | id, 21),
    sign: () => bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17),
  });
  await write(file, bytes, start);
  return () => write(file, before, start);
}

function batchLength(log: Buffer, start: number): number {
  return 12 + log.readInt32BE(start + 8);
}

async function write(file: string, bytes: Buffer, position: number): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.write(bytes, 0, bytes.length, position);
  } finally {
    await handle.close();
  }
}
