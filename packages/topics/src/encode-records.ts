import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { crc32c } from "@platformatic/wasm-utils/bundled";
import type { TopicRecord } from "./topic-record.ts";

/** The producer of a batch, for idempotence. */
export interface BatchProducer {
  producerId: bigint;
  producerEpoch: number;
  firstSequence: number;
}

/** The fields of a record that the encoder reads. */
export type EncodedRecord = Pick<TopicRecord, "timestamp" | "key" | "value" | "headers">;

const attributesGzip = 1;
const magic = 2;

/** A record batch, compressed with gzip: https://kafka.apache.org/documentation/#recordbatch */
export async function encodeRecordBatch(
  records: readonly EncodedRecord[],
  { producerId, producerEpoch, firstSequence }: BatchProducer,
): Promise<Buffer> {
  const timestamps = records.map(({ timestamp }) => BigInt(timestamp));
  const [first = 0n] = timestamps;
  const latest = [...timestamps].sort((a, b) => (a < b ? -1 : 1)).at(-1) ?? first;
  const encoded = records.map((record, index) => encodeRecord(record, timestamps[index]! - first, index));
  const body = Buffer.alloc(40);
  body.writeInt16BE(attributesGzip, 0);
  body.writeInt32BE(records.length - 1, 2);
  body.writeBigInt64BE(first, 6);
  body.writeBigInt64BE(latest, 14);
  body.writeBigInt64BE(producerId, 22);
  body.writeInt16BE(producerEpoch, 30);
  body.writeInt32BE(firstSequence, 32);
  body.writeInt32BE(records.length, 36);
  const signed = Buffer.concat([body, await promisify(gzip)(Buffer.concat(encoded))]);
  const header = Buffer.alloc(21);
  header.writeInt32BE(header.length - 12 + signed.length, 8);
  header.writeInt8(magic, 16);
  header.writeUInt32BE(crc32c(signed), 17);
  return Buffer.concat([header, signed]);
}

function encodeRecord({ key, value, headers }: EncodedRecord, timestampDelta: bigint, offsetDelta: number) {
  const body = Buffer.concat([
    Buffer.of(0),
    varint(timestampDelta),
    varint(BigInt(offsetDelta)),
    ...sized(key),
    ...sized(value),
    varint(BigInt(headers.length)),
    ...headers.flatMap(([name, bytes]) => [...sized(Buffer.from(name)), ...sized(bytes)]),
  ]);
  return Buffer.concat([varint(BigInt(body.length)), body]);
}

/** Bytes prefixed by their length; null has the length -1. */
function sized(bytes: Buffer | null): Buffer[] {
  return bytes === null ? [varint(-1n)] : [varint(BigInt(bytes.length)), bytes];
}

/** A zigzag-encoded integer, as in Protocol Buffers. */
function varint(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}
