import { RecentCalls } from "./recent-calls.ts";

it("knows of each function's latest 500 calls the median, the 95th percentile and the failures", () => {
  const calls = new RecentCalls();
  expect(calls.of("f")).toBeNull();
  for (let place = 0; place < 300; place += 1) calls.add({ name: "f", status: 502, seconds: 9 });
  for (let place = 1; place <= 400; place += 1) calls.add({ name: "f", status: 200, seconds: place / 1_000 });
  for (let place = 1; place <= 100; place += 1) calls.add({ name: "f", status: 404, seconds: place / 1_000 });
  calls.add({ name: "g", status: 200, seconds: 0.0015 });
  expect(calls.of("f")).toEqual({ calls: 500, failed: 0, p50: 150, p95: 375 });
  calls.add({ name: "f", status: 503, seconds: 0 });
  expect(calls.of("f")).toMatchObject({ calls: 500, failed: 1 });
  expect(calls.of("g")).toEqual({ calls: 1, failed: 0, p50: 1.5, p95: 1.5 });
});
