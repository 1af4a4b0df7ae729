import type { RpcCall } from "@platform/shared/ethereum/rpc-client";
import { FunctionRequest } from "@platform/shared/function/request";
import { blockQuery } from "./block-query.ts";
import { createBlockReader } from "./block-reader.ts";
import type { EthereumNodes } from "./ethereum-nodes.ts";
import { lastBlock } from "./last-block.ts";

const hex = (n: number) => `0x${n.toString(16)}`;
const toHash = (n: number) => `0x${n.toString(16).padStart(64, "0")}`;
const timestamps = [100, 102, 104, 109, 111];

type RawBlock = Record<string, unknown>;

/** The blocks 0 to 4, each with a transaction. */
const chain: readonly RawBlock[] = timestamps.map((timestamp, n) => ({
  hash: toHash(n + 1),
  number: hex(n),
  parentHash: toHash(n),
  timestamp: hex(timestamp),
  transactions: [toHash(0xf0)],
}));

/** A function whose nodes have these blocks; `requests` lists the calls. */
function createFunction(blocks: readonly (RawBlock | null)[] = chain, { ttlMs = 0 } = {}) {
  const requests: string[][] = [];
  const answer = ({ method, params: [which, full] }: RpcCall) => {
    const match =
      which === "latest" || which === "pending"
        ? blocks.at(-1)
        : blocks.find((block) => block?.[method === "eth_getBlockByHash" ? "hash" : "number"] === which);
    return match && full ? { ...match, transactions: [{ hash: toHash(0xf0) }] } : (match ?? null);
  };
  const asText = (block: RawBlock | null) => block && JSON.stringify(block, null, 1);
  const nodes: EthereumNodes = {
    async ask(calls, read) {
      requests.push(calls.map(({ method, params }) => `${method} ${params.join(" ")}`));
      return read(calls.map((rpcCall) => (rpcCall.asText ? asText(answer(rpcCall)) : answer(rpcCall))));
    },
    close: () => undefined,
  };
  const reader = createBlockReader({ nodes, totalTimeout: 1_000, ttlMs });
  const call = async (query: Record<string, string> = {}) => {
    const request = new FunctionRequest({ method: "GET", query });
    const { headers, json } = await lastBlock(reader, blockQuery(request, { MAX_COUNT: 500 }));
    return { headers, json, value: JSON.parse(json) };
  };
  return { requests, call };
}

describe("lastBlock", () => {
  it("asks for a block by tag, number or hash, with the hashes of its transactions or in full", async () => {
    const { requests, call } = createFunction();
    expect((await call()).value).toEqual({
      hash: toHash(5),
      number: 4,
      parentHash: toHash(4),
      timestamp: 111,
      transactions: [toHash(0xf0)],
    });
    await call({ block: "2" });
    await call({ block: toHash(2) });
    const full = await call({ block: "2", transactions: "full" });
    expect(full.value.transactions).toEqual([{ hash: toHash(0xf0) }]);
    expect(requests.flat()).toEqual([
      "eth_getBlockByNumber latest false",
      "eth_getBlockByNumber 0x2 false",
      `eth_getBlockByHash ${toHash(2)} false`,
      "eth_getBlockByNumber 0x2 true",
    ]);
  });

  it("returns the hash as ETag, and immutable only for a block requested by its hash", async () => {
    const { call } = createFunction();
    expect((await call()).headers).toEqual({ "cache-control": "no-cache", etag: `"${toHash(5)}"` });
    expect((await call({ block: toHash(5) })).headers).toEqual({
      "cache-control": "private, max-age=31536000, immutable",
      etag: `"${toHash(5)}"`,
    });
    expect((await call({ block: "pending" })).headers).toEqual({ "cache-control": "no-cache" });
  });

  it("returns the chosen fields, and lists the known ones for an unknown field", async () => {
    const { call } = createFunction();
    expect((await call({ fields: "timestamp,number" })).value).toEqual({ number: 4, timestamp: 111 });
    await expect(call({ fields: "number,baseFeePerGas" })).rejects.toMatchObject({
      status: 400,
      message:
        'The parameter "fields" must be some of hash, number, parentHash, timestamp, transactions, separated by commas.',
    });
  });

  it.each([
    ["99", "The chain has no block 99."],
    [toHash(99), `The chain has no block ${toHash(99)}.`],
    ["safe", "The chain has no safe block."],
  ])("returns 404 for the missing block %s, without caching that", async (block, message) => {
    const { requests, call } = createFunction(chain, { ttlMs: 60_000 });
    for (let n = 0; n < 2; n += 1) {
      await expect(call({ block })).rejects.toMatchObject({
        status: 404,
        code: "block_not_found",
        message,
        headers: { "cache-control": "no-store" },
      });
    }
    expect(requests).toHaveLength(2);
  });

  it.each([[{ number: "many" }], ["nonsense"], [{ hash: toHash(1) }], [[]]])(
    "refuses %j as a block",
    async (block) => {
      await expect(createFunction([block as RawBlock]).call()).rejects.toThrow(TypeError);
    },
  );

  it("shares one call among concurrent requests for a block, whatever their fields", async () => {
    const { requests, call } = createFunction();
    await Promise.all([call(), call({ fields: "number" }), call({ fields: "hash" }), call()]);
    expect(requests).toHaveLength(1);
  });

  it("caches a block by its hash for good, but a block by its number only as long as the latest", async () => {
    const { requests, call } = createFunction();
    for (let n = 0; n < 2; n += 1) {
      await call({ block: toHash(2) });
      await call({ block: "1" });
      await call();
    }
    expect(requests.flat().map((text) => text.split(" ")[0])).toEqual([
      "eth_getBlockByHash",
      "eth_getBlockByNumber",
      "eth_getBlockByNumber",
      "eth_getBlockByNumber",
      "eth_getBlockByNumber",
    ]);
  });
});

describe("lastBlock with count", () => {
  it("returns the headers up to a block, oldest first, with one call and one batch", async () => {
    const { requests, call } = createFunction();
    const { headers, value } = await call({ count: "2" });
    expect(value).toEqual([
      { delta: 5, number: 3, timestamp: 109 },
      { delta: 2, number: 4, timestamp: 111 },
    ]);
    expect(headers).toEqual({ "cache-control": "no-cache", etag: `"${toHash(5)}"` });
    expect(requests).toEqual([
      ["eth_getBlockByNumber latest false"],
      [2, 3, 4].map((n) => `eth_getBlockByNumber ${hex(n)} false`),
    ]);
  });

  it("needs only the batch when the block is a number", async () => {
    const { requests, call } = createFunction();
    expect((await call({ count: "1", block: "3" })).value).toEqual([{ delta: 5, number: 3, timestamp: 109 }]);
    expect(requests).toEqual([[2, 3].map((n) => `eth_getBlockByNumber ${hex(n)} false`)]);
  });

  it("begins with block 0, without a delta, when the chain is shorter", async () => {
    const { call } = createFunction();
    const first = { delta: null, number: 0, timestamp: 100 };
    const second = { delta: 2, number: 1, timestamp: 102 };
    expect((await call({ count: "1", block: "0" })).value).toEqual([first]);
    expect((await call({ count: "2", block: "1" })).value).toEqual([first, second]);
    expect((await call({ count: "9", block: toHash(2) })).value).toEqual([first, second]);
    expect((await call({ count: "1", block: "1" })).value).toEqual([second]);
  });

  it("returns chosen fields, null for a field that an older block lacks", async () => {
    const forked = chain.map((block, n) => (n < 4 ? block : { ...block, baseFeePerGas: "0x7" }));
    const { call } = createFunction(forked);
    expect((await call({ count: "2", fields: "number,baseFeePerGas" })).value).toEqual([
      { baseFeePerGas: null, number: 3 },
      { baseFeePerGas: 7, number: 4 },
    ]);
    await expect(call({ count: "2", fields: "gas" })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("some of baseFeePerGas, delta, hash,"),
    });
  });

  it("answers 404 for a block that does not exist or is no longer in the chain", async () => {
    const orphan = { ...chain[3], hash: toHash(99) };
    const { call } = createFunction([...chain, orphan]);
    for (const block of ["7", toHash(98), toHash(99)]) {
      await expect(call({ count: "2", block })).rejects.toMatchObject({ status: 404 });
    }
  });

  it.each([
    ["lacks a block of the run", chain.map((block, n) => (n === 3 ? null : block)), "a block is missing"],
    [
      "changes chains during the call",
      chain.map((block, n) => (n === 3 ? { ...block, hash: toHash(77) } : block)),
      "block 4 does not follow the previous block",
    ],
  ])("rejects the answer of a node that %s", async (_, blocks, message) => {
    await expect(createFunction(blocks).call({ count: "3" })).rejects.toThrow(message);
  });

  it("shares a run, and the latest block with calls for that block", async () => {
    const { requests, call } = createFunction(chain, { ttlMs: 60_000 });
    await Promise.all([call(), call({ count: "2" }), call({ count: "2" })]);
    await call({ count: "2" });
    expect(requests).toHaveLength(2);
  });
});

describe("lastBlock with format=rpc", () => {
  const text = `{ "timestamp":"0x06f", "hash":"${toHash(5)}", "number": "0x4",
    "difficulty":3.8685626227668133590597633e25, "note":"\\u00e9","parentHash":"${toHash(4)}" }`;

  /** A function whose node returns this text for every block. */
  function createFunctionOfText(block: string) {
    const nodes: EthereumNodes = {
      ask: async (calls, read) => read(calls.map(() => block)),
      close: () => undefined,
    };
    const reader = createBlockReader({ nodes, totalTimeout: 1_000, ttlMs: 0 });
    return (query: Record<string, string>) =>
      lastBlock(reader, blockQuery(new FunctionRequest({ method: "GET", query }), { MAX_COUNT: 500 }));
  }

  it("returns the node's own text", async () => {
    expect((await createFunctionOfText(text)({ format: "rpc" })).json).toBe(text);
  });

  it("returns chosen fields in the node's order and spelling", async () => {
    const { json } = await createFunctionOfText(text)({ format: "rpc", fields: "note,difficulty,timestamp" });
    expect(json).toBe('{"timestamp":"0x06f","difficulty":3.8685626227668133590597633e25,"note":"\\u00e9"}');
    await expect(createFunctionOfText(text)({ format: "rpc", fields: "delta" })).rejects.toMatchObject({
      status: 400,
    });
  });

  it.each(["[]", "1", '"0x1"', '{"hash":"0x1"}', '{"number":"many"}'])(
    "refuses %s as a block",
    async (block) => {
      await expect(createFunctionOfText(block)({ format: "rpc" })).rejects.toThrow(TypeError);
    },
  );

  it("combines with block and transactions", async () => {
    const { call, requests } = createFunction();
    expect((await call({ format: "rpc", block: "2" })).value).toEqual(chain[2]);
    expect((await call({ format: "rpc", block: toHash(2), transactions: "full" })).value).toEqual({
      ...chain[1],
      transactions: [{ hash: toHash(0xf0) }],
    });
    await expect(call({ format: "rpc", block: "7" })).rejects.toMatchObject({ status: 404 });
    expect(requests.flat()).toEqual([
      "eth_getBlockByNumber 0x2 false",
      `eth_getBlockByHash ${toHash(2)} true`,
      "eth_getBlockByNumber 0x7 false",
    ]);
  });

  it("returns a run of headers with quantities, and null for the field that an older block lacks", async () => {
    const forked = chain.map((block, n) => (n < 4 ? block : { ...block, baseFeePerGas: "0x7" }));
    const { call } = createFunction(forked);
    expect((await call({ format: "rpc", count: "2" })).json).toBe(
      '[{"number":"0x3","timestamp":"0x6d","delta":"0x5"},{"number":"0x4","timestamp":"0x6f","delta":"0x2"}]',
    );
    expect((await call({ format: "rpc", count: "1", block: "0" })).value[0].delta).toBeNull();
    expect((await call({ format: "rpc", count: "2", fields: "baseFeePerGas" })).value).toEqual([
      { baseFeePerGas: null },
      { baseFeePerGas: "0x7" },
    ]);
    await expect(call({ format: "rpc", count: "2", fields: "gas" })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("some of baseFeePerGas, delta, hash,"),
    });
  });

  it("refuses a run with a gap", async () => {
    const blocks = chain.map((block, n) => (n === 3 ? null : block));
    await expect(createFunction(blocks).call({ format: "rpc", count: "3" })).rejects.toThrow(
      "a block is missing",
    );
    const other = chain.map((block, n) => (n === 3 ? { ...block, hash: toHash(77) } : block));
    await expect(createFunction(other).call({ format: "rpc", count: "3" })).rejects.toThrow(
      "does not follow",
    );
  });

  it("caches both formats separately, with an ETag for each", async () => {
    const { requests, call } = createFunction(chain, { ttlMs: 60_000 });
    for (let n = 0; n < 2; n += 1) {
      expect((await call()).value.number).toBe(4);
      expect((await call({ format: "rpc" })).value.number).toBe("0x4");
      expect((await call({ format: "rpc", count: "1" })).value).toHaveLength(1);
      expect((await call({ count: "1" })).value[0].number).toBe(4);
    }
    expect(requests).toHaveLength(4);
    expect((await call({ format: "rpc" })).headers).toEqual({
      "cache-control": "no-cache",
      etag: `"${toHash(5)}-rpc"`,
    });
    expect((await call({ format: "rpc", count: "1" })).headers.etag).toBe(`"${toHash(5)}-rpc"`);
    expect((await call({ format: "rpc", block: toHash(5) })).headers["cache-control"]).toMatch(/immutable/);
    expect((await call({ format: "rpc", block: "pending" })).headers).toEqual({
      "cache-control": "no-cache",
    });
  });
});
