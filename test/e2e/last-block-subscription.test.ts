// needs: go
// waits: for blocks
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { gethBinaries, gethVersions, hasGo } from "../support/ethereum/geth-binaries.ts";
import { rpc, startGethDev } from "../support/ethereum/geth-dev.ts";
import { startGethNetwork } from "../support/ethereum/geth-network.ts";
import { httpCall } from "../support/http/http-call.ts";
import { startWebSocketRelay, type WebSocketRelay } from "../support/http/websocket-relay.ts";
import {
  type StartedTemplateHost,
  stackEnvironment,
  startTemplateHost,
} from "../support/openfaas/template-host.ts";
import { bundleFolder, node18 } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(3 * minute);

const started: AsyncDisposable[] = [];
function keep<T extends AsyncDisposable>(service: T): T {
  started.push(service);
  return service;
}

/** last-block on these nodes; each call gets a fresh answer. */
async function serve(endpoints: readonly string[], settings: Record<string, string> = {}) {
  const env = {
    ...{ ...stackEnvironment, GETH_RPC_ENDPOINT: endpoints.join(","), GETH_CACHE: "0ms" },
    ...{ GETH_RECHECK: "1s", ...settings },
  };
  return keep(await startTemplateHost({ handler: bundleFolder("last-block"), node: node18(), env }));
}

async function block(host: StartedTemplateHost, query = "") {
  const { status, body } = await httpCall(`${host.url}/${query}`);
  if (status !== 200) throw new Error(`${status} ${body}\n${host.output().slice(-2_000)}`);
  return JSON.parse(body);
}

/** Calls until the subscription has reported a block. */
async function follow(host: StartedTemplateHost): Promise<void> {
  await block(host);
  await waitFor("the subscription", () => host.output().includes("subscription_started"), minute);
}

/** Reads the latest block several times, and returns the calls that a client sent to the node meanwhile. */
async function recordCalls(host: StartedTemplateHost, relay: WebSocketRelay, requests: number) {
  const before = relay.sent.length;
  const numbers = new Set<number>();
  for (let n = 0; n < requests; n += 1) numbers.add((await block(host, "?fields=number")).number);
  return { calls: relay.sent.slice(before).map((text) => JSON.parse(text).method as string), numbers };
}

requireService("Go, which builds Geth", hasGo(), () => {
  beforeAll(async () => {
    for (const version of [gethVersions.clique, gethVersions.proofOfStake]) await gethBinaries(version);
  }, 20 * minute);
  afterEach(async () => {
    for (const service of started.splice(0).reverse()) await service[Symbol.asyncDispose]();
  });

  it("returns the latest block with one call of the node for each new block", async () => {
    const chain = keep(await startGethDev());
    const relay = keep(await startWebSocketRelay(chain.wsUrl));
    const host = await serve([relay.url]);
    await follow(host);

    const { calls, numbers } = await recordCalls(host, relay, 1_000);
    expect(new Set(calls)).toEqual(calls.length === 0 ? new Set() : new Set(["eth_getBlockByHash"]));
    expect(calls.length).toBeLessThanOrEqual(numbers.size + 1);

    const head = (await block(host)).number as number;
    await waitFor("3 more blocks", async () => (await block(host)).number >= head + 3, minute);
    const raw = await block(host, "?format=rpc");
    expect(raw).toEqual(await rpc(chain.url, "eth_getBlockByHash", [raw.hash, false]));
    expect((await block(host, "?block=1&transactions=full")).number).toBe(1);
    expect(await block(host, "?count=3")).toHaveLength(3);
    expect((await block(host, "?block=finalized")).number).toBeGreaterThanOrEqual(0);
    expect((await httpCall(`${host.url}/?block=999999999`)).status).toBe(404);
  });

  it("falls back to HTTP when the node is killed, and returns to it", async () => {
    const chain = keep(await startGethNetwork({ consensus: "clique", signers: 1, txNodes: 2 }));
    const [first, second] = chain.txNodes;
    const relay = keep(await startWebSocketRelay(first!.wsUrl));
    for (const { name, url } of chain.txNodes) {
      await waitFor(`blocks of ${name}`, async () => Number(await rpc(url, "eth_blockNumber")) >= 2, minute);
    }
    // On a busy machine a new node may be some blocks behind.
    const settings = { GETH_CHAIN_ID: "27587", GETH_MAX_LAG: "100" };
    const host = await serve([`${relay.url}/v3/hunter2`, second!.url], settings);
    await follow(host);
    const { calls } = await recordCalls(host, relay, 100);
    expect(calls.filter((method) => method !== "eth_getBlockByHash")).toEqual([]);

    first!.signal("SIGKILL");
    await first!.ended;
    const head = (await block(host)).number as number; // each call is answered, including the very next one
    await waitFor("2 more blocks over HTTP", async () => (await block(host)).number >= head + 2, minute);

    const revived = await chain.startTxNode(first!.name);
    relay.target = revived.wsUrl;
    const subscriptions = () => host.output().split("subscription_started").length - 1;
    await waitFor("the subscription", async () => (await block(host)) && subscriptions() === 2, minute);
    const later = await recordCalls(host, relay, 100);
    expect(later.calls.filter((method) => method !== "eth_getBlockByHash")).toEqual([]);
    expect(host.output()).toMatch(/subscription_lost/);
    expect(host.output()).not.toMatch(/hunter2|unhandled/);
  });

  it("does not keep the process alive", async () => {
    const chain = keep(await startGethDev());
    const program = `
      const handler = require(${JSON.stringify(join(bundleFolder("last-block"), "handler.js"))});
      const context = { status: () => context, headers: () => context, succeed: (text) => console.log(text) };
      handler({ method: "GET", path: "/", headers: {}, query: {}, body: {} }, context);`;
    const env = { PATH: process.env.PATH, GETH_RPC_ENDPOINT: chain.wsUrl, LOG_LEVEL: "silent" };
    const options = { env, timeout: 30_000 };
    const { stdout } = await promisify(execFile)(node18() ?? process.execPath, ["-e", program], options);
    expect(JSON.parse(stdout).hash).toMatch(/^0x/);
  });
});
