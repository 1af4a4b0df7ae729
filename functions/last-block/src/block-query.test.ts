import { FunctionRequest } from "@platform/shared/function/request";
import { blockQuery } from "./block-query.ts";

const read = (query: Record<string, unknown>) =>
  blockQuery(new FunctionRequest({ method: "GET", query }), { MAX_COUNT: 500 });

const post = (body: string, query: Record<string, unknown> = {}) =>
  blockQuery(new FunctionRequest({ query, body: Buffer.from(body) }), { MAX_COUNT: 500 });

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
    expect([{}, { format: "web3" }, { format: "rpc" }].map((query) => read(query).format)).toEqual([
      "web3",
      "web3",
      "rpc",
    ]);
  });

  it.each([
    ...["newest", "-1", "1.5", "0x", "0xzz", "", `${hash}00`, "1e3", "9".repeat(16)].map((block) => ({
      block,
    })),
    ...["0", "501", "-1", "1.5", "many", "", "0x5"].map((count) => ({ count })),
    ...["", "number,", ",", " "].map((fields) => ({ fields })),
    ...["", "all", "true"].map((transactions) => ({ transactions })),
    ...["", "RPC", "json", "rpc,web3"].map((format) => ({ format })),
    { block: ["1", "2"] },
    { count: "3", transactions: "full" },
    { count: "3", block: "pending" },
  ])("refuses %j", (query) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ status: 400, code: "invalid_query" }));
  });

  it("refuses an unknown parameter and lists the allowed ones", () => {
    expect(() => read({ blok: "1" })).toThrow(
      'Unknown query parameter "blok"; allowed: block, count, fields, format, transactions.',
    );
  });
});

describe("blockQuery of a POST", () => {
  it.each([
    ['{"block":1}', { block: "1" }],
    ['{"block":"0x15AD"}', { block: "0x15AD" }],
    ['{"block":"finalized","count":3}', { block: "finalized", count: "3" }],
    ['{"count":"3"}', { count: "3" }],
    ['{"transactions":"full","fields":"number,hash"}', { transactions: "full", fields: "number,hash" }],
    ['{"fields":["number","hash"]}', { fields: "number,hash" }],
    ['{"format":"rpc","block":1}', { format: "rpc", block: "1" }],
    [' {"block":1}\n', { block: "1" }],
    ['\ufeff{"block":1}', { block: "1" }],
    ["{}", {}],
    ["", {}],
    [" \r\n", {}],
  ])("reads the body %j as the query", (body, query) => {
    expect(post(body)).toEqual(read(query));
  });

  it("combines parameters of the query and of the body, but refuses one that is in both", () => {
    expect(post('{"block":1}', { fields: "number" })).toEqual(read({ block: "1", fields: "number" }));
    expect(() => post('{"block":1}', { block: "1" })).toThrow(
      expect.objectContaining({
        status: 400,
        code: "invalid_query",
        message: 'The parameter "block" must be given only once, in the query or in the body.',
      }),
    );
  });

  it.each([
    ...["-1", "1.5", "true", "null", "[1]", '{"number":1}', '"newest"', '""', "12345678901234567890"].map(
      (block) => `{"block":${block}}`,
    ),
    ...["0", "501", "1.5", '"many"', "[3]"].map((count) => `{"count":${count}}`),
    ...['""', "[]", "[1]", '[""]', '{"number":true}'].map((fields) => `{"fields":${fields}}`),
    '{"transactions":true}',
    '{"format":"text"}',
    '{"format":["rpc"]}',
    '{"count":3,"transactions":"full"}',
  ])("refuses an invalid type of value in the body: %s", (body) => {
    expect(() => post(body)).toThrow(expect.objectContaining({ status: 400, code: "invalid_query" }));
  });

  it.each([
    "1",
    "null",
    '"latest"',
    "[]",
    '[{"block":1}]',
    "{",
    "block=1",
    "People are kind",
    '{"block":1}{}',
  ])("refuses a body that is not a JSON object, and lists the fields: %s", (body) => {
    expect(() => post(body)).toThrow(
      expect.objectContaining({
        status: 400,
        code: "invalid_body",
        message:
          "The body must be empty or a JSON object; allowed fields: block, count, fields, format, transactions.",
      }),
    );
  });

  it.each(["blok", "__proto__", "toString", "Block"])("refuses the unknown field %s of a body", (name) => {
    expect(() => post(`{"${name}":1}`)).toThrow(
      expect.objectContaining({
        status: 400,
        code: "invalid_body",
        message: `Unknown field "${name}" of the body; allowed: block, count, fields, format, transactions.`,
      }),
    );
  });

  it("ignores the body of a GET", () => {
    const call = new FunctionRequest({ method: "GET", body: Buffer.from('{"block":1}') });
    expect(blockQuery(call, { MAX_COUNT: 500 }).block.value).toBe("latest");
  });
});
