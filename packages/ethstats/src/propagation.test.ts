import { addDelay, emptyDelays, toPropagation } from "./propagation.ts";

it.each([
  [0, 0],
  [99, 0],
  [100, 1],
  [249, 1],
  [250, 2],
  [500, 3],
  [1_000, 4],
  [1_500, 5],
  [2_000, 6],
  [3_000, 7],
  [5_000, 8],
  [9_999, 8],
  [10_000, 9],
])("counts a delay of %d ms in bucket %d", (delay, bucket) => {
  const { histogram, milliseconds } = toPropagation(addDelay(emptyDelays, delay));
  expect(histogram.indexOf(1)).toBe(bucket);
  expect(milliseconds).toBe(delay);
});
