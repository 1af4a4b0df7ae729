import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readPartitionFile, writePartition } from "./partition-file.ts";
import type { TopicRecord } from "./topic-record.ts";

const createRecord = (offset: number): TopicRecord => ({
  offset,
  timestamp: String(offset),
  key: offset % 2 === 0 ? null : Buffer.from([offset % 256]),
  value: Buffer.alloc(1_000, offset),
  headers: [["a", null]],
});

async function* records(count: number, fail?: Error): AsyncGenerator<TopicRecord> {
  for (let offset = 0; offset < count; offset += 1) yield createRecord(offset);
  if (fail !== undefined) throw fail;
}

describe("a partition's file", () => {
  const folder = mkdtempSync(join(tmpdir(), "partition-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("returns the written records", async () => {
    const written = await writePartition(folder, 0, records(2_000));
    expect(written.messages).toBe(2_000);
    let next = 0;
    // toEqual compares buffers byte by byte, which takes seconds for this size.
    for await (const record of readPartitionFile(folder, { partition: 0, start: 0, end: 2_000, ...written }))
      if (isDeepStrictEqual(record, createRecord(next))) next += 1;
    expect(next).toBe(2_000);
  });

  it("fails with the error of the records", async () => {
    await expect(writePartition(folder, 1, records(100, new Error("unreadable")))).rejects.toThrow(
      "unreadable",
    );
  });

  it("fails when the file cannot be written", async () => {
    await expect(writePartition(join(folder, "missing"), 2, records(2_000))).rejects.toMatchObject({
      code: "ENOENT",
    });
  });

  it("refuses a file that has changed", async () => {
    const written = { ...(await writePartition(folder, 3, records(10))), sha256: "0" };
    const read = async () => {
      for await (const _ of readPartitionFile(folder, { partition: 3, start: 0, end: 10, ...written }));
    };
    await expect(read()).rejects.toMatchObject({ message: expect.stringContaining("checksum") });
  });
});
