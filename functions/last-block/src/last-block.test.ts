import { PeerBadAnswerError } from "@platform/shared/errors/peer-errors";
import { FunctionRequest } from "@platform/shared/function/request";
import { blockSelector } from "./block-selector.ts";
import { lastBlock } from "./last-block.ts";
import type { RpcClient } from "./rpc-client.ts";

const select = (query: Record<string, unknown>) =>
  blockSelector(new FunctionRequest({ body: {}, headers: {}, method: "GET", path: "/", query }));

/** A node that answers with this and remembers what it was asked. */
function node(answer: unknown): RpcClient & { asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    send: async (...call) => {
      asked.push(call);
      return answer;
    },
    badAnswer: (cause) => new PeerBadAnswerError({ setting: "GETH_RPC_ENDPOINT", host: "node", cause }),
    close: () => undefined,
  };
}

const hash = `0x${"a1".repeat(32)}`;

describe("blockSelector", () => {
  it.each([
    [undefined, { by: "tag", value: "latest" }],
    ["finalized", { by: "tag", value: "finalized" }],
    ["5549", { by: "number", value: "0x15ad" }],
    ["0x15AD", { by: "number", value: "0x15ad" }],
    ["0", { by: "number", value: "0x0" }],
    [hash.toUpperCase().replace("0X", "0x"), { by: "hash", value: hash }],
  ])("reads block=%s", (block, selector) => {
    expect(select(block === undefined ? {} : { block })).toEqual(selector);
  });

  it.each(["newest", "-1", "1.5", "0x", "0xzz", "", `${hash}00`])("refuses block=%s", (block) => {
    expect(() => select({ block })).toThrow(expect.objectContaining({ status: 400, code: "invalid_query" }));
  });
});

describe("lastBlock", () => {
  it("asks for a block by tag, number or hash, with the hashes of its transactions", async () => {
    const client = node({ number: "0x1" });
    expect(await lastBlock(client, select({}))).toEqual({ number: 1 });
    await lastBlock(client, select({ block: "16" }));
    await lastBlock(client, select({ block: hash }));
    expect(client.asked).toEqual([
      ["eth_getBlockByNumber", ["latest", false]],
      ["eth_getBlockByNumber", ["0x10", false]],
      ["eth_getBlockByHash", [hash, false]],
    ]);
  });

  it("says that there is no such block", async () => {
    await expect(lastBlock(node(null), select({ block: "0x10" }))).rejects.toMatchObject({
      status: 404,
      code: "block_not_found",
      message: "The chain has no block 16.",
    });
  });

  it("takes a block that makes no sense for a bad answer of the node", async () => {
    await expect(lastBlock(node({ number: "many" }), select({}))).rejects.toMatchObject({ status: 502 });
    await expect(lastBlock(node("nonsense"), select({}))).rejects.toMatchObject({ status: 502 });
  });
});
