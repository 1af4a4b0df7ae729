import { retryWhile } from "./retry-while.ts";

const never = new AbortController().signal;
/** Fails so many times, then gives how often it was tried. */
const work = (failures: number) => {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= failures) throw new Error(`failure ${tries}`);
    return tries;
  };
};

it("tries again while the error is one that passes", async () => {
  expect(await retryWhile(() => true, never, work(2))).toBe(3);
  await expect(retryWhile((_, tries) => tries < 2, never, work(5))).rejects.toThrow("failure 2");
  await expect(retryWhile(() => false, never, work(1))).rejects.toThrow("failure 1");
});

it("throws the last error once the signal has fired", async () => {
  const start = Date.now();
  await expect(retryWhile(() => true, AbortSignal.timeout(120), work(99))).rejects.toThrow(/failure [12]/);
  expect(Date.now() - start).toBeLessThan(1_000);
});
