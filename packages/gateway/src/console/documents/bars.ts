import { type Bar, barWidth } from "./view.ts";

/** Added to a value before its bar is computed: 0.7 as a float is slightly less than 0.7, but belongs to the bar from 0.7. */
export const barOffset = 1e-6;

/** Returns all bars from `least` to 1, including empty ones. `counts` maps the index of a bar to its documents; the last bar includes 1. */
export function createBars(least: number, counts: ReadonlyMap<number, number>): Bar[] {
  const perUnit = Math.round(1 / barWidth);
  const first = least * perUnit;
  return Array.from({ length: perUnit - first }, (_, index) => {
    const number = first + index;
    const isLast = number === perUnit - 1;
    return {
      from: number / perUnit,
      count: (counts.get(number) ?? 0) + (isLast ? (counts.get(perUnit) ?? 0) : 0),
    };
  });
}
