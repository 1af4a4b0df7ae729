import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { ByteString } from "./bodies.ts";

/** Converts a text with one character for each byte to bytes. */
export const bytesOf = (text: ByteString) => Buffer.from(text, "latin1");
/** Encodes a body by each Content-Encoding. */
export const encoders = {
  identity: bytesOf,
  gzip: (text: ByteString) => gzipSync(bytesOf(text)),
  deflate: (text: ByteString) => deflateSync(bytesOf(text)),
  br: (text: ByteString) => brotliCompressSync(bytesOf(text)),
  "gzip, gzip": (text: ByteString) => gzipSync(gzipSync(bytesOf(text))),
  /** Generates bodies that are falsely declared as compressed. */
  "x-gzip": bytesOf,
};

/** Generates names for Content-Encoding. */
export type Encoding = keyof typeof encoders;
