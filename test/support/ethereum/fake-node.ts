import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a node answers: correctly, late, by breaking the connection, or with broken JSON. */
type Mood = "well" | "slow" | "resetting" | "garbled";

/** A fake Ethereum node with predefined blocks. */
export interface FakeNode extends AsyncDisposable {
  url: string;
  mood: Mood;
  /** Breaks all connections and accepts no more. */
  kill(): Promise<void>;
  /** Accepts connections again, under the same URL. */
  revive(): Promise<void>;
}

interface RpcRequest {
  id: number;
  method: string;
  params: [block?: string];
}

/** The number of its latest block. */
export const fakeHead = 27_587;

const slowness = 4_000;

/** Starts a node on loopback. */
export async function startFakeNode(): Promise<FakeNode> {
  let server = createServer();
  const listen = async (port: number) => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      answer(response, node.mood, Buffer.concat(chunks).toString());
    }).listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const boundPort = await listen(0);
  const node: FakeNode = {
    url: `http://127.0.0.1:${boundPort}`,
    mood: "well",
    kill: () => end(server),
    revive: async () => void (await listen(boundPort)),
    [Symbol.asyncDispose]: () => end(server),
  };
  return node;
}

async function end(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

function answer(response: ServerResponse, mood: Mood, body: string): void {
  if (mood === "resetting") return void response.socket?.resetAndDestroy();
  const text = mood === "garbled" ? '{"jsonrpc":"2.0",' : JSON.stringify(answerRequests(JSON.parse(body)));
  const send = () => response.setHeader("content-type", "application/json").end(text);
  if (mood === "slow") setTimeout(send, slowness);
  else send();
}

function answerRequests(requests: RpcRequest | RpcRequest[]): unknown {
  return Array.isArray(requests) ? requests.map(answerRequest) : answerRequest(requests);
}

function answerRequest({ id, method, params: [block] }: RpcRequest): unknown {
  const number =
    method === "eth_getBlockByHash" ? findNumber(block) : block === "latest" ? fakeHead : Number(block);
  const foundBlock = number <= fakeHead ? fakeBlock(number) : null;
  return { jsonrpc: "2.0", id, result: method === "eth_blockNumber" ? quantity(fakeHead) : foundBlock };
}

const quantity = (number: number) => `0x${number.toString(16)}`;
const hash = (name: string, number: number) =>
  `0x${Buffer.from(name).toString("hex").padEnd(48, "0")}${number.toString(16).padStart(16, "0")}`;

/** Returns the number of the block with a hash, or NaN for an unknown hash. */
function findNumber(blockHash = ""): number {
  const number = Number(`0x${blockHash.slice(-16)}`);
  return hash("block", number) === blockHash ? number : Number.NaN;
}

const zeros = (bytes: number) => `0x${"00".repeat(bytes)}`;

/** Fields that are equal in all blocks, and in JSON-RPC and web3.py. */
const same = {
  extraData: zeros(97),
  logsBloom: zeros(256),
  mixHash: zeros(32),
  nonce: zeros(8),
  sha3Uncles: hash("uncles", 0),
  transactions: [],
  uncles: [],
};

function makeHashes(number: number) {
  return {
    hash: hash("block", number),
    parentHash: hash("block", Math.max(number - 1, 0)),
    receiptsRoot: hash("receipts", number),
    stateRoot: hash("state", number),
    transactionsRoot: hash("transactions", number),
  };
}

function makeQuantities(number: number) {
  return { difficulty: 2, gasLimit: 30_000_000, gasUsed: number * 21, number, size: 606 };
}

const start = 1_600_000_000;
const address = "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353";

/** A block as the node returns it. */
function fakeBlock(number: number) {
  const quantities = {
    ...makeQuantities(number),
    timestamp: start + 2 * number,
    totalDifficulty: 2 * number,
  };
  return {
    ...same,
    ...makeHashes(number),
    ...Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, quantity(value)])),
    miner: address.toLowerCase(),
  };
}

/** The JSON that last-block must return: a separate literal, with keys in alphabetical order. */
export function fakeBlockJson(number: number): string {
  const block: Record<string, unknown> = {
    ...same,
    ...makeHashes(number),
    ...makeQuantities(number),
    timestamp: start + 2 * number,
    totalDifficulty: 2 * number,
    miner: address,
  };
  return JSON.stringify(Object.fromEntries(Object.entries(block).sort(([a], [b]) => (a < b ? -1 : 1))));
}
