/** The hash of a block, made from its number and the name of its fork. */
export function sampleHash(number: number, fork = "a"): string {
  return `0x${number.toString(16).padStart(60, "0")}${fork.padStart(4, "f")}`;
}

/** A block on a chain with a block every two seconds. */
export function sampleBlock(
  number: number,
  { fork = "a", parent = fork }: { fork?: string; parent?: string } = {},
) {
  return {
    number,
    hash: sampleHash(number, fork),
    parentHash: number === 0 ? `0x${"0".repeat(64)}` : sampleHash(number - 1, parent),
    timestamp: number === 0 ? 0 : 1_700_000_000 + 2 * number,
    miner: "0x71562b71999873db5b286df957af199ec94617f7",
    gasUsed: 21_000,
    gasLimit: 30_000_000,
    difficulty: "2",
    totalDifficulty: "38685626227668133590597633",
    transactions: [{ hash: sampleHash(1, "b") }],
    transactionsRoot: sampleHash(2, "c"),
    stateRoot: sampleHash(3, "d"),
    uncles: [],
  };
}

/** A sample block in the list of blocks, with a known previous block. */
export function pastBlock(number: number) {
  const { hash, miner, timestamp, gasUsed, gasLimit } = sampleBlock(number);
  const counts = { transactions: 1, uncles: 0, difficulty: 2, baseFeePerGas: null };
  return { number, hash, miner, timestamp, gasUsed, gasLimit, ...counts, seconds: 2, propagation: null };
}

/** The facts of a sample hello in the list of nodes. */
export function toFacts(name: string) {
  const { info } = sampleHello(name, "");
  const { node: client, os, os_v: architecture, port, protocol } = info;
  const own = { name, client, version: "v1.13.15", os, architecture };
  return { ...own, networkId: Number(info.net), port, protocol };
}

/** The payload of the first message of Geth 1.13.15. */
export function sampleHello(name: string, secret: string) {
  return {
    id: name,
    info: {
      name,
      node: `Geth/${name}/v1.13.15-stable-c5ba367e/linux-amd64/go1.22.1`,
      port: 30303,
      net: "27587",
      protocol: "eth/68, snap/1",
      api: "No",
      os: "linux",
      os_v: "amd64",
      client: "0.1.1",
      canUpdateHistory: true,
    },
    secret,
  };
}

/** The payload of `stats`. */
export const sampleStats = {
  active: true,
  mining: true,
  syncing: false,
  hashrate: 0,
  peers: 3,
  gasPrice: 1_000_000_007,
  uptime: 100,
};

/** A serialised message. */
export function emitted(type: string, payload: unknown): string {
  return JSON.stringify({ emit: [type, payload] });
}
