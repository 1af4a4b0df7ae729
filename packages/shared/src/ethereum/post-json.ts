import http from "node:http";
import https from "node:https";

/** How to post. */
export interface PostOptions {
  agent: http.Agent;
  userAgent: string;
  /** Ends the exchange, and the connection with it. */
  signal: AbortSignal;
  /** How many bytes the answers may have, and still have: requests that belong together share it. */
  budget: { readonly bytes: number; left: number };
}

/** An answer over HTTP. */
export interface HttpAnswer {
  status: number;
  /** The header Retry-After. */
  retryAfter: string | undefined;
  text: string;
}

/** Of an answer with another status than 200 only the beginning is read: it has no more than an error in it. */
const maxErrorBytes = 20_000;

/**
 * Posts JSON. Redirects are not followed, because they may lead anywhere.
 * @throws Error with a `code` when the connection fails or the signal ends it, another when the answer is too large.
 */
export function postJson(url: URL, json: string, options: PostOptions): Promise<HttpAnswer> {
  const { agent, budget, signal, userAgent } = options;
  const { request: send } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const headers = {
      accept: "application/json",
      "content-type": "application/json",
      "content-length": Buffer.byteLength(json),
      "user-agent": userAgent,
    };
    let answered = false;
    const request = send(url, { agent, signal, method: "POST", headers }, (response) => {
      answered = true;
      const { statusCode: status = 0, headers: answerHeaders } = response;
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status, retryAfter: answerHeaders["retry-after"], text });
      };
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        budget.left -= chunk.length;
        if (budget.left < 0) {
          reject(new Error(`the answer has more than ${budget.bytes} bytes`));
          request.destroy();
          return;
        }
        chunks.push(chunk);
        if (status !== 200 && size > maxErrorBytes) {
          finish();
          request.destroy();
        }
      });
      response.on("error", reject);
      response.on("end", finish);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      // A kept-alive connection that the node has closed meanwhile says nothing about the node.
      const stale = request.reusedSocket && !answered && /^(ECONNRESET|EPIPE)$/.test(error.code ?? "");
      if (stale) postJson(url, json, options).then(resolve, reject);
      else reject(error);
    });
    request.end(json);
  });
}
