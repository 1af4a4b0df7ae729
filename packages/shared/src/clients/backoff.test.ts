import { Backoff } from "./backoff.ts";

it("doubles the pause up to the maximum, and restarts after a reset", () => {
  const backoff = new Backoff({ firstMs: 100, longestMs: 350 });
  expect([1, 2, 3, 4].map(() => backoff.next())).toEqual([100, 200, 350, 350]);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});
