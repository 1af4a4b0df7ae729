/// <reference path="./kafkajs-internals.d.ts" />
import * as zlib from "node:zlib";
import { lz4Decompress } from "@platformatic/wasm-utils/bundled";
import { decompress as zstdDecompressInJavaScript } from "fzstd";
import kafkajs from "kafkajs";
import createSnappyCodec from "kafkajs-snappy";

/** How kafkajs compresses the records of a batch, and reads compressed ones. */
interface Codec {
  compress(encoder: unknown): Promise<Buffer>;
  decompress(data: Buffer): Promise<Buffer>;
}

/** node:zlib has zstd from Node.js 22.15 on, which the types of Node.js 18 do not know. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (data: Buffer) => Buffer };

/** Kafka has ids for seven codecs and uses four. kafkajs would read the records of the others as if uncompressed. */
const unassignedIds = [5, 6, 7];

/**
 * Teaches kafkajs to read snappy, lz4 and zstd, and to refuse codecs that it does not know. Nothing of ours compresses
 * with them: producers use gzip or nothing.
 *
 * The library for LZ4 declares Node.js 22; its WebAssembly runs on 18 and later. It reads frames with dependent blocks and
 * with checksums, which the libraries in JavaScript do not.
 */
export function registerCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  CompressionCodecs[CompressionTypes.Snappy] = createSnappyCodec;
  CompressionCodecs[CompressionTypes.LZ4] = () => decompressor("lz4", lz4Decompress);
  CompressionCodecs[CompressionTypes.ZSTD] = () => decompressor("zstd", decompressZstd);
  for (const id of unassignedIds) {
    (CompressionCodecs as Record<number, () => Codec>)[id] = () => unknownCodec(id);
  }
}

function decompressZstd(data: Buffer): Buffer {
  return zstdDecompressSync === undefined
    ? Buffer.from(zstdDecompressInJavaScript(data))
    : zstdDecompressSync(data);
}

function decompressor(name: string, decompress: (data: Buffer) => Buffer): Codec {
  return {
    async compress() {
      throw new Error(`Messages are not compressed with ${name} here; use gzip.`);
    },
    async decompress(data) {
      try {
        return decompress(data);
      } catch (cause) {
        throw new Error(`the ${name} data are damaged`, { cause });
      }
    },
  };
}

function unknownCodec(id: number): Codec {
  const refuse = async (): Promise<never> => {
    throw new Error(`unknown compression codec ${id}`);
  };
  return { compress: refuse, decompress: refuse };
}
