import { startFakeWebSocketNode } from "../../../../../test/support/ethereum/fake-websocket-node.ts";
import { startListener } from "../../../../../test/support/http/listener.ts";
import { ChainNodes } from "./chain-nodes.ts";
import { chainSource } from "./chain-source.ts";

/** A fake node with the chain of a test. It counts the requested blocks. */
class FakeChain {
  /** The hash of each block; the previous one is the hash of its parent. */
  hashes: string[] = [];
  requests = 0;
  knowsPeers = true;

  answer({ id, method, params }: { id: number; method: string; params: string[] }) {
    const result = this.createResult(method, params);
    return result === undefined ? { id, error: { code: -32601, message: "no such method" } } : { id, result };
  }

  createResult(method: string, [first]: string[]) {
    if (method === "eth_chainId") return "0x6bc3";
    if (method === "eth_getBalance") return "0x1bc16d674ec80000";
    if (method === "net_peerCount") return this.knowsPeers ? "0x2" : undefined;
    this.requests += 1;
    return this.#block(first === "latest" ? this.hashes.length - 1 : Number(first));
  }

  #block(number: number) {
    return {
      number: `0x${number.toString(16)}`,
      hash: this.hashes[number],
      parentHash: this.hashes[number - 1] ?? "0x0",
      timestamp: `0x${(1_000 + number * 3).toString(16)}`,
      gasUsed: "0x5208",
      transactions: ["0x1"],
    };
  }
}

const chain = new FakeChain();
const account = "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353";
let node: Awaited<ReturnType<typeof startListener>>;
let source: ReturnType<typeof chainSource>;
beforeAll(async () => {
  node = await startListener(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const calls = JSON.parse(body);
    const answer = Array.isArray(calls) ? calls.map((call) => chain.answer(call)) : chain.answer(calls);
    response.end(JSON.stringify(answer));
  });
  source = chainSource({
    nodes: new ChainNodes(["http://127.0.0.1:1", node.url]),
    accounts: [account],
    about: { kind: "real", place: "here" },
    canSend: false,
  });
});
afterAll(async () => {
  await source.close();
  await node[Symbol.asyncDispose]();
});

const hashes = (count: number, fork = "a") =>
  Array.from({ length: count }, (_, number) => `0x${fork}${number}`);
const read = async () => (await source.read()).events.chain!;

it("reads the latest 101 blocks from the first node that answers", async () => {
  chain.hashes = hashes(200);
  const view = await read();
  expect(view).toMatchObject({ chainId: 27587, peers: 2, accounts: [{ address: account, ether: "2.0" }] });
  expect(view.blocks[0]).toEqual({
    number: 199,
    hash: "0xa199",
    time: 1_597_000,
    transactions: 1,
    gasUsed: 21_000,
  });
  expect(view.deltas).toHaveLength(100);
  expect(view.deltas[0]).toEqual({ number: 100, seconds: 3 });
  expect(chain.requests).toBe(101);
});

it("requests only new blocks", async () => {
  chain.requests = 0;
  chain.hashes = hashes(203);
  const view = await read();
  expect(view.blocks.map(({ number }) => number).slice(0, 3)).toEqual([202, 201, 200]);
  expect(view.deltas).toHaveLength(100);
  expect(chain.requests).toBe(3);
});

it("reads all blocks again after a reorganization, or on a new chain", async () => {
  chain.hashes = [...hashes(190), ...hashes(205, "b").slice(190)];
  expect((await read()).blocks[7]?.hash).toBe("0xb197");
  chain.hashes = hashes(3, "c");
  const view = await read();
  expect(view.blocks.map(({ hash }) => hash)).toEqual(["0xc2", "0xc1", "0xc0"]);
  // The genesis block's time is arbitrary.
  expect(view.deltas).toEqual([{ number: 2, seconds: 3 }]);
});

it("shows no peers if the node does not report them", async () => {
  chain.knowsPeers = false;
  expect((await read()).peers).toBeNull();
});

it("reads a chain over a WebSocket", async () => {
  const webSocketNode = await startFakeWebSocketNode();
  const overWebSocket = chainSource({
    nodes: new ChainNodes([webSocketNode.url]),
    accounts: [],
    about: { kind: "real", place: "here" },
    canSend: false,
  });
  try {
    webSocketNode.addBlock();
    const { chain: view } = (await overWebSocket.read()).events;
    expect(view).toMatchObject({ chainId: 27587, peers: null });
    expect(view?.blocks.map(({ number }) => number)).toEqual([1, 0]);
  } finally {
    await overWebSocket.close();
    await webSocketNode[Symbol.asyncDispose]();
  }
});
