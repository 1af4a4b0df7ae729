import {
  type FakeWebSocketNode,
  startFakeWebSocketNode,
} from "../../../../test/support/ethereum/fake-websocket-node.ts";
import { waitFor } from "../../../../test/support/wait-for.ts";
import { nodeError } from "./node-error.ts";
import type { RpcClient } from "./rpc-client.ts";
import { createWebSocketClient, type WebSocketClientOptions } from "./websocket-client.ts";

const started: FakeWebSocketNode[] = [];
const opened: RpcClient[] = [];
afterEach(async () => {
  for (const client of opened.splice(0)) client.close();
  for (const node of started.splice(0)) await node[Symbol.asyncDispose]();
});

async function startNode(behaviour: Parameters<typeof startFakeWebSocketNode>[0] = {}) {
  const node = await startFakeWebSocketNode(behaviour);
  started.push(node);
  return node;
}

/** A client of a node, and the reports on its subscription. */
function open(node: FakeWebSocketNode, options: Partial<WebSocketClientOptions> = {}) {
  const changes: (string | undefined)[] = [];
  const client = createWebSocketClient(new URL(node.url), {
    maxBytes: 100_000,
    userAgent: "tests",
    onSubscription: (problem) => changes.push(problem),
    ...options,
  });
  opened.push(client);
  const send = async (method: string, params: unknown[] = [], asText = false) =>
    (await client.send([{ method, params, asText }], 1_000))[0];
  const latest = async () => Object(await send("eth_getBlockByNumber", ["latest", false])).number;
  const failure = () =>
    latest().then(
      () => undefined,
      (error) => nodeError({ setting: "GETH_RPC_ENDPOINT", host: node.host }, error),
    );
  return { client, changes, send, latest, failure };
}

/** A client whose subscription has received a head: block 1. */
async function openFollowing(node: FakeWebSocketNode, options: Partial<WebSocketClientOptions> = {}) {
  const client = open(node, options);
  await client.latest();
  await waitFor("a subscription", () => node.calls.includes("eth_subscribe"));
  node.addBlock();
  await waitFor("a head", () => client.changes.length > 0);
  await client.latest();
  node.calls.splice(0);
  return client;
}

describe("the subscription", () => {
  it("returns the latest block, its number and the chain without a call of the node", async () => {
    const node = await startNode();
    const { latest, send } = await openFollowing(node);
    await send("eth_chainId");
    node.calls.splice(0);
    for (let n = 0; n < 100; n += 1) {
      expect(await latest()).toBe("0x1");
      expect(await send("eth_blockNumber")).toBe("0x1");
      expect(await send("eth_chainId")).toBe("0x6bc3");
    }
    expect(node.calls).toEqual([]);
    expect(node.connections).toBe(1);
  });

  it("reads each new block once, by its hash", async () => {
    const node = await startNode();
    const { latest } = await openFollowing(node);
    for (const number of ["0x2", "0x3"]) {
      node.addBlock();
      await waitFor(number, async () => (await latest()) === number);
    }
    expect(node.calls).toEqual(["eth_getBlockByHash", "eth_getBlockByHash"]);
  });

  it("returns the block as a value and as the node's text", async () => {
    const node = await startNode();
    const { send } = await openFollowing(node);
    const block = { ...node.blocks[1], transactions: [] };
    expect(await send("eth_getBlockByNumber", ["latest", false])).toEqual(block);
    expect(await send("eth_getBlockByNumber", ["latest", false], true)).toBe(JSON.stringify(block));
    expect(await send("eth_blockNumber", [], true)).toBe('"0x1"');
    expect(node.calls).toEqual([]);
  });

  it("asks the node for all other results", async () => {
    const node = await startNode();
    const { client, send } = await openFollowing(node);
    expect(await send("eth_getBlockByNumber", ["0x0", false])).toMatchObject({ number: "0x0" });
    expect(await send("eth_getBlockByNumber", ["latest", true])).toMatchObject({
      transactions: [{ hash: node.blocks[1]!.hash }],
    });
    expect(await send("eth_getBlockByNumber", ["0x9", false])).toBeNull();
    expect(await send("eth_getBlockByNumber", ["0x9", false], true)).toBeNull();
    const calls = ["0x1", "0x0"].map((number) => ({
      method: "eth_getBlockByNumber",
      params: [number, false],
    }));
    expect(await client.send(calls, 1_000)).toMatchObject([{ number: "0x1" }, { number: "0x0" }]);
    expect(node.calls).toHaveLength(6);
  });

  it.each([
    ["the same", "0x1"],
    ["a lower", "0x0"],
  ])("accepts a head with %s number, because the chain was reorganised", async (_, number) => {
    const node = await startNode();
    const { send } = await openFollowing(node);
    const fork = node.addBlock({ number, parentHash: `0x${"ab".repeat(32)}` });
    await waitFor("the fork", async () => {
      const block = await send("eth_getBlockByNumber", ["latest", false]);
      return (block as typeof fork).hash === fork.hash;
    });
    expect(await send("eth_blockNumber")).toBe(number);
    expect(node.calls).toEqual(["eth_getBlockByHash"]);
  });

  it("never returns the block before a received head", async () => {
    const node = await startNode();
    const { latest } = await openFollowing(node);
    const answer = node.hold("eth_getBlockByHash");
    node.addBlock();
    await waitFor("the read", () => node.calls.length === 1);
    const waiting = latest();
    answer();
    expect(await waiting).toBe("0x2");
  });

  it("ignores a block that arrives after the next one", async () => {
    const node = await startNode();
    const { latest } = await openFollowing(node);
    const answer = node.hold("eth_getBlockByHash");
    node.addBlock();
    await waitFor("the read", () => node.calls.length === 1);
    node.calls.splice(0);
    const next = node.hold("eth_getBlockByHash");
    node.addBlock();
    await waitFor("the next read", () => node.calls.length === 1);
    next();
    await waitFor("the next block", async () => (await latest()) === "0x3");
    answer();
    expect(await latest()).toBe("0x3");
  });

  it("asks the node when the node does not know the block of its own head", async () => {
    const node = await startNode();
    const { latest } = await openFollowing(node);
    const { hash } = node.addBlock();
    node.blocks.at(-1)!.hash = `${hash.slice(0, -2)}ff`;
    await waitFor("the call", async () => (await latest()) && node.calls.includes("eth_getBlockByNumber"));
    expect(await latest()).toBe("0x2");
  });

  it("asks the node for each call when the node has no subscriptions", async () => {
    const node = await startNode({ unknownMethod: "eth_subscribe" });
    const { changes, latest } = open(node);
    for (const number of ["0x0", "0x1"]) {
      expect(await latest()).toBe(number);
      node.addBlock();
    }
    expect(changes).toEqual([]);
  });

  it("asks the node while a head is overdue, and for each call without heads", async () => {
    const node = await startNode({ sendsHeads: false });
    const silent = open(node);
    for (let n = 0; n < 3; n += 1) await silent.latest();
    expect(node.calls.filter((method) => method === "eth_getBlockByNumber")).toHaveLength(3);
    node.sendsHeads = true;
    node.addBlock();
    await waitFor("a head", () => silent.changes.length > 0);
    node.sendsHeads = false;
    node.addBlock(); // without a notification
    const begun = performance.now();
    expect(await silent.latest()).toBe("0x1");
    await waitFor("the block", async () => (await silent.latest()) === "0x2");
    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});

describe("the connection", () => {
  it("is opened at the first call, with a User-Agent and the URL's credentials", async () => {
    const node = await startNode();
    const url = node.url.replace("//", "//user:hunter2@");
    const client = createWebSocketClient(new URL(url), { maxBytes: 10_000, userAgent: "tests" });
    opened.push(client);
    expect(node.connections).toBe(0);
    const calls = [{ method: "eth_blockNumber", params: [] }];
    expect(await Promise.all([client.send(calls, 1_000), client.send(calls, 1_000)])).toEqual([
      ["0x0"],
      ["0x0"],
    ]);
    expect(node.connections).toBe(1);
    expect(node.headers).toMatchObject({
      "user-agent": "tests",
      authorization: `Basic ${Buffer.from("user:hunter2").toString("base64")}`,
    });
  });

  it("reopens with its subscription after the node has dropped it", async () => {
    const node = await startNode();
    const { changes, failure, latest } = await openFollowing(node);
    node.drop();
    await waitFor("the end", () => changes.length === 2);
    expect(await failure()).toMatchObject({ status: 503 });
    await waitFor("the node", async () => (await failure()) === undefined);
    await waitFor("the subscription", () => node.calls.includes("eth_subscribe"));
    node.addBlock();
    await waitFor("a head", () => changes.length === 3);
    expect(await latest()).toBe("0x2");
    expect(changes).toEqual([undefined, expect.stringContaining("closed the connection"), undefined]);
  });

  it("reopens with exponential backoff, without a call", async () => {
    const node = await startNode();
    await openFollowing(node);
    node.status = 503;
    const begun = performance.now();
    node.drop();
    await waitFor("3 attempts", () => node.attempts === 4);
    expect(performance.now() - begun).toBeGreaterThan(0.75 * (100 + 200 + 400) - 20);
    node.status = 101;
    await waitFor("the node", () => node.connections === 2);
  });

  it("reopens when the node is available again", async () => {
    const node = await startNode();
    const { changes, failure } = await openFollowing(node);
    await node.kill();
    await waitFor("the end", () => changes.length === 2);
    expect(await failure()).toMatchObject({ status: 503 });
    await node.revive();
    await waitFor("the node", () => node.connections === 2);
  });

  it("closes without calls, and reopens at the next call", async () => {
    const node = await startNode();
    const { changes, latest } = await openFollowing(node, { idleTimeout: 100 });
    await waitFor("the end of the subscription", () => {
      node.addBlock();
      return node.isDeserted();
    });
    expect(node.connections).toBe(1);
    expect(await latest()).toBe(node.blocks.at(-1)?.number);
    expect(node.connections).toBe(2);
    expect(changes).toEqual([undefined]);
  });

  it("is replaced when no block arrives for headTimeout", async () => {
    const node = await startNode();
    const { changes } = await openFollowing(node, { headTimeout: 300 });
    await waitFor("another connection", () => node.connections > 1);
    expect(changes).toEqual([undefined, "no new block for 300 ms"]);
  });

  it("closes when a ping is not answered", async () => {
    const node = await startNode();
    const { changes, failure } = await openFollowing(node, { pingEvery: 100 });
    expect(node.connections).toBe(1);
    node.sendsPongs = false;
    await waitFor("the end", () => changes.length === 2);
    expect(changes[1]).toBe("a ping was not answered");
    expect(await failure()).toMatchObject({ status: 504 });
  });

  it.each([
    ["no JSON", "hello", 502],
    ["too much", " ".repeat(100_001), 502],
    [
      "a refusal without an id",
      JSON.stringify({ error: { code: -32005, message: "rate limited, see https://node/key" }, id: null }),
      503,
    ],
  ])("rejects pending calls when the node sends %s", async (_, text, status) => {
    const node = await startNode();
    const { failure, send } = await openFollowing(node);
    node.isSilent = true;
    const waiting = send("eth_getBlockByNumber", ["0x0", false]).catch((error) =>
      nodeError({ setting: "GETH_RPC_ENDPOINT", host: node.host }, error),
    );
    await waitFor("the call", () => node.calls.length === 1);
    node.say(text);
    expect(await waiting).toMatchObject({ status });
    node.isSilent = false;
    await waitFor("the node", async () => (await failure()) === undefined);
  });

  it("rejects a call that the node does not answer in time, and ignores its late answer", async () => {
    const node = await startNode();
    const { client, send } = await openFollowing(node);
    const answer = node.hold("eth_getBlockByNumber");
    const call = { method: "eth_getBlockByNumber", params: ["0x0", false] };
    await expect(client.send([call], 100)).rejects.toMatchObject({ name: "TimeoutError" });
    answer();
    expect(await send("eth_getBlockByNumber", ["0x1", false])).toMatchObject({ number: "0x1" });
  });

  it.each([
    [429, "", 503, "HTTP status 429"],
    [401, '{"error":{"code":-32600,"message":"project not found"}}', 502, "project not found"],
    [200, "hello", 502, "hello"],
  ])("is refused with HTTP status %s", async (status, refusal, expected, words) => {
    const node = await startNode({ status, refusal });
    const { failure } = open(node);
    const error = await failure();
    expect(error).toMatchObject({ status: expected, message: expect.stringContaining(node.host) });
    expect(String(error?.cause)).toMatch(new RegExp(words));
  });

  it("is closed for good", async () => {
    const node = await startNode();
    const { client } = await openFollowing(node);
    client.close();
    await expect(client.send([{ method: "eth_blockNumber", params: [] }], 1_000)).rejects.toThrow("closed");
  });
});
