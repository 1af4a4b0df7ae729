import { FunctionRequest } from "@platform/shared/function/request";
import { type StartedListener, startListener } from "../../../test/support/http/listener.ts";
import { blockQuery } from "./block-query.ts";
import type { BlockReader } from "./block-reader.ts";
import { readConfig } from "./config.ts";
import { connect } from "./connect.ts";
import { lastBlock } from "./last-block.ts";

interface RpcRequest {
  id: number;
  method: string;
  params: [block: string];
}

/** Answers the calls of a request with an HTTP status and a body. */
type Answer = (calls: RpcRequest[], isBatch: boolean) => [status: number, body: unknown];

const hex = (number: number) => `0x${number.toString(16)}`;
const toHash = (number: number) => `0x${number.toString(16).padStart(64, "0")}`;
const head = 500;

/** A block whose difficulty is a JSON number. */
const blockJson = (number: number) =>
  `{"number":"${hex(number)}","hash":"${toHash(number + 1)}","parentHash":"${toHash(number)}","timestamp":"${hex(number)}",` +
  `"difficulty":38685626227668133590597633,"transactions":[{"value":1e21}],"withdrawals":[{"amount":-9007199254740993}],"extra":{"n":12345678901234567890}}`;

function createResult({ method, params: [block] }: RpcRequest): string {
  if (method === "eth_chainId") return '"0x6bc3"';
  const number = block === "latest" ? head : Number(block);
  return number > head ? "null" : blockJson(number);
}
const createAnswer = (call: RpcRequest) => `{"jsonrpc":"2.0","id":${call.id},"result":${createResult(call)}}`;
const correctAnswer: Answer = (calls, isBatch) => [
  200,
  isBatch ? `[${calls.map(createAnswer)}]` : createAnswer(calls[0]!),
];
const refusing =
  (code: number, message: string, id: unknown = null): Answer =>
  () => [200, { jsonrpc: "2.0", id, error: { code, message } }];

let answer: Answer;
let sizes: number[];
let userAgents: (string | undefined)[];
let node: StartedListener;
const readers: BlockReader[] = [];

beforeAll(async () => {
  node = await startListener(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const parsed: RpcRequest | RpcRequest[] = JSON.parse(text);
    sizes.push([parsed].flat().length);
    userAgents.push(request.headers["user-agent"]);
    const [status, body] = answer([parsed].flat(), Array.isArray(parsed));
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  });
});
beforeEach(() => {
  answer = correctAnswer;
  sizes = [];
  userAgents = [];
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => node[Symbol.asyncDispose]());

/** The function with these settings. */
function open(env: Record<string, string> = {}) {
  const config = readConfig({ GETH_RPC_ENDPOINT: node.url, GETH_CACHE: "0ms", LOG_LEVEL: "silent", ...env });
  const reader = connect(config, { onCall: () => undefined, retried: () => undefined });
  readers.push(reader);
  return async (query: Record<string, string> = {}) => {
    const request = new FunctionRequest({ method: "GET", query });
    return (await lastBlock(reader, blockQuery(request, config))).json;
  };
}

const readNumbers = (json: string) => JSON.parse(json).map(({ number }: { number: number }) => number);
const lastHundred = Array.from({ length: 100 }, (_, index) => head - 99 + index);

it("splits a run into batches of GETH_BATCH_SIZE", async () => {
  const call = open({ GETH_BATCH_SIZE: "40" });
  expect(readNumbers(await call({ count: "100" }))).toEqual(lastHundred);
  expect(sizes).toEqual([1, 40, 40, 21]);
});

it.each([
  ["takes no more than 10 calls", 10],
  ["takes no batches", 0],
])("reads a run from a node that %s, with GETH_CHAIN_ID", async (_, limit) => {
  answer = (calls, isBatch) =>
    isBatch && calls.length > limit
      ? refusing(-32600, "Invalid request")([], true)
      : correctAnswer(calls, isBatch);
  const call = open({ GETH_CHAIN_ID: "27587" });
  expect(JSON.parse(await call()).number).toBe(head);
  expect(sizes).toEqual([1, 1]);
  expect(readNumbers(await call({ count: "100" }))).toEqual(lastHundred);
});

it.each<[string, Answer, Record<string, string>, object]>([
  [
    "-32001",
    refusing(-32001, "block not found: 0x99"),
    { block: "0x99" },
    { status: 404, code: "block_not_found" },
  ],
  [
    "a number above the head",
    refusing(-32000, "requested block number greater than current block number"),
    { block: "999" },
    { status: 404, code: "block_not_found" },
  ],
  ["no safe block", refusing(-39001, "Unknown block"), { block: "safe" }, { status: 404 }],
  [
    "a rate limit",
    refusing(-32005, "Too many requests, retry in 20s"),
    {},
    { status: 503, code: "peer_unavailable", headers: { "retry-after": "20" } },
  ],
  ["code 429", refusing(429, "slow"), {}, { status: 503, headers: { "retry-after": "1" } }],
  ["a timeout", refusing(-32000, "request timed out"), {}, { status: 504, code: "peer_timeout" }],
  [
    "anything else",
    refusing(-32603, "disk full"),
    {},
    { status: 502, cause: { message: "JSON-RPC error -32603: disk full" } },
  ],
  [
    "an error with id 0",
    refusing(-32600, "not you", 0),
    {},
    { status: 502, cause: { message: "JSON-RPC error -32600: not you" } },
  ],
  [
    "403 with a text",
    () => [403, "invalid host specified"],
    {},
    { status: 502, cause: { message: "HTTP status 403: invalid host specified" } },
  ],
])(
  "answers to %s with a status and a code, and keeps the node's message for the log",
  async (_, nodeAnswer, query, expected) => {
    answer = nodeAnswer;
    await expect(open()(query)).rejects.toMatchObject(expected);
  },
);

it("keeps every digit of numbers, nested ones too", async () => {
  const json = await open()({ transactions: "full" });
  expect(json).toContain('"difficulty":38685626227668133590597633,');
  expect(json).toContain('"extra":{"n":12345678901234567890}');
  expect(json).toContain('"transactions":[{"value":1000000000000000000000}]');
  expect(json).toContain('"withdrawals":[{"amount":-9007199254740993}]');
  expect(await open()({ fields: "difficulty", count: "1" })).toBe(
    '[{"difficulty":38685626227668133590597633}]',
  );
});

it("sends its name and version as User-Agent", async () => {
  await open()();
  expect(userAgents).toEqual([
    expect.stringMatching(/^serverless-data-platform\/\d+\.\d+\.\d+\S* last-block$/),
  ]);
});
