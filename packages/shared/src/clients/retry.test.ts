import { retry } from "./retry.ts";

const signal = new AbortController().signal;
/** Fails a number of times, then returns the number of attempts. */
const work = (failures: number) => {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= failures) throw new Error(`failure ${tries}`);
    return tries;
  };
};

it("retries while shouldRetry accepts the error", async () => {
  expect(await retry(work(2), { signal })).toBe(3);
  await expect(retry(work(5), { shouldRetry: (_, tries) => tries < 2, signal })).rejects.toThrow("failure 2");
  await expect(retry(work(1), { shouldRetry: () => false, signal })).rejects.toThrow("failure 1");
});

it("throws the last error after the signal has fired", async () => {
  const start = Date.now();
  await expect(retry(work(99), { signal: AbortSignal.timeout(120) })).rejects.toThrow(/failure [12]/);
  expect(Date.now() - start).toBeLessThan(1_000);
});

it("doubles the pauses up to the maximum, minus a jitter of at most a quarter, and reports each retry", async () => {
  const pauses: number[] = [];
  await retry(work(4), {
    backoff: { firstMs: 8, longestMs: 20 },
    signal,
    onRetry: (_, { pauseMs }) => pauses.push(pauseMs),
  });
  expect(pauses).toHaveLength(4);
  for (const [index, longest] of [8, 16, 20, 20].entries()) {
    expect(pauses[index]).toBeGreaterThanOrEqual(0.75 * longest);
    expect(pauses[index]).toBeLessThanOrEqual(longest);
  }
});
