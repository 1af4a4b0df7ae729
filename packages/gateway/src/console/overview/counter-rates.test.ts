import { CounterRates } from "./counter-rates.ts";

const second = 1_000;

it("returns the growth per second over the last minute", () => {
  const rates = new CounterRates();
  expect(rates.perSecond("t", 100, 0)).toBeNull();
  expect(rates.perSecond("t", 110, 1 * second)).toBeNull();
  expect(rates.perSecond("t", 120, 2 * second)).toBe(10);
  for (let time = 4; time <= 120; time += 2) rates.perSecond("t", 120, time * second);
  expect(rates.perSecond("t", 120, 122 * second)).toBe(0);
  expect(rates.perSecond("other", 1, 122 * second)).toBeNull();
});

it("restarts when the counter restarts, and after a time without readings", () => {
  const rates = new CounterRates();
  rates.perSecond("t", 1_000, 0);
  expect(rates.perSecond("t", 5, 2 * second)).toBeNull();
  expect(rates.perSecond("t", 9, 4 * second)).toBe(2);
  expect(rates.perSecond("t", 1_009, 1_000 * second)).toBeNull();
  expect(rates.perSecond("t", 1_013, 1_002 * second)).toBe(2);
});

it("forgets removed counters", () => {
  const rates = new CounterRates();
  rates.perSecond("t", 0, 0);
  rates.keep(new Set());
  expect(rates.perSecond("t", 10, 2 * second)).toBeNull();
});
