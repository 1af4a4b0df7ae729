import { verdictOf } from "./verdict.ts";

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
const delivered = { kind: "delivered", refused: new Map() };

it.each([200, 201, 202, 204])("takes %d as delivered", (status) => {
  expect(verdictOf(answer(status))).toEqual(delivered);
  expect(verdictOf(answer(status), 3)).toEqual(delivered);
});

it.each([301, 401, 403, 404, 405, 408, 425, 429, 500, 502, 503, 504])("tries again after %d", (status) => {
  expect(verdictOf(answer(status), 1)).toEqual({ kind: "retry", reason: `HTTP status ${status}` });
});

it.each([400, 409, 410, 413, 415, 422, 431])("takes %d as a refusal", (status) => {
  expect(verdictOf(answer(status, '{"code":"not_a_tweet","detail":"It has no text."}'))).toEqual({
    kind: "refused",
    refusal: { ...refusal, status },
  });
});

it.each(["", "<html>no</html>", "null", "[]", '{"code":7,"detail":null}'])(
  "gives a refusal with the body %j a reason",
  (body) => {
    expect(verdictOf(answer(422, body))).toEqual({
      kind: "refused",
      refusal: { status: 422, code: "http_422", reason: "The function answered with HTTP status 422." },
    });
  },
);

it("cuts a reason that is long", () => {
  const verdict = verdictOf(answer(422, JSON.stringify({ detail: "x".repeat(5_000) })));
  expect(verdict).toMatchObject({ refusal: { reason: "x".repeat(1_000) } });
});

describe("an answer in NDJSON to lines", () => {
  it("refuses the items that have an error, by their index", () => {
    const body = `{"ok":true}\n${entry(1)}\n{"error":"a result's own"}\n`;
    expect(verdictOf(answer(200, body, `${ndjson}; charset=utf-8`), 3)).toEqual({
      kind: "delivered",
      refused: new Map([[1, refusal]]),
    });
  });

  it("must have an entry for each message", () => {
    expect(verdictOf(answer(200, "{}\n{}\n", ndjson), 3)).toEqual({
      kind: "retry",
      reason: "2 entries for 3 messages",
    });
  });

  it("has only the errors where it says so", () => {
    expect(verdictOf(answer(200, "", ndjson, true), 3)).toEqual(delivered);
    expect(verdictOf(answer(200, `${entry(2)}\n`, ndjson, true), 3)).toEqual({
      kind: "delivered",
      refused: new Map([[2, refusal]]),
    });
    expect(verdictOf(answer(200, "{}\n", ndjson, true), 3)).toMatchObject({ kind: "retry" });
  });

  it.each([3, -1, 0.5])("must not have an error for item %d of 3", (index) => {
    expect(verdictOf(answer(200, entry(index), ndjson, true), 3)).toMatchObject({ kind: "retry" });
  });

  it("gives an error without facts a status, a code and a reason", () => {
    expect(verdictOf(answer(200, '{"index":0,"error":{}}', ndjson), 1)).toEqual({
      kind: "delivered",
      refused: new Map([[0, { status: 422, code: "unknown", reason: "The function gives no reason." }]]),
    });
  });
});

it("does not count the lines of an answer to one message as it stands", () => {
  expect(verdictOf(answer(200, `{}\n${entry(0)}\n`, ndjson))).toEqual(delivered);
});
