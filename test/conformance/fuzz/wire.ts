import { createHmac } from "node:crypto";
import type { WholeCall } from "./calls.ts";
import { encoders, toBytes } from "./encodings.ts";

/** Credentials: the contents of a function's secrets. */
export interface Keys {
  hmac: string;
  bearer: string;
}

/** Serialises a call. */
export function encodeCall(call: WholeCall, keys: Keys): Buffer {
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
      .update(toBytes(body ?? ""))
      .digest("hex");
    lines.push(`Hmac: sha256=${digest}`);
  }
  const content = body === undefined ? Buffer.alloc(0) : encoders[encoding](body);
  if (body !== undefined && encoding !== "identity") lines.push(`Content-Encoding: ${encoding}`);
  if (body !== undefined)
    lines.push(chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${content.length}`);
  const head = toBytes([...lines, "Connection: close", "", ""].join("\r\n"));
  if (body === undefined || !chunked) return Buffer.concat([head, content]);
  const last = toBytes("0\r\n\r\n");
  const size = toBytes(`${content.length.toString(16)}\r\n`);
  return Buffer.concat([head, ...(content.length > 0 ? [size, content, toBytes("\r\n")] : []), last]);
}
