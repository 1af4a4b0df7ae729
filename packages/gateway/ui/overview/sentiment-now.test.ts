import type { SentimentSummary } from "../../src/console/live/view.ts";
import { axisRange, documentsPerSecond, meanByMinute, sentimentNow } from "./sentiment-now.ts";

const minute = 60_000;
const to = 100 * minute;

function summary(overTime: SentimentSummary["overTime"], mean: number | null = 0.1): SentimentSummary {
  return { from: to - 60 * minute, to, count: 0, mean, histogram: [], overTime, newest: [] };
}

it("compares the last five minutes with the hour, by documents", () => {
  const hour = summary([
    { time: to - 30 * minute, count: 100, mean: -1 },
    { time: to - 2 * minute, count: 3, mean: 0.2 },
    { time: to - minute, count: 1, mean: 0.6 },
  ]);
  const { count, mean, delta } = sentimentNow(hour);
  expect(count).toBe(4);
  expect(mean).toBeCloseTo(0.3);
  expect(delta).toBeCloseTo(0.2);
  expect(sentimentNow(summary([]))).toEqual({ count: 0, mean: null, delta: null });
});

it("leaves gaps where there are no documents", () => {
  const [times, means] = meanByMinute(
    summary([
      { time: to - 3 * minute, count: 1, mean: 0 },
      { time: to - 3 * minute + 15_000, count: 3, mean: 0.4 },
      { time: to - minute, count: 1, mean: -0.5 },
    ]),
  );
  expect(times).toHaveLength(60);
  expect(times.at(-1)).toBe(to - minute);
  expect(means.slice(-4)).toEqual([null, expect.closeTo(0.3), null, -0.5]);
});

it("scales the axis to the data, so that small changes show", () => {
  expect(axisRange([0.1, null, 0.3])).toEqual([expect.closeTo(0.08), expect.closeTo(0.32)]);
  expect(axisRange([0.2])).toEqual([expect.closeTo(0.15), expect.closeTo(0.25)]);
  expect(axisRange([-1, 1])).toEqual([-1, 1]);
  expect(axisRange([null])).toEqual([-1, 1]);
});

it("counts documents of the last whole minute", () => {
  const steps = [1, 2, 3, 4, 5, 6].map((index) => ({ time: to - index * 15_000, count: 15, mean: 0 }));
  expect(documentsPerSecond(summary(steps))).toBe(1);
});
