import { readVerdict } from "./verdict.ts";

const answer = (status: number, body = "", contentType = "application/json", minimal = false) => ({
  status,
  contentType,
  body,
  minimal,
});
const ndjson = "application/x-ndjson";
const refusal = { status: 422, code: "not_a_tweet", reason: "It has no text." };
const entry = (index: number) =>
  JSON.stringify({ index, error: { status: 422, code: "not_a_tweet", detail: "It has no text." } });
const skip = (index: number) => JSON.stringify({ index, skipped: "delete" });
const wait = (index: number, status = 503) =>
  JSON.stringify({ index, error: { status, code: "peer_unavailable", detail: "The index is closed." } });
const delivered = { kind: "delivered", refused: [], skipped: [], waiting: [] };

it.each([200, 201, 202, 204])("interprets %d as delivered", (status) => {
  expect(readVerdict(answer(status))).toEqual(delivered);
  expect(readVerdict(answer(status), 3)).toEqual(delivered);
});

it.each([301, 401, 403, 404, 405, 408, 425, 429, 500, 502, 503, 504])("retries after %d", (status) => {
  expect(readVerdict(answer(status), 1)).toEqual({ kind: "retry", reason: `HTTP status ${status}` });
});

it.each([400, 409, 410, 413, 415, 422, 431])("interprets %d as a refusal", (status) => {
  expect(readVerdict(answer(status, '{"code":"not_a_tweet","detail":"It has no text."}'))).toEqual({
    kind: "refused",
    refusal: { ...refusal, status },
  });
});

it.each(["", "<html>no</html>", "null", "[]", '{"code":7,"detail":null}'])(
  "adds a reason to a refusal with the body %j",
  (body) => {
    expect(readVerdict(answer(422, body))).toEqual({
      kind: "refused",
      refusal: { status: 422, code: "http_422", reason: "The function answered with HTTP status 422." },
    });
  },
);

it("truncates a long reason", () => {
  const verdict = readVerdict(answer(422, JSON.stringify({ detail: "x".repeat(5_000) })));
  expect(verdict).toMatchObject({ refusal: { reason: "x".repeat(1_000) } });
});

describe("an answer in NDJSON to lines", () => {
  it("refuses the items with an error, by their index", () => {
    const body = `{"ok":true}\n${entry(1)}\n{"error":"a result's own"}\n`;
    expect(readVerdict(answer(200, body, `${ndjson}; charset=utf-8`), 3)).toEqual({
      ...delivered,
      refused: [{ index: 1, refusal }],
    });
  });

  it("must have an entry for each message", () => {
    expect(readVerdict(answer(200, "{}\n{}\n", ndjson), 3)).toEqual({
      kind: "retry",
      reason: "the answer has 2 entries for 3 messages",
    });
  });

  it("has only the errors if it is minimal", () => {
    expect(readVerdict(answer(200, "", ndjson, true), 3)).toEqual(delivered);
    expect(readVerdict(answer(200, `${entry(2)}\n`, ndjson, true), 3)).toEqual({
      ...delivered,
      refused: [{ index: 2, refusal }],
    });
    expect(readVerdict(answer(200, "{}\n", ndjson, true), 3)).toMatchObject({ kind: "retry" });
  });

  it.each([3, -1, 0.5])("must not have an error for item %d of 3", (index) => {
    expect(readVerdict(answer(200, entry(index), ndjson, true), 3)).toMatchObject({ kind: "retry" });
  });

  it("adds a status, a code and a reason to an error without them", () => {
    expect(readVerdict(answer(200, '{"index":0,"error":{}}', ndjson), 1)).toEqual({
      ...delivered,
      refused: [
        { index: 0, refusal: { status: 422, code: "unknown", reason: "The function returned no reason." } },
      ],
    });
  });
});

describe.each([
  ["full", false],
  ["minimal", true],
])("a %s answer in NDJSON to lines", (_, minimal) => {
  const verdict = (lines: readonly string[], count = 3) =>
    readVerdict(answer(200, lines.join("\n"), ndjson, minimal), count);
  const others = minimal ? [] : ["{}", "{}"];

  it("lists the skipped items", () => {
    expect(verdict([skip(0), ...others])).toEqual({
      ...delivered,
      skipped: [{ index: 0, reason: "delete" }],
    });
  });

  it.each([502, 503, 504])("has waiting items if an entry has the status %d", (status) => {
    expect(verdict([wait(0, status), ...others])).toEqual({ ...delivered, waiting: [0] });
  });

  it("finally refuses an item if its entry has the status 500", () => {
    expect(verdict([wait(0, 500), ...others])).toMatchObject({ refused: [{ index: 0 }], waiting: [] });
  });

  it("lists the refused and skipped items of a message with several", () => {
    const entries = `${entry(1)},${skip(3)}`;
    const line = minimal ? `{"index":0,"items":[${entries}]}` : `[{},${entry(1)},{},${skip(3)}]`;
    const item = (index: number) => (minimal ? { index } : { index, count: 4 });
    expect(verdict([line, ...others])).toEqual({
      ...delivered,
      refused: [{ index: 0, item: item(1), refusal }],
      skipped: [{ index: 0, item: item(3), reason: "delete" }],
    });
  });

  it("sends the whole message again if an item waits", () => {
    const line = minimal ? `{"index":0,"items":[${entry(0)},${wait(1)}]}` : `[${entry(0)},${wait(1)}]`;
    expect(verdict([line, ...others])).toEqual({ ...delivered, waiting: [0] });
  });

  it.each(['{"index":-1,"error":{}}', '{"index":0.5,"error":{}}', '{"index":3,"error":{}}', '{"error"'])(
    "is not believed with the entry %s",
    (line) => {
      expect(verdict([line, ...others])).toMatchObject({ kind: "retry" });
    },
  );
});

it.each([
  '{"index":0,"items":[{"index":0}]}',
  '{"index":0,"items":[{"index":-1,"skipped":"delete"}]}',
  '{"index":0}',
  "[]",
])("retries after a minimal answer with the line %s", (line) => {
  expect(readVerdict(answer(200, line, ndjson, true), 1)).toMatchObject({ kind: "retry" });
});

describe("an answer to a single message", () => {
  it("lists the refused and skipped items of an array if their index is their position", () => {
    const body = `[{},${entry(1)},${skip(2)},${entry(7)},{"index":4,"error":"its own"}]`;
    expect(readVerdict(answer(200, body))).toEqual({
      ...delivered,
      refused: [{ index: 0, item: { index: 1, count: 5 }, refusal }],
      skipped: [{ index: 0, item: { index: 2, count: 5 }, reason: "delete" }],
    });
  });

  it("causes a retry if an item waits", () => {
    expect(readVerdict(answer(200, `[${entry(0)},${wait(1)}]`))).toMatchObject({ kind: "retry" });
  });

  it("skips the message", () => {
    expect(readVerdict(answer(200, '{"skipped":"delete"}'))).toEqual({
      ...delivered,
      skipped: [{ index: 0, reason: "delete" }],
    });
  });

  it.each(['{"error":{"status":422}}', '{"skipped":7}', '"skipped"', '["\\"error\\""]', '{"skipped"'])(
    "is a success with the result %s",
    (body) => {
      expect(readVerdict(answer(200, body))).toEqual(delivered);
    },
  );
});

it("does not count the lines of an answer to a single message", () => {
  expect(readVerdict(answer(200, `{}\n${entry(0)}\n`, ndjson))).toEqual(delivered);
});
