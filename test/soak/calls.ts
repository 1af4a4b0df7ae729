import { fakeBlockJson, fakeHead } from "../support/ethereum/fake-node.ts";
import { hasScore, type ReferenceScore, readReferenceScores } from "./reference-scores.ts";
import { refused, type SoakCall } from "./soak-call.ts";

const scores = readReferenceScores();
const pick = <T>(list: readonly T[], number: number): T => list[number % list.length]!;
const batchSize = 20;
const badIndex = 7;

const post = (type: string, body: string | Uint8Array): RequestInit => ({
  method: "POST",
  headers: { "content-type": type },
  body,
});
const ndjson = "application/x-ndjson";
const json = "application/json";
const plain = "text/plain";

/** Returns the call with a number; of ten calls, some are batches and some are invalid. */
type Calls = (number: number) => SoakCall;

export const sentimentCalls: Calls = (number) => {
  const kind = number % 10;
  if (kind < 6) return scored("a text", [json, (known) => ({ text: known.text })], number);
  if (kind < 8) return scoredLines("a batch of texts", (known) => ({ text: known.text }), number);
  return pick(badTexts, (number - kind) / 5 + kind);
};

const badTexts: readonly SoakCall[] = [
  refused("half of an object", { ...post(json, '{"text": "'), status: 400, code: "invalid_json" }),
  refused("invalid UTF-8", {
    ...post(plain, Buffer.from([0x41, 0xff, 0xfe, 0x80])),
    status: 400,
    code: "invalid_encoding",
  }),
  refused("no text at all", { ...post(plain, ""), status: 400, code: "empty_body" }),
  refused("spaces", { ...post(plain, "  \n "), status: 400, code: "empty_text" }),
  refused("a picture", { ...post("image/png", "\x89PNG"), status: 415, code: "unsupported_media_type" }),
  refused("a number", { ...post(json, "7"), status: 422, code: "not_a_text" }),
  refused("a body over the limit", {
    ...post(plain, "x".repeat(1_000_001)),
    status: 413,
    code: "body_too_large",
  }),
  refused("GET", { status: 405, code: "method_not_allowed" }),
  refused("an unknown engine", {
    ...post(plain, "x"),
    path: "?engine=none",
    status: 400,
    code: "invalid_query",
  }),
];

const toTweet = (known: ReferenceScore) => ({ text: known.text, handle: "ada" });

export const tweetCalls: Calls = (number) => {
  const kind = number % 10;
  const peer = { peer: "the scorer" } as const;
  if (kind < 6) return { ...scored("a tweet", [json, toTweet], number), ...peer };
  if (kind < 8) return { ...scoredLines("a batch of tweets", toTweet, number), ...peer };
  return pick(badTweets, (number - kind) / 5 + kind);
};

const badTweets: readonly SoakCall[] = [
  refused("half of a tweet", { ...post(json, '{"text": "'), status: 400, code: "invalid_json" }),
  refused("nothing", { ...post(json, ""), status: 400, code: "empty_body" }),
  refused("JSON that is not a tweet", { ...post(json, '{"id":1}'), status: 422, code: "not_a_tweet" }),
  refused("a bad date", {
    ...post(json, '{"text":"x","created_at":"soon"}'),
    status: 422,
    code: "invalid_created_at",
  }),
  refused("a tweet without a word", {
    ...post(json, '{"text":" "}'),
    status: 422,
    code: "empty_text",
    peer: "the scorer",
  }),
  refused("GET", { status: 405, code: "method_not_allowed" }),
];

export const blockCalls: Calls = (number) => {
  const kind = number % 10;
  // Few enough to fill last-block's cache soon.
  const block = 1 + (number % 300);
  if (kind < 6) return answered("a block", `?block=${block}`, fakeBlockJson(block));
  if (kind === 6) return answered("the latest block", "", fakeBlockJson(fakeHead));
  if (kind === 7) return answered("a field", `?block=${block}&fields=number`, `{"number":${block}}`);
  return pick(badBlocks, (number - kind) / 5 + kind);
};

const badBlocks: readonly SoakCall[] = [
  refused("an invalid block name", { path: "?block=soon", status: 400, code: "invalid_query" }),
  refused("a misspelt parameter", { path: "?blok=1", status: 400, code: "invalid_query" }),
  refused("DELETE", { method: "DELETE", status: 405, code: "method_not_allowed" }),
  refused("a future block", {
    path: "?block=99999999",
    status: 404,
    code: "block_not_found",
    peer: "the node",
  }),
];

function answered(description: string, path: string, expected: string): SoakCall {
  const isRight = (body: string) => body === `${expected}\n`;
  return { description, path, init: {}, status: 200, isRight, peer: "the node" };
}

function scored(
  description: string,
  [type, toItem]: [type: string, toItem: (known: ReferenceScore) => object],
  number: number,
): SoakCall {
  const known = pick(scores, number);
  const init = post(type, JSON.stringify(toItem(known)));
  return { description, path: "", init, status: 200, isRight: (body) => hasScore(JSON.parse(body), known) };
}

/** A batch with one line that is not JSON. */
function scoredLines(
  description: string,
  toItem: (known: ReferenceScore) => object,
  number: number,
): SoakCall {
  const known = Array.from({ length: batchSize }, (_, index) => pick(scores, number + index));
  const lines = known.map((tweet) => JSON.stringify(toItem(tweet)));
  lines[badIndex] = '{"text": "';
  const isRight = (body: string) => {
    const entries = body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    return (
      entries.length === batchSize &&
      entries.every((entry, index) =>
        index === badIndex
          ? entry.index === badIndex && entry.error.code === "invalid_json"
          : hasScore(entry, known[index]!),
      )
    );
  };
  return { description, path: "", init: post(ndjson, `${lines.join("\n")}\n`), status: 200, isRight };
}
