import type { RequestListener } from "node:http";
import { httpCall } from "../services/http-call.ts";
import { startListener } from "../services/listener.ts";
import { distOf } from "../services/repo.ts";
import { stackEnvironment, startTemplateHost } from "../services/template-host.ts";
import { waitFor } from "../services/wait-for.ts";

/** What last-block answers when its node behaves so, and how many connections it left open. */
async function lastBlockOf(node: RequestListener) {
  const listener = await startListener(node);
  const url = listener.url.replace("://", "://user:hunter2@");
  const env = { ...stackEnvironment, GETH_RPC_ENDPOINT: `${url}/key`, GETH_TIMEOUT: "300ms" };
  const started = await startTemplateHost({ handler: distOf("last-block"), env });
  try {
    const answer = await httpCall(started.url);
    await waitFor("the log", () => started.log().includes('"call"'));
    expect(started.log() + answer.body).not.toMatch(/hunter2|\/key/);
    return { status: answer.status, code: JSON.parse(answer.body).code };
  } finally {
    await started[Symbol.asyncDispose]();
    await listener[Symbol.asyncDispose]();
  }
}

const rpc =
  (answer: object): RequestListener =>
  async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ jsonrpc: "2.0", id: JSON.parse(text).id, ...answer }));
  };

describe("last-block, when its node", () => {
  it.each<[string, RequestListener, number, string]>([
    ["does not answer", () => undefined, 504, "peer_timeout"],
    [
      "answers drop by drop",
      (_, response) => void setInterval(() => response.write(" "), 50).unref(),
      504,
      "peer_timeout",
    ],
    ["breaks the connection", (request) => request.socket.destroy(), 503, "peer_unavailable"],
    ["is busy", (_, response) => response.writeHead(429).end(), 503, "peer_unavailable"],
    ["is being restarted", (_, response) => response.writeHead(503).end(), 503, "peer_unavailable"],
    ["refuses the key", (_, response) => response.writeHead(401).end("go away"), 502, "peer_bad_answer"],
    [
      "sends the call elsewhere",
      (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      502,
      "peer_bad_answer",
    ],
    ["is no node", (_, response) => response.end("<html>"), 502, "peer_bad_answer"],
    [
      "answers with an error",
      rpc({ error: { code: -32601, message: "no such method" } }),
      502,
      "peer_bad_answer",
    ],
    ["answers with nonsense", rpc({ result: { number: "many" } }), 502, "peer_bad_answer"],
    ["answers with something else", rpc({ result: "0x1" }), 502, "peer_bad_answer"],
    ["has no such block", rpc({ result: null }), 404, "block_not_found"],
  ])("%s, answers honestly", async (_, node, status, code) => {
    expect(await lastBlockOf(node)).toEqual({ status, code });
  });
});
