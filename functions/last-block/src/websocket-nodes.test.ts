import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type FakeWebSocketNode,
  startFakeWebSocketNode,
} from "../../../test/support/ethereum/fake-websocket-node.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { createEthereumNodes, type EthereumNodes } from "./ethereum-nodes.ts";

let node: FakeWebSocketNode;
let http: Server;
/** The methods of the calls over HTTP. */
let httpCalls: string[];
let nodes: EthereumNodes | undefined;

beforeEach(async () => {
  node = await startFakeWebSocketNode();
  httpCalls = [];
  http = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { id, method } = JSON.parse(text);
    httpCalls.push(method);
    const results: Record<string, unknown> = { eth_chainId: "0x6bc3", eth_blockNumber: "0x1" };
    response.end(JSON.stringify({ id, result: results[method] ?? { number: "over HTTP" } }));
  }).listen(0, "127.0.0.1");
  await once(http, "listening");
});
afterEach(async () => {
  nodes?.close();
  await node[Symbol.asyncDispose]();
  http.closeAllConnections();
  http.close();
});

/** Opens nodes with these URLs, and records the calls of onChange. */
function open(urls: readonly string[], { headTimeout = 60_000 } = {}) {
  const changes: unknown[] = [];
  nodes = createEthereumNodes({
    urls,
    timeout: 500,
    chainId: 27587,
    batchSize: 100,
    maxBytes: 10_000,
    maxLag: 3,
    recheck: 100,
    headTimeout,
    onChange: () => undefined,
    onSubscription: (host, problem) => changes.push([host, problem]),
  });
  const opened = nodes;
  const latest = () =>
    opened.ask(
      [{ method: "eth_getBlockByNumber", params: ["latest", false] }],
      ([block]) => String(Object(block).number),
      performance.now() + 2_000,
    );
  return { changes, latest };
}

const httpUrl = () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
const blockCalls = () => httpCalls.filter((method) => method === "eth_getBlockByNumber").length;

it("answers from the subscription, without a call to any node", async () => {
  const { changes, latest } = open([node.url]);
  await latest();
  await waitFor("the subscription", () => node.calls.includes("eth_subscribe"));
  node.addBlock();
  await waitFor("a head", () => changes.length === 1);
  await latest();
  node.calls.splice(0);
  for (let n = 0; n < 100; n += 1) expect(await latest()).toBe("0x1");
  expect(node.calls).toEqual([]);
});

it.each<[string, () => unknown]>([
  ["is away", () => node.kill()],
  ["opens no WebSocket", () => Object.assign(node, { status: 503 }) && node.drop()],
  ["is silent", () => Object.assign(node, { isSilent: true, sendsHeads: false }) && node.drop()],
])("falls back to the next endpoint while the first %s, and returns to the first", async (_, fail) => {
  const { changes, latest } = open([node.url, httpUrl()]);
  expect(await latest()).toBe("0x0");
  await waitFor("the subscription", () => node.calls.includes("eth_subscribe"));
  node.addBlock();
  await waitFor("a head", () => changes.length === 1);
  expect(await latest()).toBe("0x1");
  expect(blockCalls()).toBe(0);

  await fail();
  await waitFor("the end", () => changes.length === 2);
  expect(await latest()).toBe("over HTTP");
  node.addBlock();

  Object.assign(node, { status: 101, isSilent: false, sendsHeads: true });
  if (node.connections === 1) await node.revive().catch(() => undefined);
  await waitFor("the first", async () => (await latest()) === "0x2", 15_000);
  expect(changes[1]).toEqual([node.host, expect.stringMatching(/closed/)]);
});

it("falls back to the next endpoint when the node stops answering on an open connection", async () => {
  const { changes, latest } = open([node.url, httpUrl()], { headTimeout: 400 });
  await latest();
  await waitFor("the subscription", () => node.calls.includes("eth_subscribe"));
  node.addBlock();
  await waitFor("a head", () => changes.length === 1);
  Object.assign(node, { isSilent: true, sendsHeads: false });
  const begun = performance.now();
  await waitFor("the next endpoint", async () => (await latest()) === "over HTTP");
  expect(performance.now() - begun).toBeLessThan(1_500);
  expect(changes[1]).toEqual([node.host, "no new block for 400 ms"]);
});

it("returns no block above the age limit when the heads stop while the chain goes on", async () => {
  const { changes, latest } = open([node.url], { headTimeout: 400 });
  await latest();
  await waitFor("the subscription", () => node.calls.includes("eth_subscribe"));
  node.addBlock();
  await waitFor("a head", () => changes.length === 1);
  node.sendsHeads = false;
  node.addBlock();
  const begun = performance.now();
  await waitFor("the new block", async () => (await latest().catch(() => undefined)) === "0x2");
  expect(performance.now() - begun).toBeLessThan(800);
});
