import http from "node:http";
import https from "node:https";

/** How to post. */
export interface PostOptions {
  agent: http.Agent;
  /** Ends the exchange, and the connection with it. */
  signal: AbortSignal;
  /** The largest answer, in bytes. */
  maxBytes: number;
}

/**
 * Posts JSON and gives the text of the answer, if its status is 200.
 * @throws Error with `response.statusCode` for another status, one with a `code` when the connection fails or the
 * signal ends it, another when the answer is too large.
 */
export function postJson(url: URL, json: string, options: PostOptions): Promise<string> {
  const { agent, maxBytes, signal } = options;
  const { request: send } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(json) };
    let answered = false;
    const sent = send(url, { agent, signal, method: "POST", headers }, (response) => {
      answered = true;
      const refuse = (error: Error) => {
        reject(error);
        sent.destroy();
      };
      const { statusCode } = response;
      if (statusCode !== 200) {
        // Redirects are not followed either: they may lead anywhere.
        refuse(Object.assign(new Error(`HTTP status ${statusCode}`), { response: { statusCode } }));
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) refuse(new Error(`the answer has more than ${maxBytes} bytes`));
        else chunks.push(chunk);
      });
      response.on("error", reject);
      response.on("end", () => resolve(Buffer.concat(chunks).toString()));
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // A kept-alive connection that the node has closed meanwhile says nothing about the node.
      const stale = sent.reusedSocket && !answered && /^(ECONNRESET|EPIPE)$/.test(error.code ?? "");
      if (stale) postJson(url, json, options).then(resolve, reject);
      else reject(error);
    });
    sent.end(json);
  });
}
