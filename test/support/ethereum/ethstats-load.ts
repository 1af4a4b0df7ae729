import { FakeNode } from "@platform/ethstats/testing/fake-node";
import { sampleBlock, sampleHash, sampleStats } from "@platform/ethstats/testing/sample-messages";

/** Number of nodes, and the address to which they report. */
export interface EthstatsLoadOptions {
  url: string;
  secret: string;
  nodes: number;
  /** Milliseconds between two blocks. */
  blockTime: number;
  /** Transactions in each block. */
  transactions: number;
}

/** Nodes that report like Geth. Disposing of it closes their connections. */
export interface EthstatsLoad extends AsyncDisposable {
  /** The names of the nodes whose connection has closed. */
  closed: readonly string[];
  /** The number of the latest block. */
  height(): number;
}

/** Geth's intervals in milliseconds: of full reports, and of pending transactions while new ones arrive. */
const every = { full: 15_000, pending: 1_000 };
/** Propagation time of a block to the last node, in milliseconds. */
const longestDelay = 1_500;
const tick = 20;

/** Logs the nodes in, 20 at a time, and reports until the load is disposed of. */
export async function startEthstatsLoad(options: EthstatsLoadOptions): Promise<EthstatsLoad> {
  const { url, secret, blockTime } = options;
  const nodes: FakeNode[] = [];
  while (nodes.length < options.nodes) {
    const batch = Array.from({ length: Math.min(20, options.nodes - nodes.length) }, (_, index) =>
      FakeNode.login(url, `node-${nodes.length + index}`, secret),
    );
    nodes.push(...(await Promise.all(batch)));
  }
  const closed: string[] = [];
  for (const node of nodes) node.socket.on("close", () => closed.push(node.name));
  const transactions = Array.from({ length: options.transactions }, (_, index) => ({
    hash: sampleHash(index, "e"),
  }));
  const begin = Date.now();
  const height = () => Math.floor((Date.now() - begin) / blockTime);
  let before = 0;
  const timer = setInterval(() => {
    const now = Date.now() - begin;
    for (const [index, node] of nodes.entries()) {
      const share = index / nodes.length;
      const isDue = (period: number, offset: number) =>
        Math.floor((now - offset) / period) > Math.floor((before - offset) / period);
      const full = isDue(every.full, share * every.full);
      const block = isDue(blockTime, share * longestDelay);
      if (full) node.emit("node-ping", { clientTime: new Date().toString() });
      if (full) node.emit("latency", { latency: String(25 + (now % 50)) });
      if (full || block) node.emit("block", { block: { ...sampleBlock(height()), transactions } });
      if (full || block || isDue(every.pending, share * every.pending)) {
        node.emit("pending", { stats: { pending: now % 1_000 } });
      }
      if (full) node.emit("stats", { stats: { ...sampleStats, gasPrice: now } });
    }
    before = now;
  }, tick);
  return {
    closed,
    height,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      for (const { socket } of nodes) socket.terminate();
      await Promise.all(nodes.map((node) => node.closed));
    },
  };
}
