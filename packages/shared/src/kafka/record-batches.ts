/// <reference path="./kafkajs-internals.d.ts" />
import { crc32c } from "@platformatic/wasm-utils/bundled";
import Decoder from "kafkajs/src/protocol/decoder.js";
import decodeMessageSet from "kafkajs/src/protocol/messageSet/decoder.js";
import decodeRecordBatch from "kafkajs/src/protocol/recordBatch/v0/decoder.js";
import { UndecodableBatch } from "./undecodable-batch.ts";

/** The offsets of a record batch's fields: https://kafka.apache.org/documentation/#recordbatch */
const fieldOffsets = {
  length: 8,
  afterLength: 12,
  magic: 16,
  checksum: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  records: 61,
};

/**
 * Decodes a partition's part of a fetch response. The messages end with an UndecodableBatch at the first unreadable batch: with a
 * wrong checksum, an unknown codec or damaged records.
 */
export async function decodeRecordBatches(bytes: Buffer): Promise<object[]> {
  const messages: object[] = [];
  let start = 0;
  while (start + fieldOffsets.records <= bytes.length) {
    const end = start + fieldOffsets.afterLength + bytes.readInt32BE(start + fieldOffsets.length);
    if (end > bytes.length) break; // the broker truncates the last batch when the fetch is full
    try {
      for (const message of await decodeBatch(bytes, start, end)) messages.push(message);
    } catch (error) {
      const firstOffset = Number(bytes.readBigInt64BE(start));
      const lastOffset = firstOffset + bytes.readInt32BE(start + fieldOffsets.lastOffsetDelta);
      messages.push(new UndecodableBatch(firstOffset, (error as Error).message, lastOffset));
      break;
    }
    start = end;
  }
  return messages;
}

async function decodeBatch(bytes: Buffer, start: number, end: number): Promise<object[]> {
  const batch = bytes.subarray(start, end);
  // Segments that Kafka wrote before 0.11 have messages instead of batches.
  if (bytes.readInt8(start + fieldOffsets.magic) < 2)
    return decodeMessageSet(new Decoder(batch), batch.length);
  if (batch.length < fieldOffsets.records) throw new Error("the batch is shorter than its header");
  const checksum = batch.readUInt32BE(fieldOffsets.checksum);
  if (crc32c(batch.subarray(fieldOffsets.attributes)) !== checksum) throw new Error("the checksum is wrong");
  const { records } = await decodeRecordBatch(new Decoder(batch));
  const lastOffset = String(batch.readBigInt64BE() + BigInt(batch.readInt32BE(fieldOffsets.lastOffsetDelta)));
  return records.at(-1)?.offset === lastOffset ? records : [...records, compactedRecord(lastOffset)];
}

/**
 * Replaces the last record of a batch after compaction has removed it. kafkajs skips it as a control record and fetches the
 * next batch. Without it, kafkajs would fetch an empty batch forever.
 */
function compactedRecord(offset: string) {
  const batchContext = { producerId: "-1", inTransaction: false };
  return { offset, key: null, value: null, isControlRecord: true, batchContext };
}
