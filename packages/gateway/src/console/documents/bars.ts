import { type Bar, barWidth } from "./view.ts";

/** Before a value's bar is computed: 0.7 as a float is a little less than 0.7, and belongs to the bar from 0.7 all the same. */
export const barOffset = 1e-6;

/** All bars from `least` to 1, with those without documents. `counts` has them by the number of their bar from 0; 1 is part of the last bar. */
export function barsFrom(least: number, counts: ReadonlyMap<number, number>): Bar[] {
  const perUnit = Math.round(1 / barWidth);
  const first = least * perUnit;
  return Array.from({ length: perUnit - first }, (_, place) => {
    const number = first + place;
    const isLast = number === perUnit - 1;
    return {
      from: number / perUnit,
      count: (counts.get(number) ?? 0) + (isLast ? (counts.get(perUnit) ?? 0) : 0),
    };
  });
}
