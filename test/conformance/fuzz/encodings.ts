import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { ByteString } from "./bodies.ts";

/** Converts a text with one character for each byte to bytes. */
export const toBytes = (text: ByteString) => Buffer.from(text, "latin1");
/** Encodes a body by each Content-Encoding. */
export const encoders = {
  identity: toBytes,
  gzip: (text: ByteString) => gzipSync(toBytes(text)),
  deflate: (text: ByteString) => deflateSync(toBytes(text)),
  br: (text: ByteString) => brotliCompressSync(toBytes(text)),
  "gzip, gzip": (text: ByteString) => gzipSync(gzipSync(toBytes(text))),
  /** Does not compress: the header is wrong. */
  "x-gzip": toBytes,
};

/** A value of Content-Encoding. */
export type Encoding = keyof typeof encoders;
