import { type Message, readMessage, Unreadable } from "./message.ts";
import { sampleClients } from "./testing/sample-clients.ts";
import { emitted, sampleBlock, sampleHash, sampleHello, sampleStats } from "./testing/sample-messages.ts";

const readPayload = (type: string, payload: unknown) =>
  (readMessage(emitted(type, payload)) as Message).payload;
const readProblem = (type: string, payload: unknown) =>
  (readMessage(emitted(type, payload)) as Unreadable).problem;
const createBlock = (fields: object) => {
  const { block } = readPayload("block", { block: { ...sampleBlock(7), ...fields } }) as { block: object };
  return block;
};

describe("readMessage", () => {
  it("reads a hello", () => {
    expect(readPayload("hello", sampleHello("s1", "hush"))).toEqual({
      id: "s1",
      secret: "hush",
      info: {
        name: "s1",
        node: "Geth/s1/v1.13.15-stable-c5ba367e/linux-amd64/go1.22.1",
        os: "linux",
        os_v: "amd64",
        net: 27587,
        port: 30303,
        protocol: "eth/68, snap/1",
      },
    });
  });

  it.each(Object.entries(sampleClients))("reads all messages of %s", (_client, { hello, messages }) => {
    for (const text of [hello("hush"), ...messages]) expect(readMessage(text)).not.toBeInstanceOf(Unreadable);
    expect(readMessage(hello("hush"))).toMatchObject({ payload: { info: { name: "node-a", net: 27587 } } });
    const block = messages.map(readMessage).find((message) => (message as Message).type === "block");
    expect(block).toMatchObject({
      payload: { block: { number: 7, timestamp: 1_700_000_014, gasUsed: 21_000, transactions: 1 } },
    });
  });

  it.each([
    ["id alone", { id: "s1", secret: "hush" }, "s1"],
    ["name alone", { secret: "hush", info: { name: "n1" } }, "n1"],
    ["a long id and a name", { id: "0x".padEnd(130, "a"), secret: "hush", info: { name: "n1" } }, "n1"],
    ["an id and an unusable name", { id: "s1", secret: "hush", info: { name: "" } }, "s1"],
    ["the secret in info", { info: { name: "n1", secret: "hush" } }, "n1"],
  ])("reads a hello with %s", (_case, hello, name) => {
    expect(readPayload("hello", hello)).toMatchObject({
      secret: "hush",
      info: { name, node: null, port: null },
    });
  });

  it("reads a block: large numbers with all digits, lists as counts, hashes in lower case", () => {
    const { transactionsRoot, stateRoot, ...block } = sampleBlock(7);
    const read = { ...block, baseFeePerGas: null, difficulty: 2, transactions: 1, uncles: 0 };
    const totalDifficulty = 38685626227668133590597633n;
    expect(readPayload("block", { block })).toEqual({ block: { ...read, totalDifficulty } });
    expect(createBlock({ hash: block.hash.toUpperCase().replace("X", "x") })).toMatchObject({
      hash: block.hash,
    });
  });

  it.each([
    [7, 7],
    ["7", 7],
    ["0x7", 7],
    ["0x07", 7],
    ["0X0000000000000007", 7],
    ["0x1ff", 511],
    ["38685626227668133590597633", 38685626227668133590597633n],
    ["0x20000000000001", 9007199254740993n],
    ["0x", null],
    ["-7", null],
    ["7.5", null],
    [-7, null],
    [7.5, null],
    [true, null],
    ["<nil>", null],
  ])("reads the difficulty %j as %s", (sent, read) => {
    expect(createBlock({ difficulty: sent })).toMatchObject({ difficulty: read });
  });

  it("keeps the digits of a large JSON number", () => {
    const text = emitted("block", { block: { ...sampleBlock(7), difficulty: 0 } }).replace(
      '"difficulty":0',
      '"difficulty":38685626227668133590597633',
    );
    expect(readMessage(text)).toMatchObject({
      payload: { block: { difficulty: 38685626227668133590597633n } },
    });
  });

  it.each([
    ["lists", { transactions: [sampleHash(1), sampleHash(2)], uncles: [{}] }, { transactions: 2, uncles: 1 }],
    ["counts", { transactions: 2, uncles: "0x1" }, { transactions: 2, uncles: 1 }],
    ["neither", { transactions: null, uncles: undefined }, { transactions: null, uncles: null }],
  ])("reads transactions and uncles as %s", (_form, sent, read) => {
    expect(createBlock(sent)).toMatchObject(read);
  });

  it("reads a block with only number and hash, nested or beside the id", () => {
    const read = { number: 7, hash: sampleHash(7), parentHash: null, timestamp: null, miner: null };
    expect(readPayload("block", { id: "s1", number: "7", hash: sampleHash(7) })).toMatchObject({
      block: read,
    });
  });

  it("reads nested and flat stats, and null for missing fields", () => {
    const { mining, hashrate, uptime, ...later } = sampleStats;
    const read = { stats: { ...later, mining: null, hashrate: null } };
    expect(readPayload("stats", { id: "s1", stats: later })).toEqual(read);
    expect(readPayload("stats", { id: "s1", ...later })).toEqual(read);
    const texts = { peers: "0x19", gasPrice: "0x3b9aca07", hashrate: "0x0", syncing: "false" };
    expect(readPayload("stats", { stats: texts })).toMatchObject({
      stats: { peers: 25, gasPrice: 1_000_000_007, hashrate: 0, syncing: false, active: null },
    });
  });

  it.each([
    [{ stats: { pending: 4 } }],
    [{ stats: 4 }],
    [{ pending: 4 }],
    [{ pending: "0x4" }],
    [{ stats: { pending: { pending: 4, queued: 2 } } }],
  ])("reads the pending transactions of %j", (payload) => {
    expect(readPayload("pending", { id: "s1", ...payload })).toEqual({ pending: 4 });
  });

  it.each([
    ["12", 12],
    [12, 12],
    [12.6, 13],
    ["12.6", 13],
    [null, null],
    [undefined, null],
  ])("reads the latency %j as %s", (latency, read) => {
    expect(readPayload("latency", { id: "s1", latency })).toEqual({ latency: read });
  });

  it("returns the time of a ping unchanged", () => {
    expect(readPayload("node-ping", { id: "s1", clientTime: "now" })).toEqual({ clientTime: "now" });
    expect(readPayload("node-ping", { clientTime: 1_700_000_000_000 })).toEqual({
      clientTime: 1_700_000_000_000,
    });
    expect(readPayload("node-ping", null)).toEqual({ clientTime: null });
  });

  it.each([
    ['"primus::ping::1700000000000"', '"primus::pong::1700000000000"'],
    ["primus::ping::7", '"primus::pong::7"'],
    ['"primus::pong::7"', null],
    ['"primus::id::"', null],
    ['{"_latency":12}', null],
    ["{}", null],
    ["{}", null],
  ])("answers the Primus frame %s with %s", (frame, answer) => {
    expect(readMessage(frame)).toEqual({ type: "primus", payload: { answer } });
  });

  it.each(["block_new_payload", "new-payload", "newpayload"])("knows %s", (type) => {
    expect(readMessage(emitted(type, { block: { number: 7 } }))).toEqual({
      type: "new-payload",
      payload: null,
    });
  });

  it("reads the valid blocks of a history, at most the highest fifty", () => {
    const read = (history: unknown) =>
      (readPayload("history", { history }) as { history: { number: number }[] }).history.map(
        ({ number }) => number,
      );
    expect(read([sampleBlock(3), null, false, { number: 2 }, sampleBlock(1)])).toEqual([3, 1]);
    const sixty = Array.from({ length: 60 }, (_, index) => sampleBlock(index));
    expect(read(sixty)).toHaveLength(50);
    expect(Math.min(...read(sixty))).toBe(10);
    expect(read(null)).toEqual([]);
  });

  it("reads null for a field of an unknown form", () => {
    expect(
      createBlock({ totalDifficulty: "<nil>", miner: "nobody", transactions: "many", gasUsed: -1 }),
    ).toMatchObject({ number: 7, totalDifficulty: null, miner: null, transactions: null, gasUsed: null });
    const info = { node: "x".repeat(1000), net: "main", port: 1e9 };
    expect(readPayload("hello", { id: "s1", secret: "hush", info })).toMatchObject({
      info: { node: "x".repeat(200), net: null, port: null, os: null },
    });
  });

  it.each([
    ["not_json", "{"],
    ["not_json", ""],
    ["not_emit", "null"],
    ["not_emit", "[]"],
    ["not_emit", '"hello"'],
    ["not_emit", '{"emit":{}}'],
    ["unknown_type", '{"emit":[]}'],
    ["unknown_type", '{"emit":[["hello"],{}]}'],
    ["unknown_type", emitted("toString", {})],
    ["unknown_type", emitted("charts", {})],
    ["not_emit", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ])("refuses with %s", (reason, text) => {
    expect(readMessage(text)).toEqual(new Unreadable(reason as "not_json"));
  });

  it.each([
    ["hello", null, "expected an object, got null"],
    ["hello", { ...sampleHello("s1", "hush"), secret: 7 }, "secret: expected text, got a number"],
    ["hello", { ...sampleHello("s1", ""), secret: null }, "secret: expected text, got null"],
    [
      "hello",
      { secret: "hush", info: { name: null } },
      "info.name: expected text of 1 to 100 characters, got null",
    ],
    ["hello", sampleHello("", "hush"), "info.name: expected text of 1 to 100 characters, got empty text"],
    [
      "hello",
      { id: "0x".padEnd(130, "a"), secret: "hush", info: {} },
      "info.name: expected text of 1 to 100 characters, got null",
    ],
    ["block", null, "expected an object, got null"],
    ["block", { id: "s1" }, "block: expected an object, got null"],
    ["block", { block: null }, "block: expected an object, got null"],
    [
      "block",
      { block: { ...sampleBlock(1), number: 1.5 } },
      "block.number: expected an integer below 2^53: number, decimal text or 0x-hex, got a number",
    ],
    [
      "block",
      { block: { ...sampleBlock(1), number: 2 ** 53 } },
      "block.number: expected an integer below 2^53: number, decimal text or 0x-hex, got a number",
    ],
    [
      "block",
      { block: { ...sampleBlock(1), hash: "0x1" } },
      "block.hash: expected a hash of 64 hex digits, got text of length 3",
    ],
    [
      "latency",
      { latency: "soon" },
      "latency: expected milliseconds: number or decimal text, got text of length 4",
    ],
    ["stats", { id: "s1" }, "stats: expected an object, got null"],
    ["history", { history: 7 }, "history: expected a list, got a number"],
  ])("names the field of %s %j", (type, payload, problem) => {
    expect(readProblem(type, payload)).toBe(problem);
  });
});
