import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type StartedListener, startListener } from "../../../../test/support/http/listener.ts";
import { nodeError } from "./node-error.ts";
import { createRpcClient, type RpcClient, type RpcClientOptions } from "./rpc-client.ts";

interface Request {
  id: number;
  params: [number];
}

/** A node's answer: an HTTP status other than 200, headers, and a text or a JSON value. */
interface NodeAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** A node's reaction to a request. */
type Answer = (requests: Request[], isBatch: boolean) => NodeAnswer | Promise<NodeAnswer>;

let answer: Answer;
/** The number of calls in each request. */
let sizes: number[];
/** The current and the maximum number of concurrent requests. */
let load = { now: 0, max: 0 };
let headers: IncomingHttpHeaders;
let node: StartedListener;
const clients: RpcClient[] = [];

beforeAll(async () => {
  node = await startListener(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const parsed: Request | Request[] = JSON.parse(text);
    const requests = [parsed].flat();
    sizes.push(requests.length);
    headers = request.headers;
    load = { now: load.now + 1, max: Math.max(load.max, load.now + 1) };
    const nodeAnswer = await answer(requests, Array.isArray(parsed));
    load.now -= 1;
    const { status = 200, body } = nodeAnswer;
    response.writeHead(status, { "content-type": "application/json", ...nodeAnswer.headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => node[Symbol.asyncDispose]());
beforeEach(() => {
  sizes = [];
  load = { now: 0, max: 0 };
});

const createResult = ({ id, params: [number] }: Request) => ({ jsonrpc: "2.0", id, result: number });
/** The results of calls, in reverse order. */
const results = (requests: Request[], isBatch: boolean): NodeAnswer => ({
  body: isBatch ? requests.map(createResult).reverse() : createResult(requests[0]!),
});
const createError = (code: number, message: string, id: unknown = null) => ({
  jsonrpc: "2.0",
  id,
  error: { code, message },
});

/** A client, and the results of a number of calls. Each call's result is its index. */
function open(options: Partial<RpcClientOptions> = {}, path = "") {
  const url = new URL(node.url + path);
  const client = createRpcClient(url, { maxBytes: 1_000_000, userAgent: "test/1", ...options });
  clients.push(client);
  return (count = 1, timeout = 5_000) =>
    client.send(
      Array.from({ length: count }, (_, index) => ({ method: "eth_get", params: [index] })),
      timeout,
    );
}
const createRange = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("batches", () => {
  it("limits the calls of a request, and sends at most 4 requests at a time", async () => {
    answer = async (requests, isBatch) => {
      await sleep(100); // so that requests meet
      return results(requests, isBatch);
    };
    const ask = open({ batchSize: 10 });
    expect(await ask(95)).toEqual(createRange(95));
    expect(sizes).toEqual([...Array(9).fill(10), 5]);
    expect(load.max).toBe(4);
  });

  const refusals: [string, number, (requests: Request[]) => NodeAnswer][] = [
    ["an error instead of a list", 10, () => ({ body: createError(-32600, "Invalid request") })],
    [
      "an error instead of a list, without an id",
      10,
      () => ({ body: { error: { code: -32005, message: "limit exceeded" } } }),
    ],
    [
      "an error of the first call in a list (Geth)",
      10,
      ([first]) => ({ body: [createError(-32600, "batch too large", first!.id)] }),
    ],
    ["an error without id in a list", 1, () => ({ body: [createError(-32007, "batch too large")] })],
    [
      "its own limit (Erigon)",
      100,
      () => ({ body: createError(-32000, "batch limit 100 exceeded (can increase by --rpc.batch.limit)") }),
    ],
    ["too many requests in a batch", 7, () => ({ body: createError(-32005, "too many requests in batch") })],
    [
      "too many calls in a request",
      10,
      () => ({ body: createError(-32000, "Too many calls in one request (max 10)") }),
    ],
    [
      "a limit per request",
      10,
      () => ({ body: createError(-32005, "Too many requests: max 10 calls per request") }),
    ],
    ["HTTP status 413 of a rate", 10, () => ({ status: 413, body: "Too many requests" })],
    ["HTTP status 400", 10, () => ({ status: 400, body: "Bad Request" })],
    ["HTTP status 403", 1, () => ({ status: 403, body: "batch requests are not allowed" })],
    [
      "HTTP status 413",
      50,
      () => ({ status: 413, body: "<html><title>413 Request Entity Too Large</title></html>" }),
    ],
    ["HTTP status 500 and JSON-RPC", 3, () => ({ status: 500, body: createError(-32603, "Internal error") })],
    ["a text that is not JSON", 1, () => ({ body: "batch not supported" })],
    ["null", 1, () => ({ body: null })],
    ["an empty list", 10, () => ({ body: [] })],
    [
      "an error for each call",
      10,
      (requests) => ({ body: requests.map(({ id }) => createError(-32603, "Internal error", id)) }),
    ],
    [
      "answers to the first calls alone",
      10,
      (requests) => ({ body: requests.slice(0, 10).map(createResult) }),
    ],
    [
      "answers to the first calls, and errors to the others (Geth)",
      10,
      (requests) => ({
        body: requests.map((request, index) =>
          index < 10 ? createResult(request) : createError(-32003, "response too large", request.id),
        ),
      }),
    ],
  ];

  it.each(refusals)("halves a batch that a node refuses with %s", async (_, limit, refusal) => {
    answer = (requests, isBatch) =>
      requests.length > limit || (isBatch && limit === 1) ? refusal(requests) : results(requests, isBatch);
    const ask = open({ batchSize: 200 });
    expect(await ask(120)).toEqual(createRange(120));
    expect(sizes[0]).toBe(120);
    expect(load.max).toBeLessThanOrEqual(4);

    sizes = [];
    expect(await ask(120)).toEqual(createRange(120));
    // The client remembers the limit.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
    expect(Math.max(...sizes)).toBeGreaterThan(limit / 2 - 1);
  });

  it("halves a batch when the node closes the connection instead of answering", async () => {
    answer = async (requests, isBatch) => {
      if (requests.length > 10) node.server.closeAllConnections();
      return results(requests, isBatch);
    };
    expect(await open()(30)).toEqual(createRange(30));
  });

  it("asks a node that also refuses single calls only once more", async () => {
    answer = () => ({ status: 500, body: "broken" });
    await expect(open()(100)).rejects.toThrow("HTTP status 500: broken");
    expect(sizes).toEqual([100, 1]);
  });

  it.each([
    ["limits the rate", { body: createError(-32005, "rate limit exceeded") }, "rate limit exceeded"],
    ["limits the rate by HTTP", { status: 429, body: "" }, "HTTP status 429"],
    ["is late", { body: createError(-32002, "request timed out") }, "request timed out"],
    ["is late by HTTP", { status: 504, body: "" }, "HTTP status 504"],
  ])("does not retry a node that %s", async (_, nodeAnswer, message) => {
    answer = () => nodeAnswer;
    await expect(open()(100)).rejects.toThrow(message);
    expect(sizes).toEqual([100]);
  });

  it("applies one time limit to all batches", async () => {
    answer = async (requests, isBatch) => {
      await sleep(40);
      return results(requests, isBatch);
    };
    const ask = open({ batchSize: 1 });
    const start = performance.now();
    await expect(ask(500, 300)).rejects.toMatchObject({ code: "ABORT_ERR" });
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(sizes.length).toBeLessThan(60);
  });

  it("cancels the other batches when one fails", async () => {
    answer = async (requests, isBatch) => {
      const [first] = requests[0]!.params;
      if (first === 20) return { status: 429, body: "" };
      if (first > 0) await sleep(60);
      return results(requests, isBatch);
    };
    await expect(open({ batchSize: 10 })(500)).rejects.toThrow("HTTP status 429");
    await sleep(150);
    expect(sizes.length).toBeLessThanOrEqual(10);
  });

  it("applies one size limit to all batches", async () => {
    answer = (requests, isBatch) => ({
      body: `${" ".repeat(1_000)}${JSON.stringify(results(requests, isBatch).body)}`,
    });
    const ask = open({ batchSize: 1, maxBytes: 5_000 });
    expect(await ask(4)).toEqual(createRange(4));
    await expect(ask(5)).rejects.toThrow("the answer has more than 5000 bytes");
  });

  it("returns null for a missing block when a node answers one of several calls with an error", async () => {
    answer = (requests) => ({
      body: requests.map((request, index) =>
        index === 1 ? createError(-32001, "block not found: 0x99", request.id) : createResult(request),
      ),
    });
    expect(await open()(3)).toEqual([0, null, 2]);
    expect(sizes).toEqual([3]);
  });
});

describe("errors", () => {
  const peer = { setting: "NODE", host: "node" };
  /** The status, the wait and the message for the log; or the result. */
  async function outcome(nodeAnswer: NodeAnswer, path?: string) {
    answer = () => nodeAnswer;
    try {
      return await open({}, path)();
    } catch (error) {
      const { cause, headers: errorHeaders, status } = nodeError(peer, error);
      return [status, errorHeaders["retry-after"], (cause as Error).message];
    }
  }

  it.each<[string, NodeAnswer, unknown]>([
    [
      "-32005 with 200",
      { body: createError(-32005, "rate limited") },
      [503, "1", "JSON-RPC error -32005: rate limited"],
    ],
    [
      "Retry-After in seconds",
      { status: 429, headers: { "retry-after": "17" }, body: '{"message":"Too Many Requests"}' },
      [503, "17", "HTTP status 429: Too Many Requests"],
    ],
    [
      "a wait in the error's data (Infura)",
      { body: { error: { code: -32005, message: "rate", data: { rate: { backoff_seconds: 29.2 } } } } },
      [503, "30", "JSON-RPC error -32005: rate"],
    ],
    ["503", { status: 503, headers: { "retry-after": "5" }, body: "" }, [503, "5", "HTTP status 503"]],
    [
      "a timeout",
      { body: createError(-32000, "timed out", 1) },
      [504, undefined, "JSON-RPC error -32000: timed out"],
    ],
    ["408", { status: 408, body: "" }, [504, undefined, "HTTP status 408"]],
    ["no such block", { body: createError(-32001, "block not found: 0x99", 1) }, [null]],
    [
      "no such block, without an id",
      { body: { error: { code: -32001, message: "header not found" } } },
      [null],
    ],
    ["no such block with 404", { status: 404, body: createError(-39001, "Unknown block", 1) }, [null]],
    ["id 0", { body: createError(-32600, "no", 0) }, [502, undefined, "JSON-RPC error -32600: no"]],
    ["a text as id", { body: createError(-32603, "no", "1") }, [502, undefined, "JSON-RPC error -32603: no"]],
    [
      "401 with JSON-RPC",
      { status: 401, body: createError(-32002, "project not found") },
      [502, undefined, "HTTP status 401, JSON-RPC error -32002: project not found"],
    ],
    [
      "403 with a text",
      { status: 403, body: "invalid host specified\n" },
      [502, undefined, "HTTP status 403: invalid host specified"],
    ],
    [
      "an error that is a text",
      { status: 401, body: '{"error":"Unauthorized","message":"no key"}' },
      [502, undefined, "HTTP status 401: no key"],
    ],
    [
      "details in data",
      { body: { id: 1, error: { code: -32000, message: "failed", data: "disk" } } },
      [502, undefined, "JSON-RPC error -32000: failed: disk"],
    ],
    [
      "HTML with 200",
      { body: "<html><body>Log in</body></html>" },
      [502, undefined, "no JSON-RPC result: Log in"],
    ],
    ["no result", { body: { jsonrpc: "2.0", id: 1 } }, [502, undefined, "no JSON-RPC result"]],
    ["nothing", { body: "" }, [502, undefined, "no JSON-RPC result"]],
    [
      "a redirect",
      { status: 302, headers: { location: "http://127.0.0.1:1/" }, body: "" },
      [502, undefined, "HTTP status 302"],
    ],
  ])("interprets %s", async (_, nodeAnswer, expected) => {
    expect(await outcome(nodeAnswer)).toEqual(expected);
  });

  it("reads a date in Retry-After", async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const [, wait] = (await outcome({ status: 429, headers: { "retry-after": date }, body: "" })) as string[];
    expect(Number(wait)).toBeGreaterThan(57);
    expect(Number(wait)).toBeLessThanOrEqual(60);
  });

  it("keeps 200 characters of a node's message, without its keys", async () => {
    const text = `no key 0123456789abcdef at https://node/v3/0123456789abcdef\n${"x".repeat(500)}`;
    const [, , message] = (await outcome({ status: 403, body: text }, "/v3/0123456789abcdef")) as string[];
    expect(message).toMatch(/^HTTP status 403: no key … at https:\/\/node x+…$/);
    expect(message).toHaveLength("HTTP status 403: ".length + 200);
  });

  it("does not read an endless error response", async () => {
    expect(await outcome({ status: 500, body: "y".repeat(500_000) })).toMatchObject([502, undefined, /y/]);
  });
});

it("keeps every digit of numbers", async () => {
  answer = () => ({ body: '{"id":1,"result":{"difficulty":38685626227668133590597633,"list":[1e21,1]}}' });
  expect(await open()()).toEqual([{ difficulty: 38685626227668133590597633n, list: [10n ** 21n, 1] }]);
});

it("sends its User-Agent", async () => {
  answer = results;
  await open()();
  expect(headers).toMatchObject({ "user-agent": "test/1", accept: "application/json" });
});
