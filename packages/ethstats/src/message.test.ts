import { type Message, readMessage } from "./message.ts";
import { emitted, sampleBlock, sampleHello, sampleStats } from "./testing/sample-messages.ts";

const payloadOf = (type: string, payload: unknown) =>
  (readMessage(emitted(type, payload)) as Message).payload;

describe("readMessage", () => {
  it("reads a hello", () => {
    expect(payloadOf("hello", sampleHello("s1", "hush"))).toEqual({
      id: "s1",
      secret: "hush",
      info: {
        node: "Geth/s1/v1.13.15-stable-c5ba367e/linux-amd64/go1.22.1",
        os: "linux",
        os_v: "amd64",
        net: 27587,
        port: 30303,
        protocol: "eth/68, snap/1",
      },
    });
  });

  it("reads a block, its difficulties exactly and its transactions as a count", () => {
    const { transactionsRoot, stateRoot, uncles, ...block } = sampleBlock(7);
    expect(payloadOf("block", { id: "s1", block: sampleBlock(7) })).toEqual({
      block: {
        ...block,
        difficulty: 2n,
        totalDifficulty: 38685626227668133590597633n,
        transactions: 1,
      },
    });
  });

  it("reads what a node says of itself, and null where it says nothing", () => {
    const { mining, hashrate, ...later } = sampleStats;
    expect(payloadOf("stats", { id: "s1", stats: sampleStats })).toEqual({ stats: sampleStats });
    // Geth 1.16 does not mine.
    expect(payloadOf("stats", { id: "s1", stats: later })).toEqual({
      stats: { ...later, mining: null, hashrate: null },
    });
  });

  it("reads the rest", () => {
    expect(payloadOf("node-ping", { id: "s1", clientTime: "now" })).toEqual({ clientTime: "now" });
    expect(payloadOf("latency", { id: "s1", latency: "12" })).toEqual({ latency: 12 });
    expect(payloadOf("pending", { id: "s1", stats: { pending: 4 } })).toEqual({ stats: { pending: 4 } });
  });

  it("takes the blocks of a history that are blocks, and no more than fifty", () => {
    const read = (history: unknown[]) =>
      (payloadOf("history", { history }) as { history: { number: number }[] }).history.map(
        ({ number }) => number,
      );
    expect(read([sampleBlock(3), null, { number: 2 }, sampleBlock(1)])).toEqual([3, 1]);
    expect(read(Array.from({ length: 60 }, (_, index) => sampleBlock(index)))).toHaveLength(50);
  });

  it("gives null for what has a form that nobody knows", () => {
    const block = {
      ...sampleBlock(7),
      totalDifficulty: "<nil>",
      miner: "nobody",
      transactions: 3,
      gasUsed: -1,
    };
    expect(payloadOf("block", { block })).toMatchObject({
      block: { number: 7, totalDifficulty: null, miner: null, transactions: null, gasUsed: null },
    });
    const info = { node: "x".repeat(1000), net: "main", port: 1e9 };
    expect(payloadOf("hello", { id: "s1", secret: "hush", info })).toMatchObject({
      info: { node: "x".repeat(200), net: null, port: null, os: null },
    });
  });

  it.each([
    ["not_json", "{"],
    ["not_json", ""],
    ["not_emit", "null"],
    ["not_emit", "[]"],
    ["not_emit", '{"emit":{}}'],
    ["unknown_type", '{"emit":[]}'],
    ["unknown_type", emitted("toString", {})],
    ["unknown_type", emitted("primus", {})],
    ["bad_payload", '{"emit":["block"]}'],
    ["bad_payload", emitted("block", { block: null })],
    ["bad_payload", emitted("block", { block: { ...sampleBlock(1), number: 1.5 } })],
    ["bad_payload", emitted("block", { block: { ...sampleBlock(1), number: 2 ** 53 } })],
    ["bad_payload", emitted("block", { block: { ...sampleBlock(1), hash: "0x1" } })],
    ["bad_payload", emitted("latency", { latency: "soon" })],
    ["bad_payload", emitted("hello", { ...sampleHello("s1", "hush"), secret: 7 })],
    ["bad_payload", emitted("hello", sampleHello("", "hush"))],
    ["bad_payload", emitted("hello", sampleHello("n".repeat(101), "hush"))],
    ["not_emit", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ])("finds %s", (malformed, data) => {
    expect(readMessage(data)).toBe(malformed);
  });
});
