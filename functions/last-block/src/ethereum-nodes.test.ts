import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createEthereumNodes, type EthereumNodes, type EthereumNodesOptions } from "./ethereum-nodes.ts";

/** The behaviour of a fake node; a test may change it while the node runs. */
interface Behaviour {
  chainId: number;
  head: number;
  /** Number of spaces at the start of its answers. */
  padding: number;
  /** An HTTP status instead of an answer. */
  status: number;
  /** The header Retry-After. */
  retryAfter: string;
  isSilent: boolean;
  /** Closes a connection instead of answering a second call on it. */
  isBrief: boolean;
}

/** A fake node on loopback, with the methods of the received calls. */
interface StartedNode extends Behaviour {
  url: string;
  host: string;
  calls: string[];
  server: Server;
}

const started: StartedNode[] = [];
const opened: EthereumNodes[] = [];
afterEach(async () => {
  for (const nodes of opened.splice(0)) nodes.close();
  for (const { server } of started.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

async function startNode(behaviour: Partial<Behaviour> = {}): Promise<StartedNode> {
  const sockets = new WeakSet<Socket>();
  const server = createServer(async (request, response) => {
    if (node.isBrief && sockets.has(request.socket)) request.socket.destroy();
    sockets.add(request.socket);
    let text = "";
    for await (const chunk of request) text += chunk;
    const requests = [JSON.parse(text)].flat();
    node.calls.push(requests.map(({ method }) => method).join());
    if (node.isSilent) return;
    const answers = requests.map(({ id, method, params }) => ({
      id,
      result: createResult(node, method, params),
    }));
    response.writeHead(node.status, node.retryAfter === "" ? {} : { "retry-after": node.retryAfter });
    response.write(" ".repeat(node.padding));
    response.end(JSON.stringify(Array.isArray(JSON.parse(text)) ? answers.reverse() : answers[0]));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const usual = {
    chainId: 27587,
    head: 100,
    padding: 0,
    status: 200,
    retryAfter: "",
    isSilent: false,
    isBrief: false,
  };
  const node: StartedNode = { ...usual, ...behaviour, url: `http://${host}`, host, calls: [], server };
  started.push(node);
  return node;
}

/** Returns the head for every block up to it. */
function createResult({ chainId, head }: Behaviour, method: string, [number]: string[]) {
  if (method === "eth_chainId") return `0x${chainId.toString(16)}`;
  if (method === "eth_blockNumber") return `0x${head.toString(16)}`;
  return Number(number) > head ? null : head;
}

/** Opens nodes that are compared before each call, and records the calls of onChange. */
function open(nodes: readonly (StartedNode | string)[], options: Partial<EthereumNodesOptions> = {}) {
  const changes: unknown[] = [];
  const ethereum = createEthereumNodes({
    urls: nodes.map((node) => (typeof node === "string" ? node : node.url)),
    timeout: 300,
    chainId: undefined,
    batchSize: 100,
    maxBytes: 10_000,
    maxLag: 3,
    recheck: 0,
    headTimeout: 60_000,
    onSubscription: () => undefined,
    onChange: (host, problem) => changes.push([host, problem]),
    ...options,
  });
  opened.push(ethereum);
  const ask = (block = 1, patience = 5_000) =>
    ethereum.ask(
      [{ method: "eth_getBlockByNumber", params: [`0x${block.toString(16)}`] }],
      ([result]) => {
        if (result === 13) throw new Error("no luck");
        return result === null ? undefined : result;
      },
      performance.now() + patience,
    );
  return { ask, changes };
}

/** An endpoint without a listener. */
const nowhere = "http://user:hunter2@127.0.0.1:1/key";
const blockCalls = ({ calls }: StartedNode) => calls.filter((call) => call.includes("getBlock")).length;

describe("createEthereumNodes", () => {
  it("sends a single node only the requested calls", async () => {
    const node = await startNode();
    const { ask } = open([node]);
    expect(await ask()).toBe(100);
    expect(node.calls).toEqual(["eth_getBlockByNumber"]);
  });

  it("asks the first node while it is healthy, then the next, then the first again", async () => {
    const [first, second] = [await startNode({ head: 100 }), await startNode({ head: 101 })];
    const { ask, changes } = open([first, second]);
    expect(await ask()).toBe(100);
    first.status = 500;
    expect(await ask()).toBe(101);
    first.status = 200;
    first.head = 102;
    while (changes.length < 2) await ask();
    expect(await ask()).toBe(102);
    expect(changes).toEqual([
      [first.host, "HTTP status 500"],
      [first.host, undefined],
    ]);
  });

  it.each<[string, Partial<Behaviour>]>([
    ["is silent", { isSilent: true }],
    ["is busy", { status: 429 }],
    ["is broken", { status: 500 }],
    ["gives nonsense", { head: 13 }],
    ["gives too much", { padding: 10_000 }],
    ["is of another chain", { chainId: 1 }],
  ])("excludes a node that %s", async (_, behaviour) => {
    const [bad, good] = [await startNode(behaviour), await startNode()];
    expect(await open([bad, good], { chainId: 27587, maxLag: 1_000 }).ask()).toBe(100);
  });

  it("excludes a lagging node and an unreachable node", async () => {
    const [behind, current] = [await startNode({ head: 96 }), await startNode({ head: 100 })];
    const { ask, changes } = open([nowhere, behind, current]);
    expect(await ask()).toBe(100);
    expect(blockCalls(behind)).toBe(0);
    expect(changes).toEqual([
      ["127.0.0.1:1", expect.stringContaining("ECONNREFUSED")],
      [behind.host, "4 blocks behind"],
    ]);
    behind.head = 97;
    expect(await ask()).toBe(97);
  });

  it("does not fall back to a lagging node while it knows a better one", async () => {
    const [behind, current] = [await startNode({ head: 1 }), await startNode({ head: 100 })];
    const { ask } = open([behind, current], { recheck: 60_000 });
    expect(await ask()).toBe(100);
    current.status = 503;
    await expect(ask()).rejects.toMatchObject({ status: 503 });
    expect(blockCalls(behind)).toBe(0);
  });

  it("does not wait twice for a node that timed out", async () => {
    const [silent, good] = [await startNode(), await startNode()];
    const { ask } = open([silent, good], { recheck: 60_000 });
    await ask();
    silent.isSilent = true;
    expect(await ask()).toBe(100);
    expect(await ask()).toBe(100);
    expect(blockCalls(silent)).toBe(2);
  });

  it("reports a missing block when all healthy nodes lack it", async () => {
    const [first, second] = [await startNode({ head: 100 }), await startNode({ head: 102 })];
    const { ask } = open([first, second, nowhere]);
    expect(await ask(101)).toBe(102);
    expect(await ask(103)).toBeUndefined();
  });

  it("asks for the chain id in a separate request, again after GETH_RECHECK or a failure", async () => {
    const node = await startNode();
    const { ask } = open([node], { chainId: 27587, recheck: 60_000 });
    expect([await ask(), await ask()]).toEqual([100, 100]);
    expect(node.calls.sort()).toEqual(["eth_chainId", "eth_getBlockByNumber", "eth_getBlockByNumber"]);
    node.status = 500;
    await expect(ask()).rejects.toMatchObject({ status: 502 });
    node.status = 200;
    node.chainId = 1;
    await expect(ask()).rejects.toMatchObject({
      status: 502,
      cause: { message: "the node belongs to chain 1, but GETH_CHAIN_ID is 27587" },
    });
  });

  it("notices within GETH_RECHECK that another node has taken over the address", async () => {
    const node = await startNode();
    const { ask } = open([node], { chainId: 27587, recheck: 0 });
    expect(await ask()).toBe(100);
    node.chainId = 1;
    await expect(ask()).rejects.toMatchObject({ status: 502 });
  });

  it.each<[string, number, Partial<Behaviour>[]]>([
    ["alike", 504, [{ isSilent: true }, { isSilent: true }]],
    ["alike", 502, [{ chainId: 1 }, { status: 401 }]],
    ["alike", 503, [{ status: 429 }, { status: 503 }]],
    ["differently", 503, [{ isSilent: true }, { status: 500 }]],
  ])(
    "combines the failures of all nodes (%s) into %s, and names the nodes for the log",
    async (_, status, behaviours) => {
      const nodes = await Promise.all(behaviours.map(startNode));
      const hosts = nodes.map(({ host }) => host).join(", ");
      await expect(open(nodes, { chainId: 27587 }).ask()).rejects.toMatchObject({
        status,
        message: expect.stringContaining(hosts),
        cause: { message: expect.stringMatching(/; GETH_RPC_ENDPOINT/) },
      });
    },
  );

  it("asks the next node when one limits the rate, and returns the shortest delay when all do", async () => {
    const busy = { status: 429, retryAfter: "30" };
    const [first, second] = [await startNode(busy), await startNode({ head: 101 })];
    const { ask } = open([first, second], { recheck: 60_000 });
    expect(await ask()).toBe(101);
    Object.assign(second, { status: 503, retryAfter: "20" });
    await expect(ask()).rejects.toMatchObject({ status: 503, headers: { "retry-after": "20" } });
    second.status = 500;
    await expect(ask()).rejects.toMatchObject({ status: 503, headers: { "retry-after": "30" } });
  });

  it("gives up at the total timeout", async () => {
    const nodes = [await startNode(), await startNode()] as const;
    const { ask } = open(nodes, { recheck: 60_000, timeout: 60_000 });
    await ask();
    for (const node of nodes) node.isSilent = true;
    await expect(ask(1, 200)).rejects.toMatchObject({ status: 504 });
    expect(nodes.map(blockCalls)).toEqual([2, 0]);
  });

  it("does not count a closed keep-alive connection as a failure of the node", async () => {
    const node = await startNode({ isBrief: true });
    const { ask } = open([node]);
    expect(await ask()).toBe(100);
    expect(await ask()).toBe(100);
  });
});
