import type { SentimentSummary } from "../../src/console/live/view.ts";

const minute = 60_000;
/** The minutes that count as "now". */
export const nowMinutes = 5;
/** The minimum range of the chart's axis, for flat lines. */
const minRange = 0.1;

/** The mean polarity of the last minutes compared with the hour. */
export interface SentimentNow {
  /** null without documents in the last minutes. */
  mean: number | null;
  count: number;
  /** The difference to the hour's mean; null if either mean is missing. */
  delta: number | null;
}

export function sentimentNow(hour: SentimentSummary): SentimentNow {
  const { count, mean } = computeMean(
    hour.overTime.filter(({ time }) => time >= hour.to - nowMinutes * minute),
  );
  return { count, mean, delta: mean === null || hour.mean === null ? null : mean - hour.mean };
}

/** Returns documents per second over the last minute of complete steps. */
export function documentsPerSecond({ overTime, to }: SentimentSummary): number {
  const end = to - 15_000;
  const steps = overTime.filter(({ time }) => time >= end - minute && time < end);
  return steps.reduce((sum, { count }) => sum + count, 0) / 60;
}

/** Returns the mean of each minute since `from` (milliseconds since 1970); null for a minute without documents. */
export function meanByMinute({
  from,
  to,
  overTime,
}: SentimentSummary): [times: number[], means: (number | null)[]] {
  const first = Math.ceil(from / minute);
  const times = Array.from(
    { length: Math.ceil(to / minute) - first },
    (_, index) => (first + index) * minute,
  );
  const means = times.map(
    (start) => computeMean(overTime.filter(({ time }) => time >= start && time < start + minute)).mean,
  );
  return [times, means];
}

/** Returns the axis range, within −1 … 1, in which the values fill the chart. */
export function axisRange(values: readonly (number | null)[]): [least: number, most: number] {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return [-1, 1];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const padding = Math.max((most - least) * 0.1, (minRange - (most - least)) / 2);
  return [Math.max(-1, least - padding), Math.min(1, most + padding)];
}

function computeMean(steps: readonly { count: number; mean: number }[]): {
  count: number;
  mean: number | null;
} {
  const count = steps.reduce((sum, step) => sum + step.count, 0);
  const total = steps.reduce((sum, step) => sum + step.count * step.mean, 0);
  return { count, mean: count === 0 ? null : total / count };
}
