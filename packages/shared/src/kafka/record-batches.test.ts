import { crc32c, lz4Compress } from "@platformatic/wasm-utils/bundled";
import { registerCodecs } from "./codecs.ts";
import { decodeRecordBatches } from "./record-batches.ts";
import { UndecodableBatch } from "./undecodable-batch.ts";

beforeAll(registerCodecs);

/** A record of less than 64 bytes, whose numbers take a byte each. */
function record(offset: number, value: string): Buffer {
  const varint = (number: number) => number << 1;
  const body = Buffer.from([0, 0, varint(offset), 1, varint(value.length), ...Buffer.from(value), 0]);
  return Buffer.from([varint(body.length), ...body]);
}

/** A record batch of format 2. */
function batch(
  firstOffset: number,
  values: readonly string[],
  codec = 0,
  compress = (uncompressed: Buffer) => uncompressed,
): Buffer {
  const records = compress(Buffer.concat(values.map((value, offset) => record(offset, value))));
  const header = Buffer.alloc(61);
  header.writeBigInt64BE(BigInt(firstOffset));
  header.writeInt32BE(49 + records.length, 8);
  header[16] = 2;
  header.writeInt16BE(codec, 21);
  header.writeInt32BE(values.length - 1, 23);
  header.writeBigInt64BE(-1n, 43);
  header.writeInt32BE(values.length, 57);
  const whole = Buffer.concat([header, records]);
  whole.writeUInt32BE(crc32c(whole.subarray(21)), 17);
  return whole;
}

const decode = async (...batches: readonly Buffer[]) =>
  (await decodeRecordBatches(Buffer.concat(batches))).map((message) =>
    message instanceof UndecodableBatch
      ? [message.firstOffset, message.reason]
      : String((message as { value: Buffer }).value),
  );

it("returns the messages of all batches, compressed or not", async () => {
  expect(await decode(batch(0, ["a", "b"]), batch(2, ["c"], 3, lz4Compress))).toEqual(["a", "b", "c"]);
  expect(await decode()).toEqual([]);
});

it("leaves a truncated last batch to the next fetch", async () => {
  expect(await decode(batch(0, ["a"]), batch(1, ["b"]).subarray(0, 65))).toEqual(["a"]);
  expect(await decode(batch(0, ["a"]), batch(1, ["b"]).subarray(0, 7))).toEqual(["a"]);
});

it("replaces a last record that compaction removed with a control record", async () => {
  const compacted = batch(5, []);
  compacted.writeInt32BE(3, 23); // offsets 5 to 8
  compacted.writeUInt32BE(crc32c(compacted.subarray(21)), 17);
  const messages = await decodeRecordBatches(Buffer.concat([batch(4, ["a"]), compacted]));
  expect(messages).toMatchObject([{ offset: "4" }, { offset: "8", isControlRecord: true }]);
});

describe("stops at the first unreadable batch, and reports its offsets and the reason:", () => {
  const damaged = batch(7, ["b"]);
  damaged[damaged.length - 2] = damaged[damaged.length - 2]! ^ 1;
  const short = batch(7, ["b"]);
  short.writeInt32BE(20, 8);
  const negative = batch(7, ["b"]);
  negative.writeInt32BE(-12, 8);
  const garbage = () => Buffer.from("garbage");

  it.each([
    ["a wrong checksum", damaged, "the checksum is wrong"],
    ["an unknown codec", batch(7, ["b"], 5), "unknown compression codec 5"],
    ["damaged lz4", batch(7, ["b"], 3, garbage), "the lz4 data are damaged"],
    ["damaged snappy", batch(7, ["b"], 2, garbage), "Invalid Snappy bitstream"],
    ["damaged zstd", batch(7, ["b"], 4, garbage), "the zstd data are damaged"],
    ["damaged gzip", batch(7, ["b"], 1, garbage), "incorrect header check"],
    ["a length below that of a header", short, "the batch is shorter than its header"],
    ["a negative length", negative, "the batch is shorter than its header"],
  ])("%s", async (_, bad, reason) => {
    expect(await decode(batch(0, ["a"]), bad, batch(8, ["c"]))).toEqual(["a", [7, reason]]);
  });
});

it("places an undecodable batch after every offset, so that kafkajs does not drop it", async () => {
  const [message] = await decodeRecordBatches(batch(7, ["b"], 5));
  expect(message).toMatchObject({ offset: "9223372036854775807" });
});
