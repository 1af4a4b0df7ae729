import http from "node:http";

/** A call exactly as it is written here: no header is added but Host and the body's framing. */
export interface HttpCall {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** Send the body chunked, as the watchdog does, instead of with its length. */
  chunked?: boolean;
}

/** An answer with its body as text. */
export interface HttpAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Sends one HTTP call on a connection of its own; rejects when the connection breaks. */
export function httpCall(url: string, call: HttpCall = {}): Promise<HttpAnswer> {
  const { body, chunked = false, headers = {}, method = body === undefined ? "GET" : "POST" } = call;
  return new Promise((resolve, reject) => {
    const framing =
      body === undefined || chunked ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = http.request(
      url,
      { method, headers: { ...headers, ...framing }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on("error", reject);
    if (body !== undefined && chunked) {
      request.write(body);
      request.end();
    } else request.end(body);
  });
}
