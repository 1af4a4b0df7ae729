import { Outages } from "./outages.ts";

it("lets all calls of a target share the retry time of an outage", () => {
  const outages = new Outages(10_000);
  expect([0, 5_000, 9_999, 10_000, 20_000].map((now) => outages.note("a", now))).toEqual([
    ...[true, true, true, false, false],
  ]);
  expect(outages.note("b", 20_000)).toBe(true);
});

it("grants a new outage the full retry time after a success or a quiet time", () => {
  const outages = new Outages(10_000);
  for (const now of [0, 10_000]) outages.note("a", now);
  outages.end("a");
  expect(outages.note("a", 11_000)).toBe(true);
  expect(outages.note("a", 41_001)).toBe(true);
});

it("counts an outage from the start of the first failed attempt", () => {
  const outages = new Outages(10_000);
  expect(outages.note("a", 30_000, 0)).toBe(false);
  expect([outages.isLasting("a", 30_000), outages.isLasting("b", 30_000)]).toEqual([true, false]);
  expect(outages.note("b", 5_000, 0)).toBe(true);
  expect([outages.isLasting("b", 9_999), outages.isLasting("b", 10_000)]).toEqual([false, true]);
  outages.end("a");
  expect(outages.isLasting("a", 30_000)).toBe(false);
});
