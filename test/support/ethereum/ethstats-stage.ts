import { setTimeout as pause } from "node:timers/promises";
import { FakeNode } from "@platform/ethstats/testing/fake-node";
import { sampleBlock, sampleHash, sampleStats } from "@platform/ethstats/testing/sample-messages";
import { type StartedService, startService } from "../process/service.ts";

/** The built Ethstats server with fake nodes. */
export interface EthstatsStage extends AsyncDisposable {
  url: string;
  /** The nodes, `node-000` first. */
  nodes: FakeNode[];
  service: StartedService;
  /** Connects another node, which reports the head. */
  join(name: string): Promise<FakeNode>;
  /** Makes the next block; each node reports it at most `spreadMs` after the first one. */
  mine(spreadMs?: number): Promise<void>;
}

export interface EthstatsStageOptions {
  nodes: number;
  consensus: "proof of work" | "proof of authority" | "proof of stake";
  env?: Record<string, string>;
}

const secret = "hush";
const historyLength = 50;
const miners = ["0x71562b71999873db5b286df957af199ec94617f7", `0x${"a1".repeat(20)}`, `0x${"b2".repeat(20)}`];

const difficulties = {
  "proof of work": (number: number) => 131_072 + 64 * (number % 20),
  "proof of authority": (number: number) => (number % 3 === 0 ? 1 : 2),
  "proof of stake": () => 0,
};

/** Starts the server and connects the nodes. They have 50 blocks, and the first node reports their history. */
export async function startEthstatsStage({
  nodes: count,
  consensus,
  env = {},
}: EthstatsStageOptions): Promise<EthstatsStage> {
  const service = await startService("ethstats", {
    env: { WS_SECRET: secret, LOG_LEVEL: "error", SILENCE_LIMIT: "10m", MAX_NODES: "250", ...env },
  });
  let head = 1_000;
  const toBlock = (number: number) => ({
    ...sampleBlock(number),
    timestamp: 1_700_000_000 + 2 * number + (number % 5 === 0 ? 1 : 0),
    difficulty: String(difficulties[consensus](number)),
    miner: miners[number % miners.length],
    gasUsed: (number * 1_234_567) % 28_000_000,
    transactions: Array.from({ length: (number * 7) % 60 }, (_, index) => ({ hash: sampleHash(index, "b") })),
    uncles: consensus === "proof of work" && number % 10 === 0 ? [{}] : [],
    ...(consensus === "proof of stake" ? { baseFeePerGas: 875_000_000 } : {}),
  });
  const history = Array.from({ length: historyLength }, (_, index) => toBlock(head - index));

  async function join(name: string): Promise<FakeNode> {
    const node = await FakeNode.login(service.url, name, secret);
    const { mining, hashrate, ...stats } = sampleStats;
    node.emit("latency", { latency: String(4 + (nodes.length % 40)) });
    node.emit("block", { block: toBlock(head) });
    node.emit("pending", { stats: { pending: nodes.length % 9 } });
    node.emit("stats", { stats: consensus === "proof of stake" ? stats : sampleStats });
    return node;
  }

  const nodes: FakeNode[] = [];
  for (let index = 0; index < count; index += 1) {
    nodes.push(await join(`node-${String(index).padStart(3, "0")}`));
  }
  nodes[0]?.emit("history", { history });
  return {
    url: service.url,
    nodes,
    service,
    join,
    async mine(spreadMs = 0) {
      head += 1;
      const block = toBlock(head);
      const steps = 10;
      for (let step = 0; step < steps; step += 1) {
        for (const [index, node] of nodes.entries()) {
          if ((index * 7 + head) % steps === step) node.emit("block", { block });
        }
        await pause(spreadMs / steps);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const node of nodes) node.socket.terminate();
      await service[Symbol.asyncDispose]();
    },
  };
}
