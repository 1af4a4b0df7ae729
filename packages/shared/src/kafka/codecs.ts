/// <reference path="./kafkajs-internals.d.ts" />
import * as zlib from "node:zlib";
import { lz4Decompress } from "@platformatic/wasm-utils/bundled";
import { decompress as zstdDecompressInJavaScript } from "fzstd";
import kafkajs from "kafkajs";
import createSnappyCodec from "kafkajs-snappy";

/** kafkajs's compression and decompression of the records of a batch. */
interface Codec {
  compress(encoder: unknown): Promise<Buffer>;
  decompress(compressed: Buffer): Promise<Buffer>;
}

/** node:zlib has zstd since Node.js 22.15. The types of Node.js 18 lack it. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (compressed: Buffer) => Buffer };

/** The ids without a codec. kafkajs would read their records as uncompressed. */
const unassignedIds = [5, 6, 7];

/**
 * Makes kafkajs read snappy, lz4 and zstd, and refuse unknown codecs. The codecs only decompress, because our producers use gzip
 * or no compression.
 *
 * The library for LZ4 requires Node.js 22, but its WebAssembly runs on 18 and later. Unlike the libraries in JavaScript, it reads
 * frames with dependent blocks and with checksums.
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

function decompressZstd(compressed: Buffer): Buffer {
  return zstdDecompressSync === undefined
    ? Buffer.from(zstdDecompressInJavaScript(compressed))
    : zstdDecompressSync(compressed);
}

function decompressor(name: string, decompress: (compressed: Buffer) => Buffer): Codec {
  return {
    async compress() {
      throw new Error(`Messages are not compressed with ${name} here; use gzip.`);
    },
    async decompress(compressed) {
      try {
        return decompress(compressed);
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
