import { CallHistory } from "./call-history.ts";

const minute = 60_000;
const start = 1_000 * minute;
let now = start;
const call = (name: string, status: number, seconds: number, callId = "id") => ({
  name,
  status,
  seconds,
  callId,
  kind: "sync" as const,
});

beforeEach(() => {
  now = start;
});

it("counts calls by minute, with failures and latencies within 5 %", () => {
  const history = new CallHistory(() => now);
  for (let ms = 1; ms <= 100; ms += 1) history.add(call("f", 200, ms / 1_000));
  now += 3 * minute + 500;
  history.add(call("f", 503, 2));
  history.add(call("f", 404, 0.004));
  history.add(call("g", 200, 1));
  const [first, second, ...rest] = history.readMinutes("f");
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ time: start, calls: 100, failed: 0 });
  expect(Math.abs(first!.p50 - 50) / 50).toBeLessThan(0.05);
  expect(Math.abs(first!.p95 - 95) / 95).toBeLessThan(0.05);
  expect(second).toMatchObject({ time: start + 3 * minute, calls: 2, failed: 1 });
  expect(history.readCounts("f", 4)).toEqual({ perMinute: [100, 0, 0, 2], failed: 1 });
  expect(history.readCounts("f", 2)).toEqual({ perMinute: [0, 2], failed: 1 });
  expect(history.readMinutes("unknown")).toEqual([]);
});

it("forgets minutes after two hours, even of a function without further calls", () => {
  const history = new CallHistory(() => now);
  history.add(call("f", 200, 1));
  now += 119 * minute;
  expect(history.readMinutes("f")).toHaveLength(1);
  expect(history.since).toBe(start);
  now += minute;
  expect(history.readMinutes("f")).toEqual([]);
  expect(history.readCounts("f", 60)).toEqual({ perMinute: new Array(60).fill(0), failed: 0 });
  expect(history.since).toBe(start);
  now += minute;
  expect(history.since).toBe(start + minute);
  for (let index = 0; index < 200; index += 1, now += minute) history.add(call("f", 200, 1));
  now -= minute;
  expect(history.readMinutes("f")).toHaveLength(120);
});

it("keeps times ascending when the clock goes back", () => {
  const history = new CallHistory(() => now);
  history.add(call("f", 200, 1));
  now -= 5 * minute;
  history.add(call("f", 200, 1));
  expect(history.readMinutes("f")).toMatchObject([{ time: start, calls: 2 }]);
});

it("keeps the last 100 calls, newest first, and finds one by its id", () => {
  const history = new CallHistory(() => now);
  for (let index = 0; index < 150; index += 1) history.add(call("f", 200, 0.5, `id-${index}`));
  const calls = history.readCalls("f");
  expect(calls).toHaveLength(100);
  expect(calls[0]).toEqual({
    callId: "id-149",
    time: start - 500,
    status: 200,
    milliseconds: 500,
    kind: "sync",
  });
  expect(history.find("f", "id-50")).toMatchObject({ callId: "id-50" });
  expect(history.find("f", "id-49")).toBeUndefined();
  history.add(call("f", 502, 0.5, "id-50"));
  expect(history.find("f", "id-50")).toMatchObject({ status: 502 });
});

it("forgets the least recently called function above 500 functions", () => {
  const history = new CallHistory(() => now);
  for (let index = 0; index < 500; index += 1) history.add(call(`f${index}`, 200, 1));
  history.add(call("f0", 200, 1));
  history.add(call("further", 200, 1));
  expect(history.readLastCall("f0")).toBeDefined();
  expect(history.readLastCall("f1")).toBeUndefined();
});

it("computes median, 95th percentile and failures of the last 100 calls; a 4xx is no failure", () => {
  const history = new CallHistory(() => now);
  expect(history.readLatest("f")).toBeNull();
  for (let index = 0; index < 300; index += 1) history.add(call("f", 502, 9));
  for (let ms = 1; ms <= 80; ms += 1) history.add(call("f", 200, ms / 1_000));
  for (let ms = 1; ms <= 20; ms += 1) history.add(call("f", 404, ms / 1_000));
  history.add(call("g", 200, 0.0015));
  expect(history.readLatest("f")).toEqual({ calls: 100, failed: 0, p50: 30, p95: 75 });
  history.add(call("f", 503, 0));
  expect(history.readLatest("f")).toMatchObject({ calls: 100, failed: 1 });
  expect(history.readLatest("g")).toEqual({ calls: 1, failed: 0, p50: 1.5, p95: 1.5 });
});

it("counts the calls and failures of the last minute", () => {
  const history = new CallHistory(() => now);
  expect(history.readLastMinute("f")).toEqual({ calls: 0, failed: 0 });
  history.add(call("f", 200, 1));
  history.add(call("f", 404, 1));
  now += 30_000;
  history.add(call("f", 503, 1));
  history.add(call("g", 500, 1));
  expect(history.readLastMinute("f")).toEqual({ calls: 3, failed: 1 });
  now += 31_000;
  expect(history.readLastMinute("f")).toEqual({ calls: 1, failed: 1 });
  now += 40_000;
  expect(history.readLastMinute("f")).toEqual({ calls: 0, failed: 0 });
  for (let second = 0; second < 300; second += 1, now += 1_000) history.add(call("f", 200, 1));
  expect(history.readLastMinute("f").calls).toBeGreaterThanOrEqual(55);
  expect(history.readLastMinute("f").calls).toBeLessThanOrEqual(60);
});
