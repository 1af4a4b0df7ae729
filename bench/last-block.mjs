// last-block beside Geth itself: what does it cost to ask the function rather than the node, and what does it spare
// the node? A real Clique network; the function behind the node18 template's host; one client for all.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as send } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { loadServices } from "./services.mjs";
import { summarise } from "./summarise.mjs";

export const name = "last-block";
export const about = "the latest block by the function, beside asking Geth directly";

/** Connections, and how many requests a round has. */
const loads = [
  { connections: 1, requests: 2_000 },
  { connections: 8, requests: 8_000 },
];
const latest = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "eth_getBlockByNumber",
  params: ["latest", false],
});

/** @type {import("./main.mjs").Bench["run"]} */
export async function run({ rounds, log }) {
  const services = await loadServices();
  if (!services.hasGo()) return [skipped("skipped: Go, which builds Geth, is not here")];
  /** @type {(() => unknown)[]} what ends what was started, the latest first */
  const ends = [];
  const keep = (/** @type {AsyncDisposable} */ started) =>
    void ends.unshift(() => started[Symbol.asyncDispose]());
  try {
    log("starts a Clique network (the first time on a machine builds Geth, some minutes)");
    const network = await services.startGethNetwork({ consensus: "clique", signers: 1, txNodes: 1 });
    keep(network);
    const geth = /** @type {{ url: string }} */ (network.txNodes[0]).url;
    const counter = await countingProxy(geth);
    ends.unshift(counter.end);

    const serve = async (/** @type {string} */ handler, /** @type {Record<string, string>} */ env) => {
      const settings = { ...services.stackEnvironment, LOG_LEVEL: "warn", ...env };
      const host = await services.startTemplateHost({ handler, node: services.node18(), env: settings });
      keep(host);
      return host.url;
    };
    const handler = services.distOf("last-block");
    const empty = emptyHandler();
    ends.push(() => rmSync(empty, { recursive: true }));
    const ours = { title: "last-block", url: await serve(handler, { GETH_RPC_ENDPOINT: geth }) };
    const peers = [
      { title: "Geth, asked directly", url: geth, body: latest },
      {
        title: "last-block, GETH_CACHE=0ms",
        url: await serve(handler, { GETH_RPC_ENDPOINT: geth, GETH_CACHE: "0ms" }),
      },
      { title: "an empty handler", url: await serve(empty, {}) },
    ];
    const client = startClient();
    ends.unshift(client.end);

    const rows = [];
    for (const load of loads) rows.push(...(await compare({ client, ours, peers, load, rounds, log })));
    const counted = async (/** @type {string} */ cache) => {
      const url = await serve(handler, { GETH_RPC_ENDPOINT: counter.url, GETH_CACHE: cache });
      return () => counter.count(() => client.measure({ url, connections: 8, requests: 1_000 }));
    };
    rows.push(
      await compareCalls({ kept: await counted("250ms"), shared: await counted("0ms"), rounds, log }),
    );
    return rows;
  } finally {
    for (const end of ends) await end();
  }
}

/**
 * @typedef {{ title: string, url: string, body?: string }} Contender
 * @typedef {(task: import("./http-client.mjs").Task) => Promise<import("./http-client.mjs").Measurement>} Measure
 * @typedef {(line: string) => void} Log
 */

/**
 * Rate, p50 and p99 of all contenders, which take turns.
 *
 * @param {{ client: { measure: Measure }, ours: Contender, peers: Contender[], load: typeof loads[number], rounds: number, log: Log }} options
 * @returns {Promise<import("./main.mjs").Row[]>}
 */
async function compare({ client, ours, peers, load, rounds, log }) {
  const contenders = [ours, ...peers].map((contender) => ({
    ...contender,
    figures: /** @type {import("./http-client.mjs").Measurement[]} */ ([]),
  }));
  const task = ({ url, body }) => ({ url, body, ...load });
  for (const contender of contenders) await client.measure(task(contender)); // warms up
  for (let round = 1; round <= rounds; round++) {
    log(`${load.connections} connection(s), round ${round} of ${rounds}`);
    for (const contender of contenders) contender.figures.push(await client.measure(task(contender)));
  }
  const at = `at ${load.connections} connection${load.connections === 1 ? "" : "s"}`;
  return /** @type {const} */ ([
    ["rate", `${name} ${at}`, "requests/s", false],
    ["p50", `${name} p50 ${at}`, "ms", true],
    ["p99", `${name} p99 ${at}`, "ms", true],
  ]).map(([key, title, unit, less]) => {
    const [first, ...others] = contenders.map((contender) => ({
      name: contender.title,
      ...summarise(contender.figures.map((figure) => figure[key])),
    }));
    return { name: title, unit, less, ours: first, peers: others };
  });
}

/**
 * How many requests reach the node for 1,000 of callers.
 *
 * @param {{ kept: () => Promise<number>, shared: () => Promise<number>, rounds: number, log: Log }} options
 * @returns {Promise<import("./main.mjs").Row>}
 */
async function compareCalls({ kept, shared, rounds, log }) {
  /** @type {number[][]} */
  const figures = [[], []];
  for (let round = 1; round <= rounds; round++) {
    log(`calls of the node, round ${round} of ${rounds}`);
    figures[0].push(await kept());
    figures[1].push(await shared());
  }
  return {
    name: `${name}: RPC calls per 1,000 requests`,
    unit: "calls",
    less: true,
    ours: { name, ...summarise(figures[0]) },
    peers: [
      { name: "Geth, asked directly", value: 1_000, spread: 0 },
      { name: "last-block, GETH_CACHE=0ms", ...summarise(figures[1]) },
    ],
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

/** The client in a process of its own. */
function startClient() {
  const program = fileURLToPath(new URL("http-client.mjs", import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @type {Measure} */
    async measure(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("the client ended; what it printed says why");
      return JSON.parse(value);
    },
    end: () => void child.stdin.end(),
  };
}

/** Passes requests on to a node, and counts them. */
async function countingProxy(/** @type {string} */ target) {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
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
    /** How many calls there were meanwhile. */
    async count(/** @type {() => Promise<unknown>} */ work) {
      const before = calls;
      await work();
      return calls - before;
    },
    end() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A folder with a handler that does nothing but answer: what the template's host alone costs. */
function emptyHandler() {
  const folder = mkdtempSync(join(tmpdir(), "empty-handler-"));
  const source = `module.exports = async (event, context) => context.status(200).headers({ "content-type": "application/json" }).succeed('{"number":0}\\n');\n`;
  writeFileSync(join(folder, "handler.js"), source);
  return folder;
}
