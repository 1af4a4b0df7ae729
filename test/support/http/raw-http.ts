import { connect } from "node:net";

/** An answer as received. */
export interface RawAnswer {
  status: number;
  /** Names in lower case; of several headers with the same name, the last one. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface RawExchangeOptions {
  /** Closes the sending side after the bytes: for bytes that may be an incomplete call. */
  hangUp?: boolean;
}

const timeoutMs = 15_000;

/**
 * Sends bytes on their own connection. Resolves with all received bytes after the other side has closed or broken the connection.
 * Rejects if it stays open.
 */
export function rawExchange(
  url: string,
  bytes: string | Buffer,
  { hangUp = false }: RawExchangeOptions = {},
): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.setTimeout(timeoutMs, () => {
      socket.destroy();
      reject(new Error(`the connection is still open, and silent for ${timeoutMs} ms`));
    });
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => undefined); // "close" follows
    socket.on("close", () => resolve(Buffer.concat(chunks)));
    socket.write(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, "latin1"));
    if (hangUp) socket.end();
  });
}

/** Parses the answers in the received bytes, without interim ones (1xx). `toHead`: they have no bodies. Throws if it is not HTTP. */
export function parseAnswers(bytes: Buffer, { toHead = false } = {}): RawAnswer[] {
  if (bytes.length === 0) return [];
  const end = bytes.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = bytes.subarray(0, Math.max(0, end)).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  if (end < 0 || Number.isNaN(status)) throw new Error(`no HTTP answer: ${bytes.toString("latin1", 0, 200)}`);
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [, name = "", value = ""] = /^([^:]*):[ \t]*(.*)$/s.exec(line) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
  const rest = bytes.subarray(end + 4);
  const [body, others] =
    toHead || status < 200 || status === 204 || status === 304
      ? [Buffer.alloc(0), rest]
      : splitBody(rest, headers);
  const later = parseAnswers(others, { toHead });
  return status < 200 ? later : [{ status, headers, body }, ...later];
}

/** Returns the body at the beginning of some bytes, and the remaining bytes. */
function splitBody(bytes: Buffer, headers: RawAnswer["headers"]): [body: Buffer, rest: Buffer] {
  if (headers["transfer-encoding"] === "chunked") {
    const size = /^([0-9a-f]+)\r\n/.exec(bytes.toString("latin1", 0, 12));
    if (size === null) throw new Error("the answer's body ends within a chunk");
    const length = Number.parseInt(size[1]!, 16);
    const chunk = bytes.subarray(size[0].length, size[0].length + length);
    const after = bytes.subarray(size[0].length + length + 2);
    if (length === 0) return [chunk, after];
    const [next, rest] = splitBody(after, headers);
    return [Buffer.concat([chunk, next]), rest];
  }
  const length = Number(headers["content-length"] ?? 0);
  if (bytes.length < length)
    throw new Error(`${length - bytes.length} bytes of the answer's body are missing`);
  return [bytes.subarray(0, length), bytes.subarray(length)];
}
