import http from "node:http";
import https from "node:https";
import { isIPv6, type LookupFunction } from "node:net";

/** An HTTP call without implicit headers, except Host and the body's framing. */
export interface HttpCall {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** Sends the body chunked, as the watchdog does, instead of with its length. */
  chunked?: boolean;
  /** The IP address to which the host of the URL is resolved, instead of by DNS. */
  address?: string;
  /** The certificate authority of an HTTPS server, in PEM. */
  ca?: string;
  /** Closes the connection once the body contains this text: for endless streams. */
  until?: string;
}

/** An answer with its body as text. */
export interface HttpAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Sends a call by HTTP or HTTPS on its own connection. Rejects if the connection breaks. */
export function httpCall(url: string, call: HttpCall = {}): Promise<HttpAnswer> {
  const {
    body,
    chunked = false,
    headers = {},
    method = body === undefined ? "GET" : "POST",
    address,
    ca,
    until,
  } = call;
  const options = {
    method,
    agent: false,
    ...(ca === undefined ? {} : { ca }),
    ...(address === undefined ? {} : { lookup: createLookup(address) }),
  };
  return new Promise((resolve, reject) => {
    const framing =
      body === undefined || chunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = (url.startsWith("https:") ? https : http).request(
      url,
      { ...options, headers: { ...headers, ...framing } },
      (response) => {
        const chunks: Buffer[] = [];
        const readBody = () => Buffer.concat(chunks).toString();
        const finish = () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: readBody() });
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          if (until === undefined || !readBody().includes(until)) return;
          finish();
          response.destroy();
        });
        response.on("error", reject);
        response.on("end", finish);
      },
    );
    request.on("error", reject);
    if (body !== undefined && chunked) {
      request.write(body);
      request.end();
    } else request.end(body);
  });
}

function createLookup(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4;
  return (_host, options, callback) =>
    options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
}
