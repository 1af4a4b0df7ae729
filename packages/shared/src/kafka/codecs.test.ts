import { lz4Compress, snappyCompress } from "@platformatic/wasm-utils/bundled";
import kafkajs from "kafkajs";
import { registerCodecs } from "./codecs.ts";

const text = "The tram came. ".repeat(6_000);
/** Written by the programs lz4 (dependent blocks, checksums of blocks and content, the content's size) and zstd. */
const fixtures = {
  lz4:
    "BCJNGFRArhoBAAD/AFRoZSB0cmFtIGNhbWUuIA8A////////////////////////////////////////////////////////////" +
    "////////////////////////////////////////////////////////////////////////////////////////////////////" +
    "////////////////////////////////////////////////////////////////////////////////////////////////////" +
    "/////////////////////////////////////////////////////////////////////////////////9lQbWUuIFRr2QQVaQAA" +
    "AA8PAP//////////////////////////////////////////////////////////////////////////////////////////////" +
    "////////////////////////////////11BhbWUuIO+x1TgAAAAA8X4PtA==",
  zstd: "KLUv/QRovQAAeFRoZSB0cmFtIGNhbWUuIAEAfl+SzzqKyCu0",
};

const codecs = kafkajs.CompressionCodecs as unknown as Record<
  number,
  () => { compress(encoder: unknown): Promise<Buffer>; decompress(compressed: Buffer): Promise<Buffer> }
>;
const decompress = async (id: number, compressed: Buffer) =>
  (await codecs[id]!().decompress(compressed)).toString();

/** As Java's producer frames snappy: a header of 16 bytes, then blocks with their length. */
function xerial(blocks: readonly Buffer[]): Buffer {
  const header = Buffer.from("82534e41505059000000000100000001", "hex");
  const framed = blocks.flatMap((block) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    return [length, block];
  });
  return Buffer.concat([header, ...framed]);
}

beforeAll(registerCodecs);

it.each([
  ["snappy as librdkafka sends it", 2, snappyCompress(Buffer.from(text))],
  [
    "snappy as Java sends it",
    2,
    xerial([text.slice(0, 50_000), text.slice(50_000)].map((part) => snappyCompress(Buffer.from(part)))),
  ],
  ["lz4", 3, lz4Compress(Buffer.from(text))],
  ["lz4 with dependent blocks and checksums", 3, Buffer.from(fixtures.lz4, "base64")],
  ["zstd", 4, Buffer.from(fixtures.zstd, "base64")],
])("reads %s", async (_, id, compressed) => {
  expect(await decompress(id, compressed)).toBe(text);
});

it.each([
  ["snappy", 2],
  ["lz4", 3],
  ["zstd", 4],
])("refuses damaged %s, and still reads valid data afterwards", async (_, id) => {
  await expect(decompress(id, Buffer.from("damaged"))).rejects.toThrow();
  expect(await decompress(3, Buffer.from(fixtures.lz4, "base64"))).toBe(text);
});

it.each([5, 6, 7])("refuses the unknown codec %d", async (id) => {
  await expect(decompress(id, Buffer.from("x"))).rejects.toThrow(`unknown compression codec ${id}`);
});

it.each([3, 4])("does not compress with codec %d", async (id) => {
  await expect(codecs[id]!().compress({})).rejects.toThrow("Messages are not compressed with");
});
