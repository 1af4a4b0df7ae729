import type { AcceptedCall } from "../../async/accepted-call.ts";
import { AsyncCalls } from "./async-calls.ts";

const call = (callId: string, name = "f", startTime = "1700000000000000000"): AcceptedCall => ({
  name,
  method: "POST",
  url: "/?a=1",
  headers: {},
  body: undefined,
  callbackUrl: undefined,
  callId,
  startTime,
});
const result = (body: Buffer, type = "text/plain") => ({ status: 200, type, body });

it("follows a call from its acceptance to its result", () => {
  const calls = new AsyncCalls();
  calls.accepted(call("one"));
  expect(calls.find("f", "one")).toMatchObject({
    state: "waiting",
    status: null,
    answer: null,
    path: "/?a=1",
  });
  calls.began(call("one"));
  expect(calls.list("f")).toMatchObject([{ callId: "one", state: "running", acceptedAt: 1_700_000_000_000 }]);
  calls.ended(call("one"), result(Buffer.from("grüße")));
  calls.callbackEnded(call("one"), "given_up");
  expect(calls.find("f", "one")).toMatchObject({
    state: "ended",
    status: 200,
    callback: "given_up",
    failure: "",
    answer: { body: "grüße", isBase64: false, bytes: 7 },
  });
  expect(calls.find("g", "one")).toBeUndefined();
});

it("keeps the result of a call that ends before it is recorded as accepted", () => {
  const calls = new AsyncCalls();
  calls.began(call("one"));
  calls.ended(call("one"), result(Buffer.from("x")));
  calls.accepted(call("one"));
  expect(calls.find("f", "one")).toMatchObject({ state: "ended" });
});

it("replaces a call with the same id", () => {
  const calls = new AsyncCalls();
  calls.accepted(call("one"));
  calls.began(call("one"));
  calls.ended(call("one"), result(Buffer.from("x")));
  calls.accepted(call("one", "f", "1700000001000000000"));
  expect(calls.find("f", "one")).toMatchObject({ state: "waiting", answer: null });
  expect(calls.list("f")).toHaveLength(1);
});

it("records a failure without an answer", () => {
  const calls = new AsyncCalls();
  calls.began(call("one"));
  calls.ended(call("one"), { ...result(Buffer.alloc(0)), status: 503, failure: "The function f is not up." });
  expect(calls.find("f", "one")).toMatchObject({
    status: 503,
    answer: null,
    failure: "The function f is not up.",
  });
});

it("keeps the last 100 calls, and 64 kB of each answer", () => {
  const calls = new AsyncCalls();
  const long = Buffer.from("€".repeat(100_000));
  for (let index = 0; index < 150; index += 1) {
    calls.began(call(`id-${index}`, index % 2 === 0 ? "f" : "g"));
    calls.ended(call(`id-${index}`, index % 2 === 0 ? "f" : "g"), result(long));
  }
  expect(calls.list("f")).toHaveLength(50);
  expect(calls.list("f")[0]).toMatchObject({ callId: "id-148" });
  expect(calls.find("f", "id-48")).toBeUndefined();
  const { answer } = calls.find("f", "id-148")!;
  // The limit of 64,000 bytes falls within a character.
  expect(answer).toMatchObject({ isBase64: false, bytes: 300_000, body: "€".repeat(21_333) });
  // The end of a forgotten call is ignored.
  calls.ended(call("id-0"), result(long));
  expect(calls.find("f", "id-0")).toBeUndefined();
});

it("returns binary answers in base64", () => {
  const calls = new AsyncCalls();
  calls.began(call("one"));
  calls.ended(call("one"), result(Buffer.from([0xff, 0xfe, 0]), "image/png"));
  expect(calls.find("f", "one")?.answer).toEqual({
    type: "image/png",
    body: "//4A",
    isBase64: true,
    bytes: 3,
  });
});
