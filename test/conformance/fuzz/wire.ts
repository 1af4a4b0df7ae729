import { createHmac } from "node:crypto";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { ByteString } from "./bodies.ts";
import type { WholeCall } from "./calls.ts";

/** Who may call: what a function's secrets hold. */
export interface Keys {
  hmac: string;
  bearer: string;
}

const bytesOf = (text: ByteString) => Buffer.from(text, "latin1");
const encoders = {
  identity: bytesOf,
  gzip: (text: ByteString) => gzipSync(bytesOf(text)),
  deflate: (text: ByteString) => deflateSync(bytesOf(text)),
  br: (text: ByteString) => brotliCompressSync(bytesOf(text)),
  "gzip, gzip": (text: ByteString) => gzipSync(gzipSync(bytesOf(text))),
  /** Says that it is compressed, and is not. */
  "x-gzip": bytesOf,
};

export type Encoding = keyof typeof encoders;

/** A whole call as bytes. */
export function bytesOfCall(call: WholeCall, keys: Keys): Buffer {
  const { method, target, contentType, auth, body, encoding, chunked } = call;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    "Host: 127.0.0.1",
    ...call.headers.map((header) => header.join(": ")),
  ];
  if (contentType !== undefined) lines.push(`Content-Type: ${contentType}`);
  if (auth === "bearer") lines.push(`Authorization: Bearer ${keys.bearer}`);
  if (auth === "wrong") lines.push("Authorization: Bearer guessed", "Hmac: sha256=00");
  if (auth === "hmac") {
    const digest = createHmac("sha256", keys.hmac)
      .update(bytesOf(body ?? ""))
      .digest("hex");
    lines.push(`Hmac: sha256=${digest}`);
  }
  const content = body === undefined ? Buffer.alloc(0) : encoders[encoding](body);
  if (body !== undefined && encoding !== "identity") lines.push(`Content-Encoding: ${encoding}`);
  if (body !== undefined)
    lines.push(chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${content.length}`);
  const head = bytesOf([...lines, "Connection: close", "", ""].join("\r\n"));
  if (body === undefined || !chunked) return Buffer.concat([head, content]);
  const last = bytesOf("0\r\n\r\n");
  const size = bytesOf(`${content.length.toString(16)}\r\n`);
  return Buffer.concat([head, ...(content.length > 0 ? [size, content, bytesOf("\r\n")] : []), last]);
}
