import { FunctionRequest } from "@platform/shared/function/request";
import { blockQuery } from "./block-query.ts";

const read = (query: Record<string, unknown>) =>
  blockQuery(new FunctionRequest({ method: "GET", query }), { MAX_COUNT: 500 });

const hash = `0x${"a1".repeat(32)}`;

describe("blockQuery", () => {
  it.each([
    [undefined, { by: "tag", value: "latest" }],
    ["finalized", { by: "tag", value: "finalized" }],
    ["5549", { by: "number", value: "0x15ad" }],
    ["0x15AD", { by: "number", value: "0x15ad" }],
    ["0", { by: "number", value: "0x0" }],
    ["999999999999999", { by: "number", value: "0x38d7ea4c67fff" }],
    [hash.toUpperCase().replace("0X", "0x"), { by: "hash", value: hash }],
  ])("reads block=%s", (block, selector) => {
    expect(read(block === undefined ? {} : { block }).block).toEqual(selector);
  });

  it("reads the other parameters", () => {
    expect(read({})).toMatchObject({ fullTransactions: false, fields: undefined, count: undefined });
    expect(read({ transactions: "full" }).fullTransactions).toBe(true);
    expect(read({ transactions: "hashes", count: "500" })).toMatchObject({
      fullTransactions: false,
      count: 500,
    });
    expect(read({ fields: "number, hash,number" }).fields).toEqual(["hash", "number"]);
  });

  it.each([
    ...["newest", "-1", "1.5", "0x", "0xzz", "", `${hash}00`, "1e3", "9".repeat(16)].map((block) => ({
      block,
    })),
    ...["0", "501", "-1", "1.5", "many", "", "0x5"].map((count) => ({ count })),
    ...["", "number,", ",", " "].map((fields) => ({ fields })),
    ...["", "all", "true"].map((transactions) => ({ transactions })),
    { block: ["1", "2"] },
    { count: "3", transactions: "full" },
    { count: "3", block: "pending" },
  ])("refuses %j", (query) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ status: 400, code: "invalid_query" }));
  });

  it("refuses a parameter that it does not know, and names those that it does", () => {
    expect(() => read({ blok: "1" })).toThrow(
      'The query parameter "blok" must be left out; there are block, count, fields, transactions.',
    );
  });
});
