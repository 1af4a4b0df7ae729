import http from "node:http";
import https from "node:https";

/** Options of a request. */
export interface PostOptions {
  agent: http.Agent;
  userAgent: string;
  /** Aborts the request, and closes its connection. */
  signal: AbortSignal;
  /** The size limit of the answers, and the bytes that remain. The requests of several batches share it. */
  budget: { readonly bytes: number; remaining: number };
}

/** An answer over HTTP. */
export interface HttpAnswer {
  status: number;
  /** The header Retry-After. */
  retryAfter: string | undefined;
  text: string;
}

/** Only the beginning of an error response is read. */
const maxErrorBytes = 20_000;

/**
 * Posts JSON. It does not follow redirects, because they may lead anywhere.
 * @throws Error with a `code` when the connection fails or the signal fires, without one when the answer is too large.
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
        budget.remaining -= chunk.length;
        if (budget.remaining < 0) {
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
      // The node may have closed an idle connection, so a reset of a reused connection is not a failure of the node.
      const isStale = request.reusedSocket && !answered && /^(ECONNRESET|EPIPE)$/.test(error.code ?? "");
      if (isStale) postJson(url, json, options).then(resolve, reject);
      else reject(error);
    });
    request.end(json);
  });
}
