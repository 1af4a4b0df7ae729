import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import express from "express";
import { startListener } from "../../../../../test/support/http/listener.ts";
import { ChainNodes } from "./chain-nodes.ts";
import { type EthstatsLinks, ethereumRoutes } from "./ethereum-routes.ts";

const alice = "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353";
const bob = "0x8ab8F3fc6c660d3f0B22490050C843cafd2c0AAC";
const hash = (letter: string, number: number) => `0x${letter.repeat(60)}${String(number).padStart(4, "0")}`;
const hex = (number: number | bigint) => `0x${number.toString(16)}`;

/** A fake node with 60 blocks, each with a transfer from Alice to Bob. It limits batches, and has only methods of `eth_`. */
class FakeNode {
  head = 59;
  largestBatch = 10;
  /** The delay of an answer, in milliseconds. */
  delayMs = 0;
  receipt: object | null = { status: "0x1" };
  pending = false;
  miner = bob.toLowerCase();
  revert = "";
  transfersPerBlock = 1;

  answer(body: string): unknown {
    const request = JSON.parse(body);
    if (!Array.isArray(request)) return this.#answerCall(request);
    if (request.length > this.largestBatch) {
      return { id: null, error: { code: -32600, message: `batch too large, at most ${this.largestBatch}` } };
    }
    return request.map((call) => this.#answerCall(call));
  }

  #answerCall({ id, method, params }: { id: number; method: string; params: string[] }) {
    if (method === "eth_call" && this.revert) return { id, error: { code: 3, message: this.revert } };
    const result = this.createResult(method, params);
    return result === undefined
      ? { id, error: { code: -32601, message: `the method ${method} does not exist/is not available` } }
      : { id, result };
  }

  createResult(method: string, [first, second]: (string | boolean | undefined)[]) {
    if (method === "eth_chainId") return "0x6bc3";
    if (method === "eth_blockNumber") return hex(this.head);
    if (method === "eth_getBalance") return "0xde0b6b3a7640000";
    if (method === "eth_getTransactionCount") return hex(60);
    if (method === "eth_getCode") return "0x";
    if (method === "eth_getBlockByNumber")
      return this.#block(toBlockNumber(first, this.head), second === true);
    if (method === "eth_getBlockByHash")
      return this.#byHash("b", first, (number) => this.#block(number, true));
    if (method === "eth_getTransactionByHash")
      return this.#byHash("a", first, (number) => this.#transaction(number));
    if (method === "eth_getTransactionReceipt") {
      const receipt = {
        gasUsed: "0x5208",
        effectiveGasPrice: "0x3b9aca00",
        contractAddress: null,
        logs: [],
        logsBloom: "0x00",
      };
      return this.pending || this.receipt === null ? null : { ...receipt, ...this.receipt };
    }
    return undefined;
  }

  #byHash(letter: string, requested: unknown, make: (number: number) => unknown) {
    const number = Number(String(requested).slice(-4));
    return hash(letter, number) === requested && number <= this.head ? make(number) : null;
  }

  #block(number: number, isWhole: boolean) {
    if (number > this.head) return null;
    return {
      number: hex(number),
      hash: hash("b", number),
      parentHash: hash("b", number - 1),
      timestamp: hex(1_700_000_000 + 2 * number),
      gasUsed: "0x5208",
      gasLimit: "0x1c9c380",
      miner: this.miner,
      difficulty: "0x20000",
      extraData: "0x",
      logsBloom: "0x00",
      size: "0x300",
      stateRoot: hash("c", number),
      transactions: isWhole
        ? Array(this.transfersPerBlock).fill(this.#transaction(number))
        : [hash("a", number)],
    };
  }

  #transaction(number: number) {
    return {
      hash: hash("a", number),
      blockNumber: this.pending ? null : hex(number),
      blockHash: this.pending ? null : hash("b", number),
      transactionIndex: this.pending ? null : "0x0",
      from: alice.toLowerCase(),
      to: bob.toLowerCase(),
      value: hex(10n ** 18n * BigInt(number)),
      nonce: hex(number),
      gas: "0x5208",
      gasPrice: "0x77359400",
      input: "0x",
      v: "0x1b",
    };
  }
}

function toBlockNumber(tag: unknown, head: number): number {
  return tag === "latest" ? head : Number(tag);
}

let node: FakeNode;
let listener: Awaited<ReturnType<typeof startListener>>;
let http: StartedHttpServer;
let nodes: ChainNodes;
let ethstats: EthstatsLinks;
beforeAll(async () => {
  listener = await startListener(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    setTimeout(() => response.end(JSON.stringify(node.answer(body))), node.delayMs);
  });
  nodes = new ChainNodes(["http://127.0.0.1:1", listener.url]);
  const app = express();
  app.use(ethereumRoutes({ nodes: () => nodes, ethstats: () => ethstats }));
  app.use(problemHandler("gateway", (error) => console.error(error)));
  http = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
});
beforeEach(() => {
  node = new FakeNode();
  ethstats = { url: undefined, page: undefined };
});
afterAll(async () => {
  nodes.close();
  await http[Symbol.asyncDispose]();
  await listener[Symbol.asyncDispose]();
});

async function get(path: string) {
  const response = await fetch(`${http.url}${path}`);
  return { status: response.status, body: JSON.parse(await response.text()) };
}
const read = async (path: string) => {
  const { status, body } = await get(path);
  expect(status).toBe(200);
  return body;
};

it("reads pages of blocks from a node that takes 10 calls in a batch and offers neither net_ nor web3_", async () => {
  const page = await read("/blocks?limit=25");
  expect(page).toMatchObject({ latest: 59, consensus: "proof of work" });
  expect(page.blocks.map(({ number }: { number: number }) => number)).toEqual(
    Array.from({ length: 25 }, (_, index) => 59 - index),
  );
  expect(page.blocks[0]).toEqual({
    number: 59,
    hash: hash("b", 59),
    time: 1_700_000_118_000,
    transactions: 1,
    gasUsed: 21_000,
    gasLimit: 30_000_000,
    producer: bob,
  });
  expect((await read("/blocks?before=2")).blocks).toHaveLength(2);
  expect(await read("/network")).toMatchObject({ client: null, peers: null, gasPrice: null, chainId: 27587 });
});

it("returns the miners of the last 64 blocks, and their hash rate", async () => {
  node.head = 99;
  const view = await read("/consensus");
  expect(view).toMatchObject({ kind: "proof of work", from: 36, to: 99, meanSeconds: 2, clique: null });
  expect(view.producers).toEqual([{ address: bob, blocks: 64, last: 99, inTurn: null }]);
  expect(view.proofOfWork).toEqual({ difficulty: "131072", hashesPerSecond: 65_536 });
});

it.each(["7", hash("b", 7)])("returns the whole block %s", async (id) => {
  const block = await read(`/block/${id}`);
  expect(block).toMatchObject({
    number: 7,
    latest: 59,
    difficulty: "131072",
    others: { stateRoot: hash("c", 7) },
  });
  expect(block.items).toEqual([
    {
      hash: hash("a", 7),
      block: 7,
      time: 1_700_000_014_000,
      index: 0,
      from: alice,
      to: bob,
      value: "7000000000000000000",
      method: null,
    },
  ]);
});

it("returns a transaction with its fee and the transferred ether", async () => {
  expect(await read(`/transaction/${hash("a", 7)}`)).toMatchObject({
    status: "succeeded",
    confirmations: 53,
    fee: "21000000000000",
    transfers: [{ kind: "ether", from: alice, to: bob, amount: "7", token: null }],
    others: { v: "0x1b" },
  });
});

it("returns transactions that are pending or have no status", async () => {
  node.pending = true;
  expect(await read(`/transaction/${hash("a", 7)}`)).toMatchObject({
    status: "pending",
    block: null,
    confirmations: 0,
    fee: null,
  });
  node.pending = false;
  node.receipt = { root: hash("d", 7) };
  expect(await read(`/transaction/${hash("a", 7)}`)).toMatchObject({ status: "unknown" });
});

it.each([
  ["execution reverted: too little", "too little"],
  ["VM Exception while processing transaction: revert", "VM Exception while processing transaction: revert"],
  ["execution reverted", null],
  ["out of gas", "out of gas"],
])("returns the reason of a reverted transaction: %s", async (message, reason) => {
  node.receipt = { status: "0x0" };
  node.revert = message;
  expect(await read(`/transaction/${hash("a", 7)}`)).toMatchObject({
    status: "reverted",
    reason,
    transfers: [],
  });
});

it("returns an address and its transactions in the latest blocks, or in older ones", async () => {
  const view = await read(`/address/${alice.toLowerCase()}?blocks=5`);
  expect(view).toMatchObject({
    address: alice,
    balance: "1000000000000000000",
    nonce: "60",
    codeSize: 0,
    searched: { from: 55, to: 59 },
    stopped: null,
    produced: 0,
  });
  expect(view.transactions.map(({ block }: { block: number }) => block)).toEqual([59, 58, 57, 56, 55]);
  const older = await read(`/address/${bob}?blocks=1000&before=55`);
  expect(older).toMatchObject({ searched: { from: 0, to: 54 }, produced: 54 });
  expect(older.transactions).toHaveLength(55);
});

it("stops the search of an address at the time limit, and returns the searched range", async () => {
  node.head = 999;
  node.largestBatch = 100;
  node.delayMs = 150;
  const { searched, stopped, transactions } = await read(`/address/${alice}?blocks=1000`);
  expect(stopped).toBe("time");
  expect(searched.to).toBe(999);
  expect(transactions).toHaveLength(999 - searched.from + 1);
  expect(transactions.length).toBeLessThan(500);
});

it("stops the search of an address when the list is long", async () => {
  node.head = 999;
  node.largestBatch = 100;
  node.transfersPerBlock = 20;
  const { searched, stopped } = await read(`/address/${alice}?blocks=1000`);
  expect({ searched, stopped }).toEqual({ searched: { from: 975, to: 999 }, stopped: "length" });
});

it.each([
  ["7", { kind: "block", id: "7" }],
  ["0x7", { kind: "block", id: "7" }],
  [hash("b", 7), { kind: "block", id: hash("b", 7) }],
  [hash("a", 7).toUpperCase().replace("X", "x"), { kind: "transaction", id: hash("a", 7) }],
  [` ${alice.toLowerCase()} `, { kind: "address", id: alice }],
])("finds %p", async (text, result) => {
  expect(await read(`/search?q=${encodeURIComponent(text)}`)).toEqual(result);
});

it.each([
  ["/search?q=1,000", 404, "The chain has no block 1000. The latest block is 59."],
  [
    `/search?q=${hash("e", 1)}`,
    404,
    `No block and no transaction of this chain has the hash ${hash("e", 1)}.`,
  ],
  ["/search?q=kind", 400, /^The search is kind; it must be a block's number, a hash/],
  [`/search?q=${alice.replace("F", "f")}`, 400, /valid checksum; a digit may be mistyped/],
  ["/search", 400, /^The search is ; it must be/],
  ["/block/60", 404, "The chain has no block 60. The latest block is 59."],
  ["/block/x", 400, /^block is x; it must be a number, a hash/],
  [`/transaction/${hash("e", 1)}`, 404, /^The node knows no transaction/],
  ["/transaction/0x1", 400, /^transaction is 0x1; it must be a hash/],
  ["/address/0x1", 400, /^address is 0x1; it must be 0x and 40 hexadecimal digits/],
  [`/address/${alice}?blocks=1001`, 400, "blocks is 1001; it must be a whole number from 1 to 1000."],
  ["/blocks?limit=101", 400, "limit is 101; it must be a whole number from 1 to 100."],
  ["/blocks?page=2", 400, 'Unknown query parameter "page"; allowed: before, limit.'],
  ["/network?x=1", 400, 'Unknown query parameter "x"; none is allowed.'],
  ["/nodes", 404, "ETHSTATS_URL is not set."],
])("refuses %s with %i", async (path, status, detail) => {
  const answer = await get(path);
  expect(answer.status).toBe(status);
  expect(answer.body.detail).toEqual(typeof detail === "string" ? detail : expect.stringMatching(detail));
});

it("names the setting when no node answers", async () => {
  const before = nodes;
  nodes = new ChainNodes(["http://127.0.0.1:1"]);
  try {
    expect(await get("/network")).toMatchObject({ status: 503, body: { code: "peer_unavailable" } });
  } finally {
    nodes.close();
    nodes = before;
  }
});

it("returns the nodes of Ethstats, and fails if the server does not answer or is not an Ethstats server", async () => {
  const reported = {
    ...{
      name: "signer-0",
      online: true,
      client: "Geth/v1",
      peers: 4,
      pending: 0,
      latency: 2.5,
      syncing: null,
    },
    ...{ block: { number: 7, received: "2026-01-01T00:00:00.000Z" }, more: "not shown" },
  };
  let body = JSON.stringify({ nodes: [reported] });
  const server = await startListener((request, response) => {
    response.statusCode = request.url === "/stats/api/nodes" ? 200 : 404;
    response.end(body);
  });
  ethstats = { url: `${server.url}/stats`, page: undefined };
  expect(await read("/nodes")).toEqual({
    nodes: [
      {
        ...{ name: "signer-0", online: true, client: "Geth/v1", peers: 4, pending: 0, latencyMs: 2.5 },
        ...{ syncing: false, block: 7, blockReceived: Date.parse("2026-01-01T00:00:00.000Z") },
      },
    ],
  });
  body = "<html>";
  expect((await get("/nodes")).status).toBe(502);
  await server[Symbol.asyncDispose]();
  expect((await get("/nodes")).status).toBe(503);
});
