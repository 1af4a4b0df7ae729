// Compares last-block with Geth: the cost of a call to the function instead of the node, and the calls that the function
// saves the node. Uses a real Clique network, the function behind the node18 template's host, and one client for all.

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as send } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparison } from "./comparison.mjs";
import { constantHandler } from "./constant-handler.mjs";
import { summariseTimes } from "./measurement.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

const name = "last-block";

/** The number of connections, and of requests in a round. */
const oneByOne = { connections: 1, requests: 3_000 };
const atOnce = { connections: 8, requests: 8_000 };
/** The number of a block, in the format of Geth or of the function. */
const aBlock = '"number":("0x[\\da-f]+"|\\d+)';
/** The share of requests for web3.py, because it is slow. */
const web3Share = 1 / 20;

const toRpcCall = (/** @type {string} */ method, /** @type {unknown[]} */ ...params) =>
  JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
const latest = toRpcCall("eth_getBlockByNumber", "latest", false);

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  if (!services.hasGo()) {
    yield skipped("skipped: needs Go to build Geth");
    return;
  }
  const started = trackStarted(signal);
  const { use } = started;
  try {
    log("starts a Clique network (the first time on a machine builds Geth, some minutes)");
    const network = await use(services.startGethNetwork({ consensus: "clique", signers: 1, txNodes: 1 }));
    const geth = /** @type {{ url: string }} */ (network.txNodes[0]).url;
    const counter = await countingProxy(geth);
    started.defer(counter.end);

    const serve = async (/** @type {string} */ folder, /** @type {Record<string, string>} */ settings) => {
      const env = { ...services.stackEnvironment, LOG_LEVEL: "warn", ...settings };
      return (await use(services.startTemplateHost({ handler: folder, node: services.node18(), env }))).url;
    };
    const handler = services.bundleFolder("last-block");
    const cached = await serve(handler, { GETH_RPC_ENDPOINT: geth });
    const shared = await serve(handler, { GETH_RPC_ENDPOINT: geth, GETH_CACHE: "0ms" });
    const answer = await fetch(cached);
    const json = await answer.text();
    const { hash } = JSON.parse(json);
    const constant = mkdtempSync(join(tmpdir(), "constant-handler-"));
    constantHandler(constant, json, { "content-type": "application/json", etag: `"${hash}"` });
    started.defer(() => rmSync(constant, { recursive: true }));
    const empty = await serve(constant, {});

    const client = started.lineProgram("http-client.mjs");
    const http = (/** @type {string} */ title, /** @type {Target} */ target, variant = false) => ({
      title,
      variant,
      measure: (/** @type {Load} */ load) => client.ask({ answer: aBlock, ...target, ...load }),
    });
    const contenders = [
      http(name, { url: cached }),
      http("Geth, asked directly", { url: geth, body: latest }),
      http("last-block, GETH_CACHE=0ms", { url: shared }, true),
      http("a handler with a constant", { url: empty }),
    ];
    const web3 = "web3.py, no server before it";
    const python = services.hasPython()
      ? { title: web3, measure: measureWeb3(await use(services.startWeb3(geth))) }
      : { title: web3, skipped: "skipped: needs Python 3.11" };
    const compare = comparison({ rounds, log, signal });
    const byHash = `${cached}/?block=${hash}`;
    const counted = async (/** @type {string} */ cache) => {
      const url = await serve(handler, { GETH_RPC_ENDPOINT: counter.url, GETH_CACHE: cache });
      return {
        measure: (/** @type {Load} */ load) =>
          counter.count(load, client.ask({ url, answer: aBlock, ...load })),
      };
    };
    yield* await compare("at 1 connection", oneByOne, [...contenders, python], speed);
    yield* await compare("at 8 connections", atOnce, contenders, speed);
    yield* await compare(
      "of a block by its hash at 8 connections",
      atOnce,
      [
        http(name, { url: byHash }),
        http("Geth, asked directly", { url: geth, body: toRpcCall("eth_getBlockByHash", hash, false) }),
        http(
          "last-block, 304 to its ETag",
          { url: byHash, headers: { "if-none-match": `"${hash}"` }, status: 304, answer: "^$" },
          true,
        ),
      ],
      [rate],
    );
    yield* await compare(
      "at 8 connections",
      atOnce,
      [
        { title: name, ...(await counted("250ms")) },
        {
          title: "Geth, asked directly",
          measure: (load) =>
            counter.count(load, client.ask({ url: counter.url, body: latest, answer: aBlock, ...load })),
        },
        { title: "last-block, GETH_CACHE=0ms", variant: true, ...(await counted("0ms")) },
      ],
      [calls],
    );
  } finally {
    await started.end();
  }
}

/**
 * @typedef {{ url: string, body?: string, headers?: Record<string, string>, status?: number, answer?: string }} Target
 * @typedef {{ connections: number, requests: number }} Load
 */

/** @typedef {import("./comparison.mjs").Metric} Metric */

/** @type {Metric} */
const rate = { key: "rate", title: name, unit: "requests/s", less: false };
const speed = [
  rate,
  /** @type {Metric} */ ({ key: "p50", title: `${name} p50`, unit: "ms", less: true }),
  /** @type {Metric} */ ({ key: "p99", title: `${name} p99`, unit: "ms", less: true }),
];
/** @type {Metric} */
const calls = { key: "calls", title: `${name}, RPC calls per 1,000 requests`, unit: "calls", less: true };

/** The upper bound for a function in Python: only get_block and json.dumps. */
function measureWeb3(/** @type {import("../test/support/ethereum/web3.ts").StartedWeb3} */ web3) {
  return async (/** @type {Load} */ { requests }) => {
    const times = [];
    const start = performance.now();
    for (let remaining = requests * web3Share; remaining > 0; remaining--) {
      const asked = performance.now();
      await web3.block("latest");
      times.push(performance.now() - asked);
    }
    return summariseTimes(times, performance.now() - start);
  };
}

function skipped(/** @type {string} */ why) {
  return {
    name,
    unit: "requests/s",
    ours: { name, skipped: why },
    peers: [{ name: "Geth, asked directly", skipped: why }],
  };
}

/** Starts a proxy that forwards requests to a node and counts them. */
async function countingProxy(/** @type {string} */ target) {
  let received = 0;
  const server = createServer((request, response) => {
    received += 1;
    const onward = send(target, { method: "POST", headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`,
    /** Adds the number of calls per 1,000 requests to a measurement. */
    async count(/** @type {Load} */ { requests }, /** @type {Promise<Record<string, number>>} */ measuring) {
      const before = received;
      const measurement = await measuring;
      return { ...measurement, calls: ((received - before) / requests) * 1_000 };
    },
    end() {
      server.closeAllConnections();
      server.close();
    },
  };
}
