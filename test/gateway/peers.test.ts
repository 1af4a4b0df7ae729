import http, { type IncomingMessage, type RequestListener } from "node:http";
import { type HttpCall, httpCall } from "../support/http/http-call.ts";
import { type StartedListener, startListener } from "../support/http/listener.ts";
import {
  type StartedTemplateHost,
  stackEnvironment,
  startTemplateHost,
} from "../support/openfaas/template-host.ts";
import { bundleFolder } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

/** A function with its fake nodes, which stop with it. */
interface StartedLastBlock extends AsyncDisposable {
  call(path?: string, call?: HttpCall): ReturnType<typeof httpCall>;
  host: StartedTemplateHost;
  /** Host and port of each node. */
  nodes: readonly string[];
}

/** Starts last-block with nodes of this behaviour. Their URLs contain a password and a key. */
async function startLastBlock(
  nodes: readonly RequestListener[],
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedLastBlock> {
  const listeners = await Promise.all(nodes.map(startListener));
  const urls = listeners.map(({ url }: StartedListener) => `${url.replace("://", "://user:hunter2@")}/key`);
  const env = {
    ...stackEnvironment,
    GETH_RPC_ENDPOINT: urls.join(","),
    ...settings,
  };
  const host = await startTemplateHost({ handler: bundleFolder("last-block"), env });
  return {
    host,
    nodes: listeners.map(({ url }) => new URL(url).host),
    call: (path = "/", call = {}) => httpCall(`${host.url}${path}`, call),
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      for (const listener of listeners) await listener[Symbol.asyncDispose]();
    },
  };
}

/** Returns the answer of last-block with a node of this behaviour. */
async function callLastBlock(node: RequestListener, path?: string) {
  const started = await startLastBlock([node], { GETH_TIMEOUT: "300ms" });
  try {
    const answer = await started.call(path);
    await waitFor("the log", () => started.host.output().includes('"call"'));
    expect(started.host.output() + answer.body).not.toMatch(/hunter2|\/key/);
    return { status: answer.status, code: JSON.parse(answer.body).code };
  } finally {
    await started[Symbol.asyncDispose]();
  }
}

interface Rpc {
  id: number;
  method: string;
  params: string[];
}

async function readBody(request: IncomingMessage): Promise<Rpc | Rpc[]> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

const rpc =
  (answer: object): RequestListener =>
  async (request, response) => {
    const { id } = (await readBody(request)) as Rpc;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
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
    [
      "breaks the connection in the middle of the answer",
      (request, response) => void response.write("{", () => request.socket.destroy()),
      503,
      "peer_unavailable",
    ],
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
    ["answers without end", (_, response) => void flood(response), 502, "peer_bad_answer"],
    [
      "answers with an error",
      rpc({ error: { code: -32601, message: "no such method" } }),
      502,
      "peer_bad_answer",
    ],
    ["answers with null", (_, response) => response.end("null"), 502, "peer_bad_answer"],
    ["answers another call", rpc({ id: 99, result: { number: "0x1" } }), 502, "peer_bad_answer"],
    ["answers with nonsense", rpc({ result: { number: "many" } }), 502, "peer_bad_answer"],
    ["answers with something else", rpc({ result: "0x1" }), 502, "peer_bad_answer"],
    ["has no such block", rpc({ result: null }), 404, "block_not_found"],
    [
      "has no safe block before the merge",
      rpc({ error: { code: -32000, message: "safe block not found" } }),
      404,
      "block_not_found",
    ],
    [
      "is too old to know finalized ones",
      rpc({ error: { code: -32000, message: "'finalized' tag not supported on pre-merge network" } }),
      404,
      "block_not_found",
    ],
    [
      "makes no blocks, so that none is pending",
      rpc({ error: { code: -32000, message: "pending block is not available" } }),
      404,
      "block_not_found",
    ],
    [
      "does not know the block",
      rpc({ error: { code: -39001, message: "Unknown block" } }),
      404,
      "block_not_found",
    ],
    [
      "fails for another reason",
      rpc({ error: { code: -32000, message: "leveldb: closed" } }),
      502,
      "peer_bad_answer",
    ],
  ])("%s, answers honestly", async (_, node, status, code) => {
    expect(await callLastBlock(node)).toEqual({ status, code });
  });

  it("wants the name, the password and the key of its URL, gets them", async () => {
    const wanted = `Basic ${Buffer.from("user:hunter2").toString("base64")}`;
    const block = rpc({ result: { number: "0x1" } });
    const refuse: RequestListener = (_, response) => response.writeHead(401).end();
    const node: RequestListener = (request, response) => {
      const isWelcome = request.headers.authorization === wanted && request.url === "/key";
      return (isWelcome ? block : refuse)(request, response);
    };
    expect(await callLastBlock(node)).toMatchObject({ status: 200 });
  });

  it("refuses a batch as a whole, answers 502", async () => {
    const refusal = { jsonrpc: "2.0", id: null, error: { code: -32600, message: "batch too large" } };
    const node: RequestListener = (_, response) => response.end(JSON.stringify(refusal));
    expect(await callLastBlock(node, "/?block=9&count=3")).toEqual({ status: 502, code: "peer_bad_answer" });
  });
});

/** Writes endlessly, as fast as the other side reads. */
function flood(response: http.ServerResponse): void {
  while (!response.destroyed) {
    if (!response.write(" ".repeat(100_000))) return void response.once("drain", () => flood(response));
  }
}

const hex = (n: number) => `0x${n.toString(16)}`;
const toHash = (n: number) => `0x${n.toString(16).padStart(64, "0")}`;

/** A node of a chain with a block every two seconds. It records the comma-separated methods of each HTTP request. */
function chainNode({ head = 100, chainId = 27587 } = {}) {
  const requests: string[] = [];
  const createResult = ({ method, params: [which = ""] }: Rpc) => {
    if (method === "eth_chainId") return hex(chainId);
    if (method === "eth_blockNumber") return hex(head);
    const n = which === "latest" ? head : Number(which);
    const block = { number: hex(n), hash: toHash(n), parentHash: toHash(n - 1), timestamp: hex(2 * n) };
    return n <= head ? block : null;
  };
  const answer: RequestListener = async (request, response) => {
    const body = await readBody(request);
    requests.push(
      [body]
        .flat()
        .map(({ method }) => method)
        .join(),
    );
    const answers = [body]
      .flat()
      .map((call) => ({ jsonrpc: "2.0", id: call.id, result: createResult(call) }));
    response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
  };
  return { answer, requests };
}

describe("last-block on several nodes", () => {
  it("asks the next node after a failure, and skips nodes that lag or belong to another chain", async () => {
    const [other, behind, good] = [
      chainNode({ chainId: 1, head: 999 }),
      chainNode({ head: 90 }),
      chainNode(),
    ];
    const started = await startLastBlock(
      [(request) => request.socket.destroy(), other.answer, behind.answer, good.answer],
      { GETH_CHAIN_ID: "27587" },
    );
    try {
      const answer = await started.call("/?fields=number");
      expect(answer).toMatchObject({ status: 200, body: '{"number":100}\n' });
      expect([...behind.requests].sort()).toEqual(["eth_blockNumber", "eth_chainId"]);
      const output = started.host.output();
      expect(output).toContain(`"node":"${started.nodes[2]}","problem":"10 blocks behind"`);
      expect(output).toContain("the node belongs to chain 1, but GETH_CHAIN_ID is 27587");
      expect(output).not.toMatch(/hunter2|\/key/);
    } finally {
      await started[Symbol.asyncDispose]();
    }
  });

  it("answers within the total timeout, even with several silent nodes", async () => {
    const silent: RequestListener = () => undefined;
    const started = await startLastBlock([silent, silent, silent, silent], {
      GETH_TIMEOUT: "60s",
      GETH_TOTAL_TIMEOUT: "400ms",
    });
    try {
      const answer = await started.call();
      expect(JSON.parse(answer.body)).toMatchObject({ status: 504, code: "peer_timeout" });
      await waitFor("the log", () => started.host.output().includes(started.nodes.join(", ")));
      expect(answer.body).not.toMatch(/127\.0\.0\.1|GETH_/);
    } finally {
      await started[Symbol.asyncDispose]();
    }
  });
});

describe("last-block, for many callers", () => {
  const node = chainNode();
  let started: StartedLastBlock;
  beforeAll(async () => {
    started = await startLastBlock([node.answer], { GETH_CACHE: "60s" });
  });
  afterAll(() => started?.[Symbol.asyncDispose]());
  beforeEach(() => node.requests.splice(0));

  it("asks its node once for all of them", async () => {
    const paths = ["/", "/?fields=number", "/?block=latest", "/"];
    const answers = await Promise.all(paths.map((path) => started.call(path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(node.requests).toEqual(["eth_getBlockByNumber"]);
  });

  it("reads a range of headers in one request", async () => {
    const { body } = await started.call("/?count=3&block=50");
    expect(JSON.parse(body)).toEqual(
      [48, 49, 50].map((number) => ({ delta: 2, number, timestamp: 2 * number })),
    );
    expect(node.requests).toEqual([Array(4).fill("eth_getBlockByNumber").join()]);
  });

  it("answers 304 to callers that have the block, and HEAD without a body", async () => {
    const held = { "if-none-match": `W/"${toHash(100)}"` };
    for (const method of ["GET", "HEAD"]) {
      const answer = await started.call("/", { method, headers: held });
      expect(answer).toMatchObject({ status: 304, body: "" });
      expect(answer.headers).toMatchObject({ etag: `"${toHash(100)}"`, "cache-control": "no-cache" });
      expect(answer.headers["content-type"]).toBeUndefined();
    }
    const head = await started.call("/", { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, body: "", headers: { etag: `"${toHash(100)}"` } });
    const posted = await started.call("/", { method: "POST", headers: held, body: "" });
    expect(posted.status).toBe(200);
  });

  it("keeps serving when callers hang up", async () => {
    for (let n = 0; n < 20; n += 1) {
      const request = http.get(`${started.host.url}/?block=${n}`, { agent: false });
      request.on("error", () => undefined);
      await waitFor("the call", () => node.requests.length > n);
      request.destroy();
    }
    expect((await started.call("/?block=7")).status).toBe(200);
  });
});
