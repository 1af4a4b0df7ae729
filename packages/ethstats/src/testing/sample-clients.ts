import { emitted, sampleHash } from "./sample-messages.ts";

const name = "node-a";
const besuId = `0x${"ab".repeat(64)}`;
const signer = "0x71562b71999873db5b286df957af199ec94617f7";
const roots = { transactionsRoot: sampleHash(2, "c"), stateRoot: sampleHash(3, "d") };
const hashes = { hash: sampleHash(7), parentHash: sampleHash(6) };
const plain = {
  number: 7,
  ...hashes,
  timestamp: 1_700_000_014,
  miner: signer,
  gasUsed: 21_000,
  gasLimit: 30_000_000,
};
const listed = { transactions: [{ hash: sampleHash(1, "b") }], ...roots, uncles: [] };
const general = { api: "No", client: "0.1.1", canUpdateHistory: true };

/** The messages of a client for node-a with block 7, according to its source code: hello, block, pending, latency, stats. */
interface SampleClient {
  hello(secret: string): string;
  messages: string[];
  version: string;
  /** The expected facts in the list of nodes, without the block. */
  expected: object;
}

const geth = (release: string, stats: object, block: object): SampleClient => ({
  hello: (secret) =>
    emitted("hello", {
      id: name,
      info: {
        ...{ name, node: `Geth/${name}/v${release}-stable/linux-amd64/go1.22.1`, port: 30303, net: "27587" },
        ...{ protocol: "eth/68, snap/1", os: "linux", os_v: "amd64", ...general },
      },
      secret,
    }),
  messages: [
    emitted("latency", { id: name, latency: "28" }),
    emitted("block", { id: name, block: { ...plain, ...listed, difficulty: "2", ...block } }),
    emitted("pending", { id: name, stats: { pending: 4 } }),
    emitted("stats", {
      id: name,
      stats: { active: true, syncing: false, peers: 3, gasPrice: 1_000_000_007, uptime: 100, ...stats },
    }),
  ],
  version: `v${release}`,
  expected: { latency: 3, pending: 4, peers: 3, gasPrice: 1_000_000_007, port: 30303, networkId: 27587 },
});

/** Clients of the protocol. */
export const sampleClients: Record<string, SampleClient> = {
  "Geth 1.8": geth("1.8.27", { mining: true, hashrate: 0 }, { totalDifficulty: "15" }),
  "Geth 1.13": geth("1.13.15", { mining: true, hashrate: 0 }, { totalDifficulty: "15" }),
  "Geth 1.17": geth("1.17.10", {}, { difficulty: "0", totalDifficulty: "0" }),
  Besu: {
    hello: (secret) =>
      emitted("hello", {
        id: besuId,
        info: {
          ...{ name, node: "besu/v24.12.2/linux-x86_64/openjdk-java-21", port: "30303", net: "27587" },
          ...{ protocol: "[eth/66, eth/67, eth/68]", os: "linux", os_v: "x86_64", ...general, contact: "" },
        },
        secret,
      }),
    messages: [
      emitted("node-ping", { id: besuId, clientTime: "1700000000000" }),
      emitted("latency", { id: besuId, latency: "58" }),
      emitted("block", {
        id: besuId,
        block: {
          ...{
            number: "0x7",
            ...hashes,
            mixHash: sampleHash(1),
            nonce: "0x0000000000000000",
            logsBloom: "0x00",
          },
          ...{ miner: signer, difficulty: "0x1", totalDifficulty: "0x20000000000000000001", extraData: "0x" },
          ...{ baseFeePerGas: "0x7", size: "0x220", gasLimit: "0x1c9c380", gasUsed: "0x5208" },
          ...{
            timestamp: "0x6553f10e",
            uncles: [],
            transactions: [{ hash: sampleHash(1, "b"), nonce: "0x0" }],
          },
        },
      }),
      emitted("pending", { id: besuId, stats: { pending: 4 } }),
      emitted("stats", {
        id: besuId,
        stats: {
          active: true,
          mining: true,
          hashrate: 0,
          peers: 3,
          gasPrice: 1_000,
          syncing: true,
          uptime: 100,
        },
      }),
    ],
    version: "v24.12.2",
    expected: { latency: 4, pending: 4, peers: 3, gasPrice: 1_000, port: 30303, networkId: 27587 },
  },
  Nethermind: {
    hello: (secret) =>
      emitted("hello", {
        id: `${name}-${sampleHash(9)}`,
        secret,
        info: {
          ...{ name, node: "Nethermind/v1.25.4+20b10b35/linux-x64/dotnet8.0.1", port: 30303, net: "27587" },
          ...{ protocol: "eth/66", api: "no", os: "Linux", os_V: "X64", client: "0.1.1", contact: "" },
          canUpdateHistory: false,
        },
      }),
    messages: [
      emitted("latency", { latency: 12, id: `${name}-${sampleHash(9)}` }),
      emitted("block", {
        block: { ...plain, ...listed, difficulty: "2", totalDifficulty: "15", uncles: [{}] },
      }),
      emitted("pending", { stats: { pending: 4 }, id: name }),
      emitted("stats", {
        stats: {
          active: true,
          syncing: false,
          mining: false,
          hashrate: 0,
          peers: 3,
          gasPrice: 7,
          uptime: 100,
        },
      }),
    ],
    version: "v1.25.4",
    expected: { latency: 12, pending: 4, peers: 3, gasPrice: 7, architecture: "X64", networkId: 27587 },
  },
  Reth: {
    hello: (secret) =>
      emitted("hello", {
        id: name,
        secret,
        info: {
          ...{ name, node: "reth/v1.5.0-61e38f9/x86_64-unknown-linux-gnu", port: 30303, net: "27587" },
          ...{ protocol: "eth/68", os: "linux", os_v: "x86_64", ...general },
        },
      }),
    messages: [
      emitted("latency", { id: name, latency: 28 }),
      emitted("block", {
        id: name,
        block: {
          ...plain,
          number: "0x7",
          timestamp: "0x6553f10e",
          ...listed,
          difficulty: "0",
          totalDifficulty: "0",
        },
      }),
      emitted("pending", { id: name, stats: { pending: 4 } }),
      emitted("new-payload", {
        id: name,
        payload: { number: "0x7", hash: sampleHash(7), processingTime: 150 },
      }),
      emitted("stats", {
        id: name,
        stats: { active: true, syncing: false, peers: 3, gasPrice: 7, uptime: 100 },
      }),
    ],
    version: "v1.5.0",
    expected: { latency: 3, pending: 4, peers: 3, mining: null, networkId: 27587 },
  },
  Erigon: {
    hello: (secret) =>
      emitted("hello", {
        id: name,
        info: {
          ...{ name, node: "erigon/2.60.8/linux-amd64/go1.21.13", port: 0, net: "27587", protocol: "eth/68" },
          ...{ os: "linux", os_v: "amd64", ...general },
        },
        secret,
      }),
    messages: [
      emitted("latency", { id: name, latency: "28" }),
      emitted("block", {
        id: name,
        block: { ...plain, ...listed, difficulty: "0", totalDifficulty: "58750003716598352816469" },
      }),
      emitted("pending", { id: name, stats: { pending: 4 } }),
      emitted("stats", {
        id: name,
        stats: {
          active: true,
          syncing: false,
          mining: false,
          hashrate: 0,
          peers: 3,
          gasPrice: 0,
          uptime: 100,
        },
      }),
    ],
    version: "2.60.8",
    expected: { latency: 3, pending: 4, peers: 3, mining: false, gasPrice: 0 },
  },
  "eth-net-intelligence-api": {
    hello: (secret) =>
      emitted("hello", {
        id: "nodeA",
        info: {
          ...{ name, contact: "", coinbase: null, node: "Geth/v1.4.0-stable/linux/go1.5.1", net: "27587" },
          ...{ protocol: 63, api: "0.15.3", port: "30303", os: "linux", os_v: "4.4.0-21-generic" },
          ...{ client: "0.1.1", canUpdateHistory: true },
        },
        secret,
      }),
    messages: [
      '{"_latency":null}',
      '"primus::ping::1700000000000"',
      emitted("latency", { id: "nodeA", latency: 28 }),
      emitted("block", {
        id: "nodeA",
        block: {
          ...plain,
          transactions: [sampleHash(1, "b")],
          uncles: [],
          difficulty: "2",
          totalDifficulty: "15",
          size: 537,
        },
      }),
      emitted("pending", { id: "nodeA", stats: { pending: 4 } }),
      emitted("stats", {
        id: "nodeA",
        stats: {
          ...{ active: true, mining: false, hashrate: 0, peers: 3, gasPrice: "20000000000", uptime: 99.5 },
          syncing: { startingBlock: 0, currentBlock: 7, highestBlock: 9, progress: 0.7 },
        },
      }),
    ],
    version: "v1.4.0",
    expected: { latency: 3, pending: 4, peers: 3, syncing: true, gasPrice: 20_000_000_000, protocol: "63" },
  },
};
