import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { ByteString } from "./bodies.ts";

/** The bytes of a text that has one character for each. */
export const bytesOf = (text: ByteString) => Buffer.from(text, "latin1");
/** Encodes a body under each name of Content-Encoding. */
export const encoders = {
  identity: bytesOf,
  gzip: (text: ByteString) => gzipSync(bytesOf(text)),
  deflate: (text: ByteString) => deflateSync(bytesOf(text)),
  br: (text: ByteString) => brotliCompressSync(bytesOf(text)),
  "gzip, gzip": (text: ByteString) => gzipSync(gzipSync(bytesOf(text))),
  /** Claims that it is compressed. */
  "x-gzip": bytesOf,
};

/** A name of Content-Encoding. */
export type Encoding = keyof typeof encoders;
